"""forward-compat-unsupported."""

from doctor.facts import ErrorText, Gpu, Nvidia, Runtime, Variables
from doctor.model import Severity, absent
from tests.rules.hosts import UBUNTU
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "forward-compat-unsupported"
GEFORCE = Gpu("NVIDIA GeForce RTX 3090")
COMPAT = "/usr/local/cuda-12.4/compat/libcuda.so.1"


def test_fires_on_error_804():
    warning = "Error 804: forward compatibility was attempted on non supported HW"
    assert finding(RULE, nvidia=Nvidia(gpus=(GEFORCE,)), runtime=Runtime(cuda_warning=warning)) is not None
    assert finding(RULE, nvidia=Nvidia(libcuda_error="CUDA_ERROR_COMPAT_NOT_SUPPORTED_ON_DEVICE (804)")) is not None


def test_fires_on_compat_libraries_with_consumer_cards_only():
    data_centre = Gpu("NVIDIA A100-SXM4-40GB")
    found = finding(RULE, nvidia=Nvidia(gpus=(GEFORCE,), libcuda=COMPAT))
    assert found is not None
    assert COMPAT in found.message
    assert finding(RULE, nvidia=Nvidia(gpus=(data_centre,), libcuda=COMPAT)) is None


def test_a_compat_folder_on_the_path_counts_while_the_library_is_not_known():
    path = Variables({"LD_LIBRARY_PATH": "/opt/lib:/usr/local/cuda/compat"})
    found = finding(RULE, nvidia=Nvidia(gpus=(GEFORCE,)), variables=path)
    assert found is not None
    assert found.severity is Severity.WARNING
    assert found.evidence[0].fact == "variables.values.LD_LIBRARY_PATH"
    other = Nvidia(gpus=(GEFORCE,), libcuda="/usr/lib/x86_64-linux-gnu/libcuda.so.1")
    assert finding(RULE, nvidia=other, variables=path) is None


def test_quiet_where_cuda_works():
    assert finding(RULE, nvidia=Nvidia(gpus=(GEFORCE,), libcuda=COMPAT), runtime=Runtime(cuda_available=True)) is None


def test_an_error_only_where_cuda_was_seen_to_fail():
    compat = Nvidia(gpus=(GEFORCE,), libcuda=COMPAT)
    for runtime, severity in ((Runtime(), Severity.WARNING), (Runtime(cuda_available=False), Severity.ERROR)):
        found = finding(RULE, nvidia=compat, runtime=runtime)
        assert found is not None
        assert found.severity is severity


def test_the_program_may_find_another_library():
    assert is_open(RULE, nvidia=Nvidia(gpus=(GEFORCE,), libcuda="/usr/lib/libcuda.so.1"))
    assert is_cleared(RULE, nvidia=absent("no NVIDIA driver and no NVIDIA GPU"))


def test_the_folder_goes_before_another_driver_comes():
    found = finding(RULE, nvidia=Nvidia(gpus=(GEFORCE,), libcuda=COMPAT), host=UBUNTU)
    assert found is not None
    assert "compat" in found.remedies[0].title
    assert commands(found)[0] == ("ldconfig", "-p")
    assert commands(found)[-1] == ("sudo", "ubuntu-drivers", "install")


def test_texts():
    assert points_to(RULE, "Error 804: forward compatibility was attempted on non supported HW (function operator())")
    assert not points_to(RULE, "system has unsupported display driver / cuda driver combination")


def test_what_a_program_says_counts_unless_cuda_works():
    said = ErrorText("Error 804: forward compatibility was attempted on non supported HW")
    found = finding(RULE, nvidia=Nvidia(gpus=(GEFORCE,)), runtime=Runtime(cuda_available=False), error=said)
    assert found is not None
    assert found.severity is Severity.ERROR
    assert finding(RULE, nvidia=Nvidia(gpus=(GEFORCE,)), runtime=Runtime(cuda_available=True), error=said) is None
