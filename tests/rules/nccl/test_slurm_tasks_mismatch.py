"""slurm-tasks-mismatch: more of its texts are in tests/explain/examples."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import Host
from tests.rules.judging import facts_of, points_to

RULE = "slurm-tasks-mismatch"


def test_the_name_of_the_job_lets_lightning_start_the_ranks():
    tasks, alone = remedies_of(rules.load(RULE), facts_of(host=Host(os="linux")))
    assert not tasks.commands and "SLURM_JOB_NAME=bash" in alone.commands[0]


def test_near_misses():
    assert points_to(RULE, "KeyError: 'SLURM_NODEID'")
    assert not points_to(RULE, "KeyError: 'RANK'")
    assert not points_to(RULE, "KeyError: 'SLURM_TMPDIR'")
