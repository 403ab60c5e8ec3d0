"""gpu-lost."""

from doctor.facts import Nvidia
from doctor.model import absent
from tests.rules.hosts import UBUNTU, WINDOWS
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "gpu-lost"


def test_fires_on_nvml_and_nvidia_smi():
    for code in ("NVML_ERROR_GPU_IS_LOST", "NVML_ERROR_RESET_REQUIRED", "NVML_ERROR_IRQ_ISSUE"):
        assert finding(RULE, nvidia=Nvidia(nvml_error=code)) is not None
    smi = "Unable to determine the device handle for GPU 0000:01:00.0: GPU is lost. Reboot the system"
    for host, shown in ((UBUNTU, [("sudo", "dmesg")]), (WINDOWS, [])):
        found = finding(RULE, nvidia=Nvidia(nvml_message=smi), host=host)
        assert found is not None
        assert found.remedies[0].title.startswith("Shut the machine down, disconnect it from power")
        assert commands(found) == shown


def test_quiet_on_other_errors():
    assert finding(RULE, nvidia=Nvidia(nvml_error="NVML_ERROR_DRIVER_NOT_LOADED")) is None
    assert finding(RULE, nvidia=Nvidia()) is None


def test_it_may_have_come_back():
    assert is_open(RULE, nvidia=Nvidia(driver_version="550.54.14"))
    assert is_cleared(RULE, nvidia=absent("no NVIDIA driver and no NVIDIA GPU"))


def test_texts():
    assert points_to(RULE, "NVRM: Xid (PCI:0000:01:00): 79, pid=1234, GPU has fallen off the bus.")
    assert points_to(RULE, "NVRM: GPU 0000:01:00.0: RmInitAdapter failed! (0x26:0xffff:1290)")
    assert not points_to(RULE, "NVRM: Xid (PCI:0000:01:00): 13, Graphics Exception")
    assert not points_to(RULE, "NVRM: Xid (PCI:0000:01:00): 31, pid=99, MMU Fault")
