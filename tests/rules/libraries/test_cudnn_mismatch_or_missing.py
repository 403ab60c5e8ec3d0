"""cudnn-mismatch-or-missing."""

from doctor.facts import DeviceCheck, Host, Packages, Runtime, ShadowingLibrary, Toolkits, Torch, Unmet
from doctor.model import Severity
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "cudnn-mismatch-or-missing"
CUDA = Torch(version="2.7.1+cu126", cuda_version="12.6")
OTHER = Toolkits(
    shadowing=(ShadowingLibrary("libcudnn.so.9", "/usr/local/cuda/lib64/libcudnn.so.9", "LD_LIBRARY_PATH"),)
)


def test_a_warning_while_all_works_and_an_error_when_a_device_fails():
    linux = Host(os="linux")
    works = finding(RULE, torch=CUDA, toolkits=OTHER, runtime=Runtime(imported=True))
    failing = Runtime(imported=True, devices=(DeviceCheck("cuda:0", ok=False, error="cuDNN error"),))
    broken = finding(RULE, torch=CUDA, toolkits=OTHER, runtime=failing, host=linux)
    assert works and works.severity is Severity.WARNING
    assert broken and broken.severity is Severity.ERROR
    assert commands(broken)[0][:4] == ("env", "-u", "LD_LIBRARY_PATH", "python")


def test_worth_knowing_only_where_a_gpu_computed_with_it_and_no_error_for_another_failure():
    computed = Runtime(imported=True, devices=(DeviceCheck("cuda:0"),))
    assert finding(RULE, torch=CUDA, toolkits=OTHER, runtime=computed).severity is Severity.INFO
    other = Runtime(imported=True, devices=(DeviceCheck("cuda:0", ok=False, error="no kernel image is available"),))
    assert finding(RULE, torch=CUDA, toolkits=OTHER, runtime=other).severity is Severity.WARNING


def test_a_toolkit_on_the_path_of_windows_is_not_loaded_in_place_of_torchs_own():
    path = Toolkits(shadowing=(ShadowingLibrary("cudnn64_9.dll", r"C:\CUDA\bin\cudnn64_9.dll", "PATH"),))
    assert is_open(RULE, torch=CUDA, toolkits=path, runtime=Runtime(imported=True))
    failing = Runtime(devices=(DeviceCheck("cuda:0", ok=False, error="Could not load symbol cudnnGetLibConfig"),))
    found = finding(RULE, torch=CUDA, toolkits=path, runtime=failing, host=Host(os="windows"))
    assert commands(found) == []
    assert "from PATH" in found.remedies[0].title


def test_fires_when_the_wheel_torch_needs_is_missing():
    packages = Packages(unmet=(Unmet("torch", "nvidia-cudnn-cu12==9.5.1.17", ""),))
    found = finding(RULE, torch=CUDA, packages=packages)
    assert found and found.severity is Severity.ERROR
    assert commands(found)[0][-1] == "nvidia-cudnn-cu12==9.5.1.17"


def test_open_where_another_package_may_ask_for_a_cudnn_and_cleared_on_a_mac():
    assert is_open(RULE, torch=Torch(version="2.7.1+cpu", cuda_version=""), toolkits=OTHER)
    assert is_open(RULE, torch=CUDA, toolkits=Toolkits(cudnn_version="9.1.0"))
    assert is_cleared(RULE, torch=CUDA, host=Host(os="macos"))


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
