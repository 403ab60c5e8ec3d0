"""nvidia-device-permission."""

from doctor.facts import DeviceNode, Nvidia, Runtime
from tests.rules.hosts import DOCKER, UBUNTU
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "nvidia-device-permission"
CLOSED = Nvidia(device_nodes=(DeviceNode("/dev/nvidia0", readable=False, writable=False, group="video"),))


def test_fires_on_closed_device_files_and_joins_their_group():
    found = finding(RULE, nvidia=CLOSED, host=UBUNTU)
    assert found is not None
    assert "/dev/nvidia0" in found.message
    assert commands(found) == [("sudo", "usermod", "-aG", "video", "$USER")]


def test_fires_on_nvmls_refusal():
    assert finding(RULE, nvidia=Nvidia(nvml_error="NVML_ERROR_NO_PERMISSION")) is not None


def test_quiet_on_open_files_on_others_and_where_cuda_works():
    nodes = (DeviceNode("/dev/nvidia0"), DeviceNode("/dev/nvidia-caps/nvidia-cap1", readable=False, writable=False))
    assert finding(RULE, nvidia=Nvidia(device_nodes=nodes)) is None
    assert finding(RULE, nvidia=CLOSED, runtime=Runtime(cuda_available=True)) is None
    assert finding(RULE, nvidia=Nvidia()) is None


def test_what_clears_it_and_what_leaves_it_open():
    assert is_cleared(RULE, nvidia=Nvidia(device_nodes=(DeviceNode("/dev/nvidia0"), DeviceNode("/dev/nvidiactl"))))
    assert is_cleared(RULE, nvidia=CLOSED, runtime=Runtime(cuda_available=True))
    assert is_open(RULE, nvidia=Nvidia())


def test_remedies_fit_the_place():
    root = DeviceNode("/dev/nvidia0", readable=False, writable=False, group="root")
    anew = [("sudo", "nvidia-modprobe", "-c", "0", "-u")]
    assert commands(finding(RULE, nvidia=Nvidia(device_nodes=(root,)), host=UBUNTU)) == anew
    assert commands(finding(RULE, nvidia=CLOSED, host=DOCKER)) == [("docker", "run", "--gpus", "all", "IMAGE")]


def test_texts():
    assert points_to(RULE, "Failed to initialize NVML: Insufficient Permissions")
    assert points_to(RULE, "cannot open /dev/nvidiactl: Permission denied")
    assert not points_to(RULE, "cannot open /dev/kvm: Permission denied")
