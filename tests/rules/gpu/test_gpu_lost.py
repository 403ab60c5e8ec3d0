"""gpu-lost."""

from doctor.facts import Nvidia
from tests.rules.judging import commands, finding, points_to

RULE = "gpu-lost"


def test_fires_on_nvml_and_nvidia_smi():
    for code in ("NVML_ERROR_GPU_IS_LOST", "NVML_ERROR_RESET_REQUIRED", "NVML_ERROR_IRQ_ISSUE"):
        assert finding(RULE, nvidia=Nvidia(nvml_error=code)) is not None
    smi = "Unable to determine the device handle for GPU 0000:01:00.0: GPU is lost. Reboot the system"
    assert ("sudo", "reboot") in commands(finding(RULE, nvidia=Nvidia(nvml_message=smi)))


def test_quiet_on_other_errors():
    assert finding(RULE, nvidia=Nvidia(nvml_error="NVML_ERROR_DRIVER_NOT_LOADED")) is None
    assert finding(RULE, nvidia=Nvidia()) is None


def test_texts():
    assert points_to(RULE, "NVRM: Xid (PCI:0000:01:00): 79, pid=1234, GPU has fallen off the bus.")
    assert points_to(RULE, "NVRM: GPU 0000:01:00.0: RmInitAdapter failed! (0x26:0xffff:1290)")
    assert not points_to(RULE, "NVRM: Xid (PCI:0000:01:00): 13, Graphics Exception")
    assert not points_to(RULE, "NVRM: Xid (PCI:0000:01:00): 31, pid=99, MMU Fault")
