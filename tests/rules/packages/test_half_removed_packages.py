"""half-removed-packages."""

from doctor.facts import Conda, CondaPackage, Host, Package, Packages, Torch
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


def test_a_torch_without_metadata():
    site = "/env/lib/python3.12/site-packages"
    others = Packages((Package("numpy", "2.1.0", location=site),))
    torch = Torch(version="2.7.1+cu126", location=f"{site}/torch")
    found = finding(RULE, packages=others, torch=torch, host=Host(os="linux"))
    assert found and "no metadata" in found.message
    assert commands(found)[0][-3] == "torch===2.7.1+cu126"


def test_where_others_keep_the_records_of_torch():
    site = "/env/lib/python3.12/site-packages"
    others = Packages((Package("numpy", "2.1.0", location=site),))
    theirs = Torch(version="2.7.1", location=f"{site}/torch")
    assert (
        finding(RULE, packages=others, torch=theirs, conda=Conda(packages=(CondaPackage("pytorch", "2.7.1"),))) is None
    )
    debians = Torch(version="2.6.0", location="/usr/lib/python3/dist-packages/torch")
    assert finding(RULE, packages=others, torch=debians) is None
    own = Torch(version="2.9.0a0+git", location=f"{site}/torch", source_build=True)
    assert finding(RULE, packages=others, torch=own) is None
    pasted = Packages((Package("numpy", "2.1.0"),))
    assert finding(RULE, packages=pasted, torch=theirs) is None
