"""fabric-manager-not-running."""

from doctor.facts import Gpu, Nvidia, Runtime
from doctor.model import Severity
from tests.rules.hosts import DEBIAN, DOCKER, UBUNTU
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "fabric-manager-not-running"


def test_fires_on_a_stopped_manager_beside_switches():
    stopped = Nvidia(fabric_manager="stopped", nvswitches=4)
    found = finding(RULE, nvidia=stopped, host=UBUNTU, runtime=Runtime(cuda_available=False))
    assert found is not None
    assert found.severity is Severity.ERROR
    assert commands(found) == [("sudo", "systemctl", "enable", "--now", "nvidia-fabricmanager")]


def test_it_is_a_warning_while_cuda_was_not_tried():
    """The manager may run on the host of a virtual machine."""
    found = finding(RULE, nvidia=Nvidia(fabric_manager="absent", nvswitches=4))
    assert found is not None
    assert found.severity is Severity.WARNING


def test_a_missing_one_is_installed_in_the_drivers_branch():
    bare = Nvidia(fabric_manager="absent", nvswitches=4, driver_version="550.54.14")
    start = ("sudo", "systemctl", "enable", "--now", "nvidia-fabricmanager")
    install = ("sudo", "apt-get", "install", "-y", "nvidia-fabricmanager-550")
    assert commands(finding(RULE, nvidia=bare, host=UBUNTU)) == [install, start]
    assert commands(finding(RULE, nvidia=bare, host=DEBIAN)) == []
    assert commands(finding(RULE, nvidia=bare, host=DOCKER)) == []
    odd = Nvidia(fabric_manager="absent", nvswitches=4, driver_version="N/A")
    assert finding(RULE, nvidia=odd, host=UBUNTU) is not None


def test_fires_on_error_802():
    assert finding(RULE, nvidia=Nvidia(libcuda_error="CUDA_ERROR_SYSTEM_NOT_READY (802)")) is not None


def test_quiet_without_switches_when_running_and_where_cuda_works():
    assert finding(RULE, nvidia=Nvidia(fabric_manager="absent", nvswitches=0)) is None
    assert finding(RULE, nvidia=Nvidia(fabric_manager="absent")) is None
    assert finding(RULE, nvidia=Nvidia(fabric_manager="running", nvswitches=4)) is None
    stopped = Nvidia(fabric_manager="stopped", nvswitches=4)
    assert finding(RULE, nvidia=stopped, runtime=Runtime(cuda_available=True)) is None


def test_a_manager_that_runs_clears_it():
    assert is_cleared(RULE, nvidia=Nvidia(fabric_manager="running", nvswitches=4))
    assert is_open(RULE, nvidia=Nvidia(fabric_manager="absent", nvswitches=0))
    assert is_open(RULE, nvidia=Nvidia(nvswitches=4), runtime=Runtime(cuda_available=True))


def test_texts():
    assert points_to(RULE, "cuda runtime error (802) : system not yet initialized at THCGeneral.cpp:50")
    assert not points_to(RULE, "the module is not yet initialized")


def test_boards_that_no_switch_joins_clear_it():
    assert is_cleared(RULE, nvidia=Nvidia(gpus=(Gpu("NVIDIA GeForce RTX 3090"),)))
    assert is_open(RULE, nvidia=Nvidia(gpus=(Gpu("NVIDIA H100 80GB HBM3"),)))
    assert is_open(RULE, nvidia=Nvidia(gpus=(Gpu("Something new"),)))
    assert is_open(RULE, nvidia=Nvidia(gpus=()))
