"""nvml-driver-library-mismatch."""

from doctor.facts import Host, Nvidia, Runtime
from doctor.model import absent
from tests.rules.hosts import UBUNTU, WSL
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "nvml-driver-library-mismatch"


def test_fires_on_the_nvml_code_and_on_what_nvidia_smi_prints():
    code = Nvidia(nvml_error="NVML_ERROR_LIB_RM_VERSION_MISMATCH")
    text = Nvidia(nvml_message="Failed to initialize NVML: Driver/library version mismatch")
    assert finding(RULE, nvidia=code) is not None
    found = finding(RULE, nvidia=text, host=UBUNTU)
    assert found is not None
    assert commands(found)[:2] == [
        ("sudo", "modprobe", "-r", "nvidia_uvm", "nvidia_drm", "nvidia_modeset", "nvidia"),
        ("sudo", "modprobe", "nvidia"),
    ]
    assert found.remedies[1].title == "Restart the machine"
    assert found.remedies[1].alternative
    assert commands(finding(RULE, nvidia=text, host=WSL)) == [("wsl.exe", "--shutdown")]


def test_fires_on_versions_that_differ_and_not_on_equal_ones():
    assert finding(RULE, nvidia=Nvidia(nvml_version="550.144.03", module_version="550.120")) is None
    assert finding(RULE, nvidia=Nvidia(nvml_version="550.144.03", module_version="535.54.03")) is not None
    assert finding(RULE, nvidia=Nvidia(nvml_version="550.144.03", module_version="550.144.03")) is None


def test_quiet_where_cuda_works_or_a_version_is_not_known():
    differ = Nvidia(nvml_version="550.144.03", module_version="535.54.03")
    assert finding(RULE, nvidia=differ, runtime=Runtime(cuda_available=True)) is None
    assert finding(RULE, nvidia=Nvidia(nvml_version="550.144.03")) is None


def test_in_a_container_the_host_is_to_be_restarted():
    found = finding(RULE, nvidia=Nvidia(nvml_error="NVML_ERROR_LIB_RM_VERSION_MISMATCH"), host=Host(container="docker"))
    assert commands(found) == []
    assert found is not None
    assert found.remedies[0].title.startswith("Restart the host")


def test_it_may_have_been_so_before_a_restart():
    assert is_open(RULE, nvidia=Nvidia(nvml_version="550.144.03", module_version="550.144.03"))
    assert is_cleared(RULE, nvidia=absent("no NVIDIA driver and no NVIDIA GPU"))


def test_texts():
    assert points_to(RULE, "Failed to initialize NVML: Driver/library version mismatch")
    assert points_to(RULE, "NVRM: API mismatch: the client has the version 550.144.03, but")
    assert not points_to(RULE, "Failed to initialize NVML: Driver Not Loaded")
    assert not points_to(RULE, "nvidia-smi: 18 processes")
