"""cudnn-mismatch-or-missing."""

from doctor.facts import DeviceCheck, Packages, Runtime, ShadowingLibrary, Toolkits, Torch, Unmet
from doctor.model import Severity
from tests.rules.judging import commands, finding, points_to

RULE = "cudnn-mismatch-or-missing"
CUDA = Torch(version="2.7.1+cu126", cuda_version="12.6")
OTHER = Toolkits(
    shadowing=(ShadowingLibrary("libcudnn.so.9", "/usr/local/cuda/lib64/libcudnn.so.9", "LD_LIBRARY_PATH"),)
)


def test_a_warning_while_all_works_and_an_error_when_a_device_fails():
    works = finding(RULE, torch=CUDA, toolkits=OTHER, runtime=Runtime(imported=True))
    failing = Runtime(imported=True, devices=(DeviceCheck("cuda:0", ok=False, error="cuDNN error"),))
    broken = finding(RULE, torch=CUDA, toolkits=OTHER, runtime=failing)
    assert works and works.severity is Severity.WARNING
    assert broken and broken.severity is Severity.ERROR
    assert "LD_LIBRARY_PATH" in commands(broken)[0]


def test_fires_when_the_wheel_torch_needs_is_missing():
    packages = Packages(unmet=(Unmet("torch", "nvidia-cudnn-cu12==9.5.1.17", ""),))
    found = finding(RULE, torch=CUDA, packages=packages)
    assert found and found.severity is Severity.ERROR
    assert commands(found)[0][-1] == "nvidia-cudnn-cu12==9.5.1.17"


def test_quiet_on_a_cpu_build_and_on_a_system_wide_cudnn_nobody_loads():
    assert finding(RULE, torch=Torch(version="2.7.1+cpu", cuda_version=""), toolkits=OTHER) is None
    assert finding(RULE, torch=CUDA, toolkits=Toolkits(cudnn_version="9.1.0")) is None


def test_texts():
    assert points_to(
        RULE, "Could not load library libcudnn_ops_infer.so.8. Error: libcudnn_ops_infer.so.8: cannot open"
    )
    assert points_to(
        RULE, "RuntimeError: cuDNN version incompatibility: PyTorch was compiled  against (8, 3, 2) but found"
    )
    line = "Unable to load any of {libcudnn_cnn.so.9.1.0, libcudnn_cnn.so.9.1, libcudnn_cnn.so.9}"
    assert points_to(RULE, line)
    assert not points_to(RULE, "RuntimeError: cuDNN error: CUDNN_STATUS_INTERNAL_ERROR")


def test_a_library_that_a_wheel_renamed():
    assert points_to(RULE, "ImportError: libcudnn-3f2a11bc.so.7.1.2: cannot open shared object file: No such file")
    assert not points_to(RULE, "libcudart-3f2a11bc.so.9.0: cannot open shared object file: No such file")
