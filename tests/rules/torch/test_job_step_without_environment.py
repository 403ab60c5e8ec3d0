"""job-step-without-environment: more of its texts are in tests/explain/examples."""

from doctor import rules
from doctor.diagnose import remedies_of
from tests.rules.judging import facts_of, points_to

RULE = "job-step-without-environment"


def test_only_a_person_can_mend_it():
    assert not any(remedy.commands for remedy in remedies_of(rules.load(RULE), facts_of()))


def test_near_misses():
    assert points_to(RULE, "slurmstepd: error: execve(): torchrun: No such file or directory")
    assert not points_to(RULE, "slurmstepd: error: couldn't chdir to `/home/kim': No such file or directory")
