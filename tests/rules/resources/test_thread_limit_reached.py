"""thread-limit-reached: its texts are in tests/explain/examples."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import Host
from tests.rules.judging import facts_of, points_to

RULE = "thread-limit-reached"


def test_libraries_start_fewer():
    first = remedies_of(rules.load(RULE), facts_of(host=Host(os="linux")))[0]
    assert any("OMP_NUM_THREADS" in word for command in first.commands for word in command)


def test_near_misses():
    assert not points_to(RULE, "libgomp: Invalid value for environment variable OMP_NUM_THREADS")
    assert not points_to(RULE, "apt: Temporary failure resolving 'archive.example'")
