"""half-removed-packages."""

from doctor.facts import Packages
from tests.rules.judging import commands, finding, points_to

RULE = "half-removed-packages"


def test_fires_on_pip_s_leftovers_and_is_quiet_without():
    found = finding(RULE, packages=Packages(leftovers=("/env/site-packages/~orch",)))
    assert found and "~orch" in found.message
    assert "/env/site-packages/~orch" in commands(found)[0]
    assert finding(RULE, packages=Packages()) is None


def test_texts():
    assert points_to(RULE, "WARNING: Ignoring invalid distribution ~orch (/env/lib/python3.12/site-packages)")
    assert points_to(RULE, "WARNING: Ignoring invalid distribution -orch (c:\\env\\lib\\site-packages)")
    assert not points_to(RULE, "WARNING: Retrying (Retry(total=4)) after connection broken")
