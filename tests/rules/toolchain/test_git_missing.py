"""git-missing: its texts are in tests/explain/examples."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import Host
from tests.rules.judging import facts_of, points_to

RULE = "git-missing"


def test_windows_has_it_from_winget():
    first = remedies_of(rules.load(RULE), facts_of(host=Host(os="windows")))[0]
    assert "Git.Git" in first.commands[0]


def test_near_misses():
    assert not points_to(RULE, "fatal: not a git repository (or any of the parent directories): .git")
    assert not points_to(RULE, "No such file or directory: 'git-lfs'")
