"""driver-userland-mismatch-803."""

from doctor import explain
from doctor.facts import Nvidia, Runtime
from doctor.model import absent
from tests.rules.hosts import DOCKER, UBUNTU
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "driver-userland-mismatch-803"
WARNING = (
    "Unexpected error from cudaGetDeviceCount(). Did you run some cuda functions before calling NumCudaDevices() that "
    "might have already set an error? Error 803: system has unsupported display driver / cuda driver combination"
)


def test_fires_on_what_the_driver_or_torch_says():
    answered = Nvidia(libcuda_error="CUDA_ERROR_SYSTEM_DRIVER_MISMATCH (803)", libcuda_version="535.54.03")
    found = finding(RULE, nvidia=answered)
    assert found is not None
    assert "535.54.03" in found.message
    assert finding(RULE, nvidia=Nvidia(), runtime=Runtime(cuda_available=False, cuda_warning=WARNING)) is not None


def test_fires_on_a_stale_library_and_not_on_the_right_or_a_compatibility_one():
    stale = Nvidia(libcuda="/usr/lib/libcuda.so.1", libcuda_version="470.57.02", module_version="535.54.03")
    right = Nvidia(libcuda="/usr/lib/libcuda.so.1", libcuda_version="535.54.03", module_version="535.54.03")
    newer = Nvidia(libcuda="/usr/local/cuda/compat/libcuda.so.1", libcuda_version="550.1.2", module_version="535.54.03")
    assert finding(RULE, nvidia=stale) is not None
    assert finding(RULE, nvidia=stale, runtime=Runtime(cuda_available=True)) is None
    assert finding(RULE, nvidia=right) is None
    assert finding(RULE, nvidia=newer) is None


def test_quiet_where_the_file_name_tells_no_version():
    plain = Nvidia(libcuda="/usr/lib/wsl/lib/libcuda.so.1", libcuda_version="1", module_version="560.70")
    assert finding(RULE, nvidia=plain) is None


def test_the_library_may_be_another_one_in_the_program():
    right = Nvidia(libcuda="/usr/lib/libcuda.so.1", libcuda_version="535.54.03", module_version="535.54.03")
    assert is_open(RULE, nvidia=right)
    assert is_cleared(RULE, nvidia=absent("no NVIDIA driver and no NVIDIA GPU"))


def test_a_restart_first_and_in_a_container_another_image():
    answered = Nvidia(libcuda_error="CUDA_ERROR_SYSTEM_DRIVER_MISMATCH (803)", libcuda="/usr/lib/libcuda.so.1")
    for host, first in ((UBUNTU, "Restart"), (DOCKER, "Build the image")):
        found = finding(RULE, nvidia=answered, host=host)
        assert found is not None
        assert found.remedies[0].title.startswith(first)
        assert commands(found) == [("ldconfig", "-p")]


def test_texts():
    assert points_to(RULE, WARNING)
    assert points_to(RULE, "kernel version 535.54.3 does not match DSO version 550.90.7 -- cannot find working devices")
    assert not points_to(RULE, "Error 804: forward compatibility was attempted on non supported HW")


def test_what_bitsandbytes_says_after_it_is_a_consequence():
    causes = explain.causes(f"{WARNING}\nThe installed version of bitsandbytes was compiled without GPU support.\n")
    assert (causes[0].rule, causes[-1].rule) == (RULE, "bitsandbytes-library-missing")
