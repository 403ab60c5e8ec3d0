"""gpu-arch-dropped-by-build."""

from doctor import explain
from doctor.diagnose import diagnose
from doctor.facts import ErrorText, Gpu, Nvidia, Torch
from doctor.model import Severity
from tests.rules.hosts import PYTHON, UBUNTU, WINDOWS
from tests.rules.judging import commands, facts_of, finding, is_cleared, is_open, points_to

RULE = "gpu-arch-dropped-by-build"
CU130 = Torch(version="2.11.0+cu130", cuda_version="13.0")


def test_fires_and_installs_the_build_that_still_has_it():
    for name in ("Tesla V100-SXM2-16GB", "NVIDIA GeForce GTX 1080", "Tesla P100-PCIE-16GB"):
        gpu = Nvidia(gpus=(Gpu(name),), driver_version="580.95.05")
        found = finding(RULE, nvidia=gpu, torch=CU130, host=UBUNTU, python=PYTHON)
        assert found is not None
        assert found.severity is Severity.ERROR
        (command,) = commands(found)
        assert command[:4] == ("/env/bin/python", "-m", "pip", "install")
        assert command[4].startswith("torch==") and command[4].endswith("+cu126")


def test_an_old_display_card_beside_a_gpu_that_works_is_a_warning():
    gpus = (Gpu("NVIDIA GeForce GT 710"), Gpu("NVIDIA GeForce RTX 4090", index=1))
    found = finding(RULE, nvidia=Nvidia(gpus=gpus), torch=CU130, host=UBUNTU)
    assert found is not None
    assert found.severity is Severity.WARNING
    shown = ("env", "CUDA_DEVICE_ORDER=PCI_BUS_ID", "CUDA_VISIBLE_DEVICES=1", "python", "PROGRAM.py")
    assert commands(found) == [shown]
    found = finding(RULE, nvidia=Nvidia(gpus=gpus), torch=CU130, host=WINDOWS)
    assert commands(found) == [("python", "PROGRAM.py")]
    assert found is not None
    assert "set CUDA_VISIBLE_DEVICES=1" in found.remedies[0].title


def test_quiet_on_builds_that_have_it():
    pascal = Nvidia(gpus=(Gpu("NVIDIA GeForce GTX 1080 Ti"),))
    assert finding(RULE, nvidia=pascal, torch=Torch(version="2.7.1+cu126", cuda_version="12.6")) is None
    assert finding(RULE, nvidia=Nvidia(gpus=(Gpu("Tesla T4"),)), torch=CU130) is None


def test_what_clears_it_and_what_leaves_it_open():
    pascal = Nvidia(gpus=(Gpu("NVIDIA GeForce GTX 1080 Ti"),))
    assert is_cleared(RULE, nvidia=pascal, torch=Torch(version="2.7.1+cu126", cuda_version="12.6"))
    assert is_cleared(RULE, nvidia=Nvidia(gpus=()), torch=CU130)
    assert is_open(RULE, nvidia=Nvidia(), torch=CU130)
    assert is_open(RULE, nvidia=pascal, torch=Torch(version="2.9.0a0+git1c57644", cuda_version="12.8"))
    assert is_open(RULE, nvidia=Nvidia(gpus=(Gpu("Device 1b06"),)), torch=CU130)


def test_the_facts_decide_which_of_the_causes_of_a_missing_kernel_it_is():
    pascal = facts_of(
        nvidia=Nvidia(gpus=(Gpu("NVIDIA GeForce GTX 1070"),), driver_version="580.95.05"),
        torch=Torch(version="2.8.0+cu128", build="cu128", cuda_version="12.8"),
        error=ErrorText("RuntimeError: CUDA error: no kernel image is available for execution on the device"),
    )
    report = diagnose(pascal)
    assert [f.rule for f in report.primary] == [RULE]
    assert report.primary[0].evidence[-1].fact == "error.text"
    assert [w.rule for w in report.withdrawn] == ["gpu-arch-newer-than-build"]


def test_texts():
    line = "Found GPU0 NVIDIA GTX TITAN Black which is of cuda capability 3.5."
    assert points_to(RULE, line)
    assert explain.causes(f"{line}\n PyTorch no longer supports this GPU because it is too old.")[0].rule == RULE
    assert points_to(
        RULE, "Tesla P100 with CUDA capability sm_60 is not compatible with the current PyTorch installation."
    )
    assert not points_to(RULE, "with CUDA capability sm_120 is not compatible with the current PyTorch installation.")
    assert points_to(RULE, "the torch build for cu128 has no sm_60 kernels, so every operation fails")
    assert points_to(RULE, "A build for cu128 no longer emits Pascal (sm_60) images: cudaErrorNoKernelImageForDevice")


def test_the_error_is_enough_where_no_build_is_too_old_for_the_gpu():
    error = ErrorText('it fails with "no kernel image is available..."')
    kepler, ampere = Nvidia(gpus=(Gpu("GeForce GTX 780 Ti"),)), Nvidia(gpus=(Gpu("NVIDIA A40"),))
    found = finding(RULE, nvidia=kepler, error=error)
    assert found is not None and found.severity is Severity.WARNING
    assert "GTX 780 Ti (compute capability 3.5)" in found.message
    assert is_open(RULE, nvidia=kepler)
    assert is_open(RULE, nvidia=ampere, error=error)
    either = Nvidia(gpus=(Gpu("NVIDIA GeForce GTX 750 Ti"),))  # a name that two generations share, both old
    found = finding(RULE, nvidia=either, error=error)
    assert found is not None and "compute capability 5.0 or 3.0" in found.message
    assert is_cleared("gpu-arch-newer-than-build", nvidia=either, error=error)


def test_likely_of_a_name_that_two_chips_bear_of_which_one_has_no_code():
    kepler, torch = (
        Nvidia(gpus=(Gpu("GeForce GT 740M"),)),
        Torch(version="1.3.1+cu92", build="cu92", cuda_version="9.2"),
    )
    told = ErrorText("RuntimeError: CUDA error: no kernel image is available for execution on the device")
    found = finding(RULE, nvidia=kepler, torch=torch, error=told, host=UBUNTU)
    assert found and found.severity is Severity.WARNING
    assert finding(RULE, nvidia=kepler, torch=torch, host=UBUNTU) is None
