"""half-removed-packages."""

from doctor.facts import Host, Package, Packages
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "half-removed-packages"


def test_fires_on_pip_s_leftovers_and_is_quiet_without():
    leftovers = Packages(leftovers=("/env/site-packages/~orch",))
    found = finding(RULE, packages=leftovers, host=Host(os="linux"))
    assert found and "~orch" in found.message
    assert commands(found) == [("rm", "-r", "--", "/env/site-packages/~orch")]
    assert commands(finding(RULE, packages=leftovers, host=Host(os="windows"))) == []  # cmd or PowerShell
    windows = finding(RULE, packages=leftovers, host=Host(os="windows", shell="pwsh"))
    assert commands(windows) == [("Remove-Item", "-Recurse", "-LiteralPath", "/env/site-packages/~orch")]
    assert finding(RULE, packages=Packages()) is None


def test_folders_that_were_read_clear_it_and_a_pasted_list_does_not():
    assert is_cleared(RULE, packages=Packages((Package("torch", "2.7.1", location="/env/site-packages"),)))
    assert is_open(RULE, packages=Packages((Package("torch", "2.7.1"),)))


def test_texts():
    assert points_to(RULE, "WARNING: Ignoring invalid distribution ~orch (/env/lib/python3.12/site-packages)")
    assert points_to(RULE, "WARNING: Ignoring invalid distribution -orch (c:\\env\\lib\\site-packages)")
    assert points_to(RULE, "The package's contents are unknown: no RECORD file was found for nunchaku.")
    assert not points_to(RULE, "WARNING: Retrying (Retry(total=4)) after connection broken")
