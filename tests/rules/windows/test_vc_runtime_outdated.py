"""vc-runtime-outdated."""

from doctor.facts import Failure, Host, Package, Packages, Runtime, Torch
from doctor.model import Severity
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "vc-runtime-outdated"
OLD = Host(os="windows", vc_runtime="14.36.32532")
NEEDS = Torch(version="2.15.0+cpu")
FAILED = Failure(
    message='[WinError 126] The specified module could not be found. Error loading "C:\\e\\torch\\lib\\torch_cpu.dll"',
    library="C:\\e\\torch\\lib\\torch_cpu.dll",
)


def test_a_runtime_without_the_dll():
    found = finding(RULE, host=OLD, torch=NEEDS)
    assert found and found.severity is Severity.WARNING
    assert commands(found)[0][0] == "winget"


def test_an_error_where_the_import_failed_for_it():
    found = finding(RULE, host=OLD, torch=NEEDS, runtime=Runtime(imported=False, failure=FAILED))
    assert found and found.severity is Severity.ERROR


def test_cleared_by_a_newer_runtime_an_older_torch_or_another_system():
    assert is_cleared(RULE, host=Host(os="windows", vc_runtime="14.44.35211"), torch=NEEDS)
    assert is_cleared(RULE, host=OLD, torch=Torch(version="2.13.0"))
    assert is_cleared(RULE, host=Host(os="linux"), torch=NEEDS)
    assert is_cleared(RULE, host=OLD, torch=NEEDS, runtime=Runtime(imported=True))


def test_open_without_a_runtime_and_where_a_package_brings_one():
    assert is_open(RULE, host=Host(os="windows", vc_runtime=""), torch=NEEDS)
    own = Packages(installed=(Package("msvc-runtime", "14.44.35112"),))
    assert is_open(RULE, host=OLD, torch=NEEDS, packages=own)


def test_texts():
    assert points_to(RULE, "The code execution cannot proceed because VCRUNTIME140_THREADS.dll was not found.")
    assert not points_to(RULE, "The code execution cannot proceed because VCRUNTIME140.dll was not found.")
