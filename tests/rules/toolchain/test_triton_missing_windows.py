"""triton-missing-windows."""

from doctor.facts import Failure, Gpu, Host, Module, Nvidia, Package, Packages, Runtime, Torch, Unmet
from doctor.model import Severity
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "triton-missing-windows"
CUDA = Torch(version="2.7.1+cu126", cuda_version="12.6")
WINDOWS, LINUX = Host(os="windows"), Host(os="linux")


def test_only_told_and_by_the_name_for_the_system():
    windows = finding(RULE, torch=CUDA, host=WINDOWS, packages=Packages())
    linux = finding(RULE, torch=CUDA, host=LINUX, packages=Packages())
    assert windows and windows.severity is Severity.INFO
    assert commands(windows) == [("python", "-m", "pip", "install", "triton-windows==3.3.*")]
    assert commands(linux) == [("python", "-m", "pip", "install", "triton==3.3.1")]


def test_what_torch_itself_asks_for_goes_before_the_table():
    packages = Packages(unmet=(Unmet("torch", "pytorch-triton==3.3.1+git123; platform_system == 'Linux'", ""),))
    assert commands(finding(RULE, torch=CUDA, host=LINUX, packages=packages))[0][-1] == "pytorch-triton==3.3.1+git123"


def test_a_torch_in_no_table_is_asked_what_it_needs():
    own = Torch(version="2.8.0a0+git1", cuda_version="12.6")
    assert finding(RULE, torch=own, host=LINUX, packages=Packages()) is None
    rocm = Torch(version="2.7.1+rocm6.3", hip_version="6.3")
    assert commands(finding(RULE, torch=rocm, host=LINUX, packages=Packages()))[0][:2] == ("python", "-c")


def test_a_warning_when_it_is_there_and_broken():
    failing = Runtime(imported=True, modules=(Module("triton", failure=Failure("ImportError: libtriton")),))
    packages = Packages((Package("triton", "3.3.1"),))
    found = finding(RULE, torch=CUDA, host=LINUX, packages=packages, runtime=failing)
    assert found and found.severity is Severity.WARNING


def test_without_a_gpu_nothing_asks_for_it():
    lacking = Failure("ModuleNotFoundError: No module named 'setuptools'")
    facts = {"torch": CUDA, "host": LINUX, "packages": Packages((Package("triton", "2.2.0"),))}
    runtime = Runtime(imported=True, modules=(Module("triton", failure=lacking),))
    found = finding(RULE, **facts, runtime=runtime, nvidia=Nvidia(gpus=()))
    assert found and found.severity is Severity.INFO
    assert commands(found) == [("python", "-m", "pip", "install", "setuptools")]
    with_gpu = finding(RULE, **facts, runtime=runtime, nvidia=Nvidia(gpus=(Gpu("RTX 4090"),)))
    assert with_gpu and with_gpu.severity is Severity.WARNING


def test_an_import_that_works_clears_it():
    works = Runtime(imported=True, modules=(Module("triton", "3.3.1"),))
    assert is_cleared(RULE, torch=CUDA, host=LINUX, runtime=works)
    assert is_open(RULE, torch=CUDA, host=LINUX, packages=Packages((Package("triton", "3.3.1"),)))
    assert is_open(RULE, torch=Torch(version="2.7.1"), host=Host(os="macos"), packages=Packages())


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
    # xFormers without it, on its way
    assert not points_to(RULE, "A matching Triton is not available, some optimizations will not be enabled.")
    assert not points_to(RULE, "Error caught was: No module named 'triton'")


def test_an_index_without_a_wheel_for_this_platform():
    line = "ERROR: Could not find a version that satisfies the requirement triton==2.1.0 (from versions: none)"
    assert points_to(RULE, line)
    assert not points_to(RULE, line.replace("none", "3.0.0, 3.1.0"))
    assert not points_to(RULE, line.replace("triton", "tritonclient"))
