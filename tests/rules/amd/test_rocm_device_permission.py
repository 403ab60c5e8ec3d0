"""rocm-device-permission."""

from doctor import rules
from doctor.facts import Amd, AmdGpu, DeviceNode, Gpu, Host, Nvidia, Runtime, Torch
from doctor.model import Severity
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "rocm-device-permission"
ROCM = Torch(version="2.7.1+rocm6.3", build="rocm6.3", hip_version="6.3")
CARD = (AmdGpu("MI300X", gfx="gfx942"),)
CLOSED = (DeviceNode("/dev/kfd", readable=False, writable=False, group="render"),)


def test_fires_on_closed_devices():
    found = finding(RULE, amd=Amd(gpus=CARD, device_nodes=CLOSED), torch=ROCM, host=Host(os="linux", container=""))
    assert found is not None
    assert "/dev/kfd" in found.message
    assert commands(found) == [("sudo", "usermod", "-aG", "render,video", "$USER")]


def test_fires_in_a_container_that_was_not_given_them():
    amd, docker = Amd(gpus=CARD, driver_loaded=True), Host(container="docker")
    assert "--device=/dev/kfd" in commands(finding(RULE, amd=amd, torch=ROCM, host=docker))[0]
    assert finding(RULE, amd=amd, torch=ROCM, host=Host(container="")) is None


def test_one_open_render_node_is_enough():
    nodes = (DeviceNode("/dev/kfd"), DeviceNode("/dev/dri/renderD128", False, False), DeviceNode("/dev/dri/renderD129"))
    assert is_cleared(RULE, amd=Amd(gpus=CARD, device_nodes=nodes), torch=ROCM)


def test_cleared_where_it_works_and_by_other_builds():
    amd = Amd(gpus=CARD, device_nodes=CLOSED)
    assert is_cleared(RULE, amd=amd, torch=ROCM, runtime=Runtime(cuda_available=True))
    assert is_cleared(RULE, amd=amd, torch=Torch(version="2.7.1", build="cpu", cuda_version="", hip_version=""))


def test_a_build_for_rocm_that_finds_no_gpu_where_nothing_tells_of_any():
    nothing = Runtime(imported=True, cuda_available=False)
    found = finding(RULE, torch=ROCM, runtime=nothing)
    assert found is not None
    assert found.severity is Severity.WARNING
    assert "finds no GPU" in found.message
    assert finding(RULE, torch=ROCM) is None
    assert finding(RULE, torch=ROCM, runtime=nothing, host=Host(os="linux", wsl=2)) is None
    assert finding(RULE, torch=ROCM, runtime=nothing, nvidia=Nvidia(gpus=(Gpu("NVIDIA L4"),))) is None


def test_open_where_the_build_or_the_devices_are_not_known():
    assert is_open(RULE, amd=Amd(gpus=CARD, device_nodes=CLOSED), torch=Torch(version="2.7.1"))
    assert is_open(RULE, amd=Amd(gpus=CARD), torch=ROCM)


def test_texts():
    assert points_to(RULE, "Unable to open /dev/kfd read-write: Permission denied")
    assert points_to(RULE, "RuntimeError: No HIP GPUs are available")
    assert not points_to(RULE, "RuntimeError: No CUDA GPUs are available")
    assert points_to(RULE, "UserWarning: HIP initialization: Unexpected error from hipGetDeviceCount(). Did you run")
    assert not points_to(RULE, "UserWarning: CUDA initialization: Unexpected error from cudaGetDeviceCount().")


def test_no_groups_to_join_where_there_are_no_such_devices():
    remedies = rules.load(RULE).remedies
    assert remedies(host=Host(os="windows")) == ()
    assert remedies(host=None) != ()
