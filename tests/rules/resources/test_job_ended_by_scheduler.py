"""job-ended-by-scheduler: more of its texts are in tests/explain/examples."""

from doctor import explain, rules
from doctor.diagnose import remedies_of
from tests.rules.judging import facts_of

RULE = "job-ended-by-scheduler"
ENDED = "slurmstepd: error: *** JOB 88121 ON gpu04 CANCELLED AT 2024-05-02T08:00:21 DUE TO TIME LIMIT ***"


def test_what_made_it_hang_comes_before():
    told = explain.causes(f"torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB\n{ENDED}")
    assert told[0].rule == "out-of-memory"
    assert explain.causes(ENDED)[0].rule == RULE


def test_only_a_person_can_mend_it():
    assert not any(remedy.commands for remedy in remedies_of(rules.load(RULE), facts_of()))
