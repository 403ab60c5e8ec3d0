"""forward-compat-unsupported."""

from doctor.facts import Gpu, Nvidia, Runtime, Variables
from tests.rules.judging import finding, points_to

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
    assert finding(RULE, nvidia=Nvidia(gpus=(GEFORCE,)), variables=path) is not None
    other = Nvidia(gpus=(GEFORCE,), libcuda="/usr/lib/x86_64-linux-gnu/libcuda.so.1")
    assert finding(RULE, nvidia=other, variables=path) is None


def test_quiet_where_cuda_works():
    assert finding(RULE, nvidia=Nvidia(gpus=(GEFORCE,), libcuda=COMPAT), runtime=Runtime(cuda_available=True)) is None


def test_texts():
    assert points_to(RULE, "Error 804: forward compatibility was attempted on non supported HW (function operator())")
    assert not points_to(RULE, "system has unsupported display driver / cuda driver combination")
