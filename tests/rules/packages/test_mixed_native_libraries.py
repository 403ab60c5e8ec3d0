"""mixed-native-libraries."""

from doctor.facts import Failure, Host, Runtime, ShadowingLibrary, Toolkits
from doctor.model import Severity
from tests.rules.judging import commands, finding, is_open, points_to

RULE = "mixed-native-libraries"


def of(library: str) -> Toolkits:
    return Toolkits(shadowing=(ShadowingLibrary(library, f"/opt/libtorch/lib/{library}", "LD_LIBRARY_PATH"),))


def test_an_error_when_the_import_fails_and_a_warning_when_it_works():
    broken = finding(RULE, toolkits=of("libtorch_cpu.so"), runtime=Runtime(failure=Failure("ImportError")))
    works = finding(RULE, toolkits=of("libtorch_cpu.so"), runtime=Runtime(imported=True))
    assert broken and broken.severity is Severity.ERROR
    assert works and works.severity is Severity.WARNING


def test_quiet_on_libraries_with_their_own_rule_and_on_an_installed_toolkit():
    assert finding(RULE, toolkits=of("libcudnn.so.9")) is None
    assert finding(RULE, toolkits=Toolkits(nvcc_version="12.4")) is None


def test_texts():
    line = "ImportError: /env/torch/lib/libcaffe2.so: undefined symbol: mkldnn_primitive_attr_destroy"
    assert points_to(RULE, line)
    assert points_to(RULE, "ImportError: libtorch_cuda.so: undefined symbol: ncclCommRegister")
    assert not points_to(RULE, "ImportError: libtorch_cpu.so: undefined symbol: iJIT_NotifyEvent")


def test_the_program_may_have_had_other_variables():
    assert is_open(RULE, toolkits=Toolkits(), runtime=Runtime(imported=True))


def test_the_program_is_run_without_the_variable():
    found = finding(RULE, toolkits=of("libtorch_cpu.so"), host=Host(os="linux"))
    assert commands(found) == [("env", "-u", "LD_LIBRARY_PATH", "python", "PROGRAM.py")]
    assert commands(finding(RULE, toolkits=of("libtorch_cpu.so"), host=Host(os="windows"))) == [
        ("python", "PROGRAM.py")
    ]
