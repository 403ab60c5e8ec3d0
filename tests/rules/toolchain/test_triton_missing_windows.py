"""triton-missing-windows."""

from doctor.facts import Failure, Host, Module, Package, Packages, Runtime, Torch
from doctor.model import Severity
from tests.rules.judging import commands, finding, points_to

RULE = "triton-missing-windows"
CUDA = Torch(version="2.7.1+cu126", cuda_version="12.6")
WINDOWS, LINUX = Host(os="windows"), Host(os="linux")


def test_only_told_and_by_the_name_for_the_system():
    windows = finding(RULE, torch=CUDA, host=WINDOWS, packages=Packages())
    linux = finding(RULE, torch=CUDA, host=LINUX, packages=Packages())
    assert windows and windows.severity is Severity.INFO
    assert commands(windows)[0][-1] == "triton-windows"
    assert commands(linux)[0][-1] == "triton"


def test_a_warning_when_it_is_there_and_broken():
    failing = Runtime(imported=True, modules=(Module("triton", failure=Failure("ImportError: libtriton")),))
    packages = Packages((Package("triton", "3.3.1"),))
    found = finding(RULE, torch=CUDA, host=LINUX, packages=packages, runtime=failing)
    assert found and found.severity is Severity.WARNING


def test_quiet_on_cpu_builds_old_torch_macs_and_where_it_is_installed():
    assert finding(RULE, torch=Torch(version="2.7.1+cpu", cuda_version=""), host=WINDOWS, packages=Packages()) is None
    assert finding(RULE, torch=Torch(version="1.13.1", cuda_version="11.7"), host=LINUX, packages=Packages()) is None
    assert finding(RULE, torch=CUDA, host=Host(os="macos"), packages=Packages()) is None
    there = Packages((Package("triton-windows", "3.3.1"),))
    assert finding(RULE, torch=CUDA, host=WINDOWS, packages=there) is None
    assert finding(RULE, torch=CUDA, host=LINUX, packages=Packages(complete=False)) is None


def test_texts():
    assert points_to(
        RULE, "RuntimeError: Cannot find a working triton installation. Either the package is not installed or"
    )
    assert points_to(RULE, "ModuleNotFoundError: No module named 'triton.language'")
    assert not points_to(RULE, "ModuleNotFoundError: No module named 'tritonclient'")


def test_an_index_without_a_wheel_for_this_platform():
    line = "ERROR: Could not find a version that satisfies the requirement triton==2.1.0 (from versions: none)"
    assert points_to(RULE, line)
    assert not points_to(RULE, line.replace("none", "3.0.0, 3.1.0"))
    assert not points_to(RULE, line.replace("triton", "tritonclient"))
