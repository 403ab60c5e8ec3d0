"""shared-memory-of-gpu-too-small: more of its texts are in tests/explain/examples."""

from doctor import rules
from doctor.diagnose import remedies_of
from tests.rules.judging import facts_of, points_to

RULE = "shared-memory-of-gpu-too-small"


def test_it_is_advice():
    assert not any(remedy.commands for remedy in remedies_of(rules.load(RULE), facts_of()))


def test_near_misses():
    assert not points_to(RULE, "RuntimeError: CUDA error: too many resources requested for launch")
    assert not points_to(RULE, "out of resource: shared memory")
