"""terminal-hangup: more of its texts are in tests/explain/examples."""

from doctor import rules
from doctor.diagnose import remedies_of
from tests.rules.judging import facts_of, points_to

RULE = "terminal-hangup"
ENDED = "torch.distributed.elastic.multiprocessing.api.SignalException: Process 9911 got signal: {}"


def test_only_this_signal():
    assert points_to(RULE, ENDED.format(1))
    assert not any(points_to(RULE, ENDED.format(number)) for number in (2, 10, 15))


def test_only_a_person_can_mend_it():
    assert not any(remedy.commands for remedy in remedies_of(rules.load(RULE), facts_of()))
