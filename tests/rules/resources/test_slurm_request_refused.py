"""slurm-request-refused: more of its texts are in tests/explain/examples."""

from doctor import rules
from doctor.diagnose import remedies_of
from tests.rules.judging import facts_of, points_to

RULE = "slurm-request-refused"


def test_only_a_person_can_mend_it():
    assert not any(remedy.commands for remedy in remedies_of(rules.load(RULE), facts_of()))


def test_near_misses():
    assert points_to(RULE, "srun: error: Unable to allocate resources: Requested node configuration is not available")
    assert not points_to(RULE, "srun: error: Unable to allocate resources: Socket timed out on send/recv operation")
    assert not points_to(RULE, "ValueError: please specify a type for the GPU")
