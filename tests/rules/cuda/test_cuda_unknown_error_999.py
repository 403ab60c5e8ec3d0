"""cuda-unknown-error-999."""

from doctor.facts import DeviceNode, Host, Nvidia, Runtime, Torch
from doctor.model import absent
from tests.rules.hosts import DOCKER, UBUNTU, WINDOWS
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "cuda-unknown-error-999"
WARNING = (
    "CUDA unknown error - this may be due to an incorrectly set up environment, e.g. changing env variable "
    "CUDA_VISIBLE_DEVICES after program start. Setting the available devices to be zero."
)
FAILS, TORCH = Runtime(cuda_available=False), Torch(version="2.7.1", cuda_version="12.6")
NO_UVM = Nvidia(modules=("nvidia", "nvidia_modeset"))


def test_fires_on_what_cuda_says():
    assert finding(RULE, nvidia=Nvidia(libcuda_error="CUDA_ERROR_UNKNOWN (999)")) is not None
    found = finding(RULE, nvidia=NO_UVM, runtime=Runtime(cuda_available=False, cuda_warning=WARNING))
    assert found is not None
    assert "nvidia_uvm" in found.message


def test_a_missing_module_or_device_file_counts_only_where_cuda_fails():
    nodes = Nvidia(device_nodes=(DeviceNode("/dev/nvidia0"), DeviceNode("/dev/nvidiactl")))
    assert finding(RULE, nvidia=NO_UVM, runtime=FAILS, torch=TORCH) is not None
    assert finding(RULE, nvidia=nodes, runtime=FAILS, torch=TORCH) is not None
    assert finding(RULE, nvidia=NO_UVM, torch=TORCH) is None
    assert finding(RULE, nvidia=NO_UVM, runtime=Runtime(cuda_available=True), torch=TORCH) is None


def test_quiet_on_wsl_jetson_and_cpu_builds():
    assert finding(RULE, nvidia=NO_UVM, runtime=FAILS, torch=TORCH, host=Host(wsl=2)) is None
    assert finding(RULE, nvidia=NO_UVM, runtime=FAILS, torch=TORCH, host=Host(jetson="Orin")) is None
    assert finding(RULE, nvidia=NO_UVM, runtime=FAILS, torch=Torch(version="2.7.1+cpu", cuda_version="")) is None


def test_it_may_come_of_a_program_or_another_time():
    assert is_open(RULE, nvidia=Nvidia(driver_version="550.54.14"), runtime=Runtime(cuda_available=True))
    assert is_cleared(RULE, nvidia=absent("no NVIDIA driver and no NVIDIA GPU"))


def test_remedies_fit_the_place():
    told = Runtime(cuda_available=False, cuda_warning=WARNING)
    reload = [("sudo", "modprobe", "-r", "nvidia_uvm"), ("sudo", "modprobe", "nvidia_uvm")]
    assert commands(finding(RULE, nvidia=Nvidia(), runtime=told, host=UBUNTU)) == reload
    assert commands(finding(RULE, nvidia=NO_UVM, runtime=told, host=UBUNTU)) == reload[1:]
    assert commands(finding(RULE, nvidia=Nvidia(), runtime=told, host=WINDOWS)) == []
    start = ("docker", "run", "--gpus", "all", "--device", "/dev/nvidia-uvm", "IMAGE")
    assert commands(finding(RULE, nvidia=NO_UVM, runtime=told, host=DOCKER)) == [start]


def test_texts():
    assert points_to(RULE, WARNING)
    assert points_to(RULE, "cuda runtime error (30) : unknown error at /pytorch/aten/src/THC/THCGeneral.cpp:50")
    assert not points_to(RULE, "RuntimeError: unknown error in layer 999")
    assert points_to(
        RULE, "Found an unknown error - this may be due to an incorrectly set up environment, e.g. changing"
    )
