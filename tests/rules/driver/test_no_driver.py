"""no-driver."""

import pytest

from doctor.facts import Amd, AmdGpu, ErrorText, Gpu, Host, Nvidia, Torch
from doctor.model import Severity
from tests.rules.hosts import MAC, UBUNTU, WINDOWS
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "no-driver"
NONE = Nvidia(driver_version="", gpus=(), pci_gpus=(), modules=(), module_version="", module_installed=False)
CARD = Nvidia(driver_version="", gpus=(), pci_gpus=(Gpu("GeForce RTX 3060"),), modules=(), module_installed=False)
CUDA, CPU = Torch(version="2.7.1+cu126", cuda_version="12.6"), Torch(version="2.7.1+cpu", cuda_version="")
TEXT = "RuntimeError: Found no NVIDIA driver on your system. Please check that you have an NVIDIA GPU"


def test_a_gpu_without_driver_is_an_error_for_a_cuda_build_and_a_warning_for_a_cpu_one():
    found = finding(RULE, nvidia=CARD, torch=CUDA, host=UBUNTU)
    assert found is not None
    assert found.severity is Severity.ERROR
    assert ("sudo", "ubuntu-drivers", "install") in commands(found)
    found = finding(RULE, nvidia=CARD, torch=CPU)
    assert found is not None
    assert found.severity is Severity.WARNING


def test_a_cuda_build_on_a_cpu_machine_is_no_fault():
    found = finding(RULE, nvidia=NONE, torch=CUDA)
    assert found is not None
    assert found.severity is Severity.INFO
    assert found.remedies == ()
    assert finding(RULE, nvidia=NONE, torch=CPU) is None


def test_it_is_one_when_a_program_asked_for_the_gpu():
    found = finding(RULE, nvidia=NONE, torch=CUDA, error=ErrorText(TEXT))
    assert found is not None
    assert found.severity is Severity.ERROR


def test_it_is_one_when_the_program_found_none():
    found = finding(RULE, nvidia=NONE, torch=CUDA, error=ErrorText("RuntimeError: No CUDA GPUs are available"))
    assert found is not None
    assert (found.severity, found.remedies) == (Severity.ERROR, ())


def test_quiet_with_a_driver_and_where_nothing_is_known():
    assert finding(RULE, nvidia=Nvidia(driver_version="550.54.14", gpus=()), torch=CUDA) is None
    assert finding(RULE, nvidia=Nvidia(), torch=CUDA) is None
    installed = Nvidia(driver_version="", gpus=(), pci_gpus=CARD.pci_gpus, module_installed=True)
    assert finding(RULE, nvidia=installed, torch=CUDA) is None


def test_wsl_has_the_driver_of_windows():
    found = finding(RULE, nvidia=NONE, torch=CUDA, host=Host(os="linux", wsl=2))
    assert found is not None
    assert found.severity is Severity.INFO
    assert found.remedies[0].where == "On the Windows side"


def test_a_driver_and_a_mac_clear_it():
    assert is_cleared(RULE, nvidia=Nvidia(driver_version="550.54.14", gpus=()), torch=CUDA)
    assert is_cleared(RULE, nvidia=Nvidia(driver_version="", gpus=(), module_installed=True), torch=CUDA)
    assert is_cleared(RULE, host=MAC)


def test_open_without_facts_and_in_a_container_whose_host_may_have_one():
    assert is_open(RULE)
    assert is_open(RULE, nvidia=Nvidia(), torch=CUDA)
    assert is_open(RULE, nvidia=CARD, torch=CUDA, host=Host(os="linux", container="docker"))
    assert is_open(RULE, nvidia=NONE, torch=CPU)


def test_nouveau_beside_no_driver_is_no_driver():
    laptop = Nvidia(driver_version="", gpus=(), pci_gpus=CARD.pci_gpus, modules=("nouveau",))
    assert finding(RULE, nvidia=laptop, torch=CUDA) is not None


def test_windows_gets_a_link():
    found = finding(RULE, nvidia=CARD, torch=CUDA, host=WINDOWS)
    assert commands(found) == []
    assert found is not None
    assert "https://www.nvidia.com" in found.remedies[0].title


def test_texts():
    assert points_to(RULE, TEXT)
    assert points_to(RULE, "bash: nvidia-smi: command not found")
    assert not points_to(RULE, "The NVIDIA driver on your system is too old (found version 11040).")


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "RuntimeError: CUDA error: CUDA driver version is insufficient for CUDA runtime version",
        "RuntimeError: No CUDA GPUs are available",
    ],
)
def test_a_program_that_wants_cuda_where_the_gpu_is_one_of_amd(text: str):
    old = Amd((AmdGpu("Radeon RX 570", "gfx803"),))
    found = finding(RULE, amd=old, torch=CUDA, error=ErrorText(text))
    assert found is not None
    assert "Radeon RX 570" in found.message
    assert not any("driver" in word for command in commands(found) for word in command)
    assert finding(RULE, amd=old, torch=CUDA) is None
    assert finding(RULE, amd=old, torch=CPU, error=ErrorText(text)) is None
    assert is_open(RULE, amd=old, nvidia=Nvidia(gpus=(Gpu("T4"),)), torch=CUDA, error=ErrorText(text))
