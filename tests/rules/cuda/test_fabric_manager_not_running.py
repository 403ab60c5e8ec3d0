"""fabric-manager-not-running."""

from doctor.facts import Host, Nvidia, Runtime
from tests.rules.judging import commands, finding, points_to

RULE = "fabric-manager-not-running"


def test_fires_on_a_stopped_manager_beside_switches():
    found = finding(RULE, nvidia=Nvidia(fabric_manager="stopped", nvswitches=4), host=Host(distribution_id="ubuntu"))
    assert found is not None
    assert commands(found) == [("sudo", "systemctl", "enable", "--now", "nvidia-fabricmanager")]


def test_a_missing_one_is_installed_in_the_drivers_version():
    bare = Nvidia(fabric_manager="absent", nvswitches=4, driver_version="550.54.14")
    found = finding(RULE, nvidia=bare, host=Host(distribution_id="ubuntu", container=""))
    assert ("sudo", "apt-get", "install", "-y", "nvidia-fabricmanager-550=550.54.14-1") in commands(found)


def test_fires_on_error_802():
    assert finding(RULE, nvidia=Nvidia(libcuda_error="CUDA_ERROR_SYSTEM_NOT_READY (802)")) is not None


def test_quiet_without_switches_when_running_and_where_cuda_works():
    assert finding(RULE, nvidia=Nvidia(fabric_manager="absent", nvswitches=0)) is None
    assert finding(RULE, nvidia=Nvidia(fabric_manager="absent")) is None
    assert finding(RULE, nvidia=Nvidia(fabric_manager="running", nvswitches=4)) is None
    stopped = Nvidia(fabric_manager="stopped", nvswitches=4)
    assert finding(RULE, nvidia=stopped, runtime=Runtime(cuda_available=True)) is None


def test_texts():
    assert points_to(RULE, "cuda runtime error (802) : system not yet initialized at THCGeneral.cpp:50")
    assert not points_to(RULE, "the module is not yet initialized")
