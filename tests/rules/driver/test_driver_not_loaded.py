"""driver-not-loaded."""

from doctor.facts import Gpu, Host, Nvidia, Runtime, Torch
from doctor.model import Severity
from tests.rules.hosts import DEBIAN, UBUNTU, WINDOWS, WSL
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "driver-not-loaded"
CARD = (Gpu("GeForce RTX 3060"),)
SMI = "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver."


def test_fires_on_nvml_and_nvidia_smi():
    assert finding(RULE, nvidia=Nvidia(nvml_error="NVML_ERROR_DRIVER_NOT_LOADED")) is not None
    assert finding(RULE, nvidia=Nvidia(nvml_message=SMI)) is not None


def test_nouveau_is_named_and_switched_off():
    laptop = Nvidia(module_installed=True, module_version="", modules=("nouveau",), pci_gpus=CARD)
    found = finding(RULE, nvidia=laptop, host=DEBIAN)
    assert found is not None
    assert "nouveau" in found.message
    assert found.remedies[0].title == "Disable nouveau, then restart"
    assert ("sudo", "update-initramfs", "-u") in found.remedies[0].commands
    assert not any("modprobe" in command for command in commands(found))


def test_a_module_that_was_not_built_is_built_and_secure_boot_is_named():
    found = finding(RULE, nvidia=Nvidia(nvml_message=SMI, module_installed=False), host=UBUNTU)
    headers = ("sudo", "apt-get", "install", "-y", "linux-headers-6.8.0-64-generic")
    assert commands(found)[:2] == [headers, ("sudo", "dkms", "autoinstall")]
    signed = Nvidia(module_installed=True, module_version="", pci_gpus=CARD)
    found = finding(RULE, nvidia=signed, host=Host(secure_boot=True, container=""))
    assert found is not None
    assert "Secure Boot" in found.message


def test_quiet_when_loaded_not_installed_in_containers_and_where_it_works():
    assert finding(RULE, nvidia=Nvidia(module_installed=True, module_version="550.54.14", pci_gpus=CARD)) is None
    assert finding(RULE, nvidia=Nvidia(module_installed=False, module_version="", pci_gpus=CARD)) is None
    assert finding(RULE, nvidia=Nvidia(nvml_message=SMI), host=Host(container="docker")) is None
    assert finding(RULE, nvidia=Nvidia(nvml_message=SMI), runtime=Runtime(cuda_available=True)) is None


def test_the_module_is_loaded_where_no_cause_is_known_and_elsewhere_a_person_acts():
    refused = Nvidia(nvml_error="NVML_ERROR_DRIVER_NOT_LOADED", module_installed=True)
    assert commands(finding(RULE, nvidia=refused, host=UBUNTU))[0] == ("sudo", "modprobe", "nvidia")
    assert commands(finding(RULE, nvidia=refused, host=WINDOWS)) == []
    inside = finding(RULE, nvidia=refused, host=Host(os="linux", container="docker"))
    assert inside is not None
    assert {remedy.where for remedy in inside.remedies if not remedy.commands} == {"On the host of the container"}


def test_what_clears_it_and_what_leaves_it_open():
    answers = Nvidia(driver_version="550.54.14", gpus=CARD)
    loaded = Nvidia(module_installed=True, module_version="550.54.14", pci_gpus=CARD)
    for nvidia in (answers, loaded, Nvidia(modules=("nvidia",))):
        assert is_cleared(RULE, nvidia=nvidia)
    assert is_cleared(RULE, nvidia=Nvidia(nvml_message=SMI), host=WSL)
    assert is_open(RULE, nvidia=Nvidia())
    assert is_open(RULE, nvidia=Nvidia(driver_version="", gpus=()))


def test_texts():
    assert points_to(RULE, SMI)
    assert points_to(RULE, "ERROR: Unable to load the kernel module 'nvidia.ko'.  This happens most frequently when")
    assert points_to(RULE, "modprobe: ERROR: could not insert 'nvidia': Key was rejected by service")
    assert points_to(RULE, "modprobe: FATAL: Module nvidia not found in directory /lib/modules/6.8.0-64-generic")
    assert points_to(RULE, "[    9.1] NVRM: The NVIDIA probe routine was not called for 3 device(s).")
    assert not points_to(RULE, "NVRM: loading NVIDIA UNIX x86_64 Kernel Module  550.54.14")
    assert not points_to(RULE, "modprobe: FATAL: Module nvme not found in directory /lib/modules/6.8.0")


def test_a_warning_where_torch_has_no_cuda_anyway():
    found = finding(RULE, nvidia=Nvidia(nvml_message=SMI), torch=Torch(version="2.7.1+cpu", cuda_version=""))
    assert found is not None
    assert found.severity is Severity.WARNING
