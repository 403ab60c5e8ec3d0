"""no-driver."""

from doctor.facts import ErrorText, Gpu, Host, Nvidia, Torch
from doctor.model import Severity
from tests.rules.judging import commands, finding, points_to

RULE = "no-driver"
NONE = Nvidia(driver_version="", gpus=(), pci_gpus=(), modules=(), module_version="", module_installed=False)
CARD = Nvidia(driver_version="", gpus=(), pci_gpus=(Gpu("GeForce RTX 3060"),), modules=(), module_installed=False)
CUDA, CPU = Torch(version="2.7.1+cu126", cuda_version="12.6"), Torch(version="2.7.1+cpu", cuda_version="")
TEXT = "RuntimeError: Found no NVIDIA driver on your system. Please check that you have an NVIDIA GPU"


def test_a_gpu_without_driver_is_an_error_for_a_cuda_build_and_a_warning_for_a_cpu_one():
    found = finding(RULE, nvidia=CARD, torch=CUDA, host=Host(os="linux", distribution_id="ubuntu", container=""))
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


def test_quiet_with_a_driver_in_wsl_and_where_nothing_is_known():
    assert finding(RULE, nvidia=Nvidia(driver_version="550.54.14", gpus=()), torch=CUDA) is None
    assert finding(RULE, nvidia=Nvidia(), torch=CUDA) is None
    assert finding(RULE, nvidia=NONE, torch=CUDA, host=Host(wsl=2)) is None
    installed = Nvidia(driver_version="", gpus=(), pci_gpus=CARD.pci_gpus, module_installed=True)
    assert finding(RULE, nvidia=installed, torch=CUDA) is None


def test_texts():
    assert points_to(RULE, TEXT)
    assert points_to(RULE, "bash: nvidia-smi: command not found")
    assert not points_to(RULE, "The NVIDIA driver on your system is too old (found version 11040).")
