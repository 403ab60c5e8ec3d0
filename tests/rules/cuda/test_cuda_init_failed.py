"""cuda-init-failed."""

from doctor.facts import Host, Nvidia, Runtime
from doctor.model import absent
from tests.rules.hosts import UBUNTU, WINDOWS
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "cuda-init-failed"


def test_fires_on_nvml_and_on_torch():
    assert finding(RULE, nvidia=Nvidia(nvml_error="NVML_ERROR_UNKNOWN")) is not None
    warning = "CUDA driver initialization failed, you might not have a CUDA gpu."
    found = finding(RULE, nvidia=Nvidia(), runtime=Runtime(cuda_available=False, cuda_warning=warning))
    assert found is not None
    assert warning in found.message


def test_quiet_on_other_codes_and_where_cuda_works():
    assert finding(RULE, nvidia=Nvidia(nvml_error="NVML_ERROR_DRIVER_NOT_LOADED")) is None
    working = Runtime(cuda_available=True)
    assert finding(RULE, nvidia=Nvidia(nvml_error="NVML_ERROR_UNKNOWN"), runtime=working) is None


def test_a_container_is_restarted_not_the_machine():
    unknown = Nvidia(nvml_error="NVML_ERROR_UNKNOWN")
    for host, first, shown in (
        (Host(os="linux", container="docker"), "Restart the container", [("sudo", "dmesg")]),
        (UBUNTU, "Restart the machine", [("sudo", "dmesg")]),
        (WINDOWS, "Restart the machine", []),
    ):
        found = finding(RULE, nvidia=unknown, host=host)
        assert found is not None
        assert found.remedies[0].title.startswith(first)
        assert commands(found) == shown


def test_it_may_fail_at_another_time():
    assert is_open(RULE, nvidia=Nvidia(driver_version="550.54.14"), runtime=Runtime(cuda_available=True))
    assert is_cleared(RULE, nvidia=absent("no NVIDIA driver and no NVIDIA GPU"))


def test_texts():
    assert points_to(RULE, "Failed to initialize NVML: Unknown Error")
    assert points_to(RULE, "CUDA error: initialization error")
    assert not points_to(RULE, "Failed to initialize NVML: Driver/library version mismatch")
    assert not points_to(RULE, "weight initialization error is expected")


def test_where_nobody_told_of_a_container_the_machine_is_not_the_first_to_be_restarted():
    for host in (None, Host(os="linux")):
        told = {"host": host} if host else {}
        found = finding(RULE, nvidia=Nvidia(nvml_error="NVML_ERROR_UNKNOWN"), **told)
        assert found is not None
        assert found.remedies[0].title.startswith("Restart the container")
