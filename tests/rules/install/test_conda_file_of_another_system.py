"""conda-file-of-another-system: its texts are in tests/explain/examples."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import Host
from tests.rules.judging import facts_of, points_to

RULE = "conda-file-of-another-system"


def titles(os):
    return [remedy.title for remedy in remedies_of(rules.load(RULE), facts_of(host=Host(os=os)))]


def test_wsl_is_windows_own():
    assert any("WSL" in title for title in titles("windows"))
    assert not any("WSL" in title for title in titles("linux"))


def test_near_misses():
    assert not points_to(RULE, "  - libgcc-ng=9.1.0=hdf63c60_0")
    assert not points_to(RULE, "ResolvePackageNotFound:\n  - pytorch==1.4.0")
    assert not points_to(
        RULE,
        "The following NEW packages will be INSTALLED:\n  libgcc-ng  pkgs/main/linux-64::libgcc-ng-9.1.0-hdf63c60_0",
    )
