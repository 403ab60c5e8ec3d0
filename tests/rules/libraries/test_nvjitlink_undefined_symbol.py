"""nvjitlink-undefined-symbol."""

from doctor.facts import Failure, Host, Packages, Runtime, ShadowingLibrary, Toolkits, Unmet
from doctor.model import Severity
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "nvjitlink-undefined-symbol"
OTHER = Toolkits(shadowing=(ShadowingLibrary("libnvJitLink.so.12", "/usr/local/cuda/lib64/x", "LD_LIBRARY_PATH"),))


def test_an_error_when_the_import_fails_with_its_name():
    text = "ImportError: libcusparse.so.12: undefined symbol: __nvJitLinkAddData_12_1, version libnvJitLink.so.12"
    found = finding(RULE, toolkits=OTHER, runtime=Runtime(failure=Failure(text)), host=Host(os="linux"))
    assert found and found.severity is Severity.ERROR
    assert commands(found)[0][:4] == ("env", "-u", "LD_LIBRARY_PATH", "python")
    other = finding(RULE, toolkits=OTHER, runtime=Runtime(failure=Failure("ImportError: libGL.so.1")))
    assert other and other.severity is Severity.WARNING


def test_a_warning_while_it_works_and_for_a_changed_wheel():
    works = finding(RULE, toolkits=OTHER, runtime=Runtime(imported=True))
    changed = finding(RULE, packages=Packages(unmet=(Unmet("torch", "nvidia-nvjitlink-cu12==12.6.85", "12.1.105"),)))
    assert works and works.severity is Severity.WARNING
    assert changed and changed.severity is Severity.WARNING
    assert commands(changed) == [("python", "-m", "pip", "install", "nvidia-nvjitlink-cu12==12.6.85")]


def test_cleared_where_torch_works_and_off_linux_and_open_without_either():
    assert is_cleared(RULE, toolkits=Toolkits(), packages=Packages(), runtime=Runtime(imported=True))
    assert is_cleared(RULE, toolkits=OTHER, host=Host(os="windows"))
    assert is_open(RULE, toolkits=Toolkits(), packages=Packages())


def test_texts():
    line = "libcusparse.so.12: undefined symbol: __nvJitLinkComplete_12_4, version libnvJitLink.so.12"
    assert points_to(RULE, line)
    assert not points_to(
        RULE, "libcublas.so.12: undefined symbol: cublasLtGetEnvironmentMode, version libcublasLt.so.12"
    )
    unversioned = "symbol {}, version {} not defined in file {} with link time reference"
    assert points_to(RULE, unversioned.format("__nvJitLinkComplete_12_4", "libnvJitLink.so.12", "libnvJitLink.so.12"))
    assert not points_to(RULE, unversioned.format("cublasLtCreate", "libcublasLt.so.12", "libcublasLt.so.12"))
