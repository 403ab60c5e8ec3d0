"""gpu-arch-newer-than-build."""

from doctor.facts import DeviceCheck, Gpu, Host, Nvidia, Runtime, Torch
from doctor.model import Severity
from tests.rules.hosts import PYTHON, UBUNTU
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "gpu-arch-newer-than-build"
NEW = Gpu("NVIDIA GeForce RTX 5090")
OLD_BUILD = Torch(version="2.6.0+cu124", cuda_version="12.4")


def test_fires_and_installs_a_build_that_has_the_code():
    new = Nvidia(gpus=(NEW,), driver_version="570.86.15")
    found = finding(RULE, nvidia=new, torch=OLD_BUILD, host=UBUNTU, python=PYTHON)
    assert found is not None
    assert found.severity is Severity.ERROR
    assert "12.0" in found.message and "sm_90" in found.message
    (command,) = commands(found)
    assert command[4].startswith("torch==") and "+cu12" in command[4]


def test_a_driver_that_does_not_know_the_gpu_comes_first():
    new = Nvidia(gpus=(NEW,), driver_version="535.104.05")
    found = finding(RULE, nvidia=new, torch=OLD_BUILD, host=UBUNTU, python=PYTHON)
    assert found is not None
    assert "570 or newer" in found.remedies[0].title
    assert commands(found)[-1] == ("sudo", "ubuntu-drivers", "install")


def test_stays_an_error_beside_an_older_gpu_that_works():
    found = finding(RULE, nvidia=Nvidia(gpus=(Gpu("NVIDIA GeForce RTX 3090"), NEW)), torch=OLD_BUILD)
    assert found is not None
    assert found.severity is Severity.ERROR
    assert "the other GPU works" in found.message


def test_a_higher_minor_of_the_same_major_is_no_fault():
    for name in ("NVIDIA GeForce RTX 4090", "NVIDIA L4", "NVIDIA GeForce RTX 3060"):
        assert (
            finding(RULE, nvidia=Nvidia(gpus=(Gpu(name),)), torch=Torch(version="2.5.1", cuda_version="12.1")) is None
        )


def test_quiet_on_a_build_that_has_it_and_on_an_unknown_gpu():
    assert finding(RULE, nvidia=Nvidia(gpus=(NEW,)), torch=Torch(version="2.7.1+cu128", cuda_version="12.8")) is None
    assert finding(RULE, nvidia=Nvidia(gpus=(Gpu("Device 2b85"),)), torch=OLD_BUILD) is None
    proven = Runtime(devices=(DeviceCheck("cuda:0", NEW.name, ok=True),))
    assert finding(RULE, nvidia=Nvidia(gpus=(NEW,)), torch=OLD_BUILD, runtime=proven) is None


def test_what_clears_it_and_what_leaves_it_open():
    pascal = Nvidia(gpus=(Gpu("NVIDIA GeForce GTX 1070"),))
    assert is_cleared(RULE, nvidia=pascal, torch=Torch(version="2.8.0+cu128", cuda_version="12.8"))
    assert is_cleared(RULE, nvidia=Nvidia(gpus=(NEW,)), torch=OLD_BUILD, host=Host(jetson="Jetson AGX Orin"))
    assert is_open(RULE, nvidia=Nvidia(), torch=OLD_BUILD)
    assert is_open(RULE, nvidia=Nvidia(gpus=(Gpu("Device 2b85"),)), torch=OLD_BUILD)
    assert is_open(RULE, nvidia=Nvidia(gpus=(NEW,)), torch=Torch(version="2.6.0a0+git1c57644", cuda_version="12.4"))


def test_texts():
    assert points_to(
        RULE, "NVIDIA H100 with CUDA capability sm_90 is not compatible with the current PyTorch installation."
    )
    assert points_to(RULE, "RuntimeError: CUDA error: no kernel image is available for execution on the device")
    assert points_to(RULE, "Found GPU0 NVIDIA GeForce RTX 5090 which is of compute capability (CC) 12.0.")
    assert not points_to(RULE, "RuntimeError: HIP error: invalid device function")


def test_a_gpu_that_every_build_of_the_release_has_code_for_is_not_newer():
    """The text does not tell which build it is: what they all have, this one has."""
    pascal, blackwell = (Nvidia(gpus=(Gpu("a GPU", compute_capability=c),)) for c in ("6.1", "12.0"))
    unknown = Torch(version="2.0.1")
    assert is_cleared(RULE, nvidia=pascal, torch=unknown)
    assert is_open(RULE, nvidia=blackwell, torch=unknown)
    assert is_cleared(RULE, nvidia=pascal, torch=Torch(version="2.0.1", build="cpu", cuda_version=""))


def test_of_an_unknown_version_its_cuda_tells_what_it_cannot_have_code_for():
    found = finding(RULE, nvidia=Nvidia(gpus=(NEW,)), torch=Torch(cuda_version="12.6"))
    assert found and found.severity is Severity.WARNING
    assert "12.0" in found.message and "CUDA 12.6" in found.message
    assert is_open(RULE, nvidia=Nvidia(gpus=(NEW,)), torch=Torch(cuda_version="12.8"))
    assert is_cleared(RULE, nvidia=Nvidia(gpus=(Gpu("Tesla P100-PCIE-16GB"),)), torch=Torch(cuda_version="13.0"))


def test_a_name_that_two_chips_bear_is_old_when_both_are():
    assert is_cleared(RULE, nvidia=Nvidia(gpus=(Gpu("GeForce GT 740M"),)), torch=Torch(version="1.3.1+cu92"))
    assert is_open(RULE, nvidia=Nvidia(gpus=(Gpu("NVIDIA Unheard Of"),)), torch=Torch(version="1.3.1+cu92"))
