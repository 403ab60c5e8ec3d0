"""cpu-only-build-on-gpu-machine."""

import pytest

from doctor.facts import Amd, AmdGpu, Conda, CondaPackage, ErrorText, Gpu, Host, Intel, Nvidia, Python, Toolkits, Torch
from doctor.model import Severity
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "cpu-only-build-on-gpu-machine"
CPU = Torch(version="2.7.1+cpu", build="cpu", cuda_version="")
CARD = Nvidia(driver_version="560.35.05", gpus=(Gpu("NVIDIA GeForce RTX 3060"),))


def test_fires_and_installs_a_cuda_build_for_the_inspected_interpreter():
    python = Python(executable="/env/bin/python", version="3.12.9", machine="x86_64")
    found = finding(RULE, torch=CPU, nvidia=CARD, python=python, host=Host(os="linux"))
    assert found is not None
    assert found.severity is Severity.ERROR
    install = commands(found)[-1]
    assert install[:4] == ("/env/bin/python", "-m", "pip", "install")
    assert any(part.startswith("torch==") for part in install)


def test_a_driver_alone_is_enough():
    assert finding(RULE, torch=CPU, nvidia=Nvidia(driver_version="560.35.05")) is not None


def test_quiet_on_gpu_builds_and_builds_that_are_not_known():
    for torch in (
        Torch(version="2.7.1", cuda_version="12.6"),
        Torch(version="2.7.1+rocm6.3", build="rocm6.3", cuda_version="", hip_version="6.3"),
        Torch(version="2.7.1+xpu", build="xpu", cuda_version=""),
        Torch(version="2.7.1"),
    ):
        assert finding(RULE, torch=torch, nvidia=CARD) is None


def test_quiet_without_gpu_on_a_mac_and_on_a_jetson():
    assert finding(RULE, torch=CPU, nvidia=Nvidia(driver_version="", gpus=())) is None
    assert finding(RULE, torch=CPU, nvidia=Nvidia(driver_version="560.35.05", gpus=())) is None
    assert finding(RULE, torch=CPU, nvidia=CARD, host=Host(os="macos")) is None
    assert finding(RULE, torch=CPU, nvidia=CARD, host=Host(jetson="NVIDIA Jetson AGX Orin")) is None


def test_cleared_where_the_only_gpu_is_a_card_of_intel_s():
    card = Intel(gpus=("Intel(R) Arc(TM) B570 Graphics",))
    assert is_cleared(RULE, intel=card)
    assert finding(RULE, torch=CPU, nvidia=CARD, intel=card) is not None
    assert not is_cleared(RULE, intel=Intel(gpus=("Intel UHD Graphics 730",)))


def test_a_gpu_that_no_build_of_today_serves_is_worth_knowing_only():
    found = finding(RULE, torch=CPU, nvidia=Nvidia(driver_version="470.1", gpus=(Gpu("NVIDIA GeForce GT 710"),)))
    assert found is not None
    assert found.severity is Severity.INFO


def test_a_toolkit_tells_only_where_the_gpus_are_not_known():
    toolkit = Toolkits(nvcc_version="11.8.89")
    found = finding(RULE, torch=CPU, toolkits=toolkit)
    assert found is not None
    assert found.severity is Severity.WARNING
    assert finding(RULE, torch=CPU, toolkits=toolkit, nvidia=Nvidia(driver_version="", gpus=())) is None
    conda = Conda(packages=(CondaPackage("cudatoolkit", "11.8.0"),))
    assert finding(RULE, torch=CPU, conda=conda) is not None


def test_texts():
    assert points_to(RULE, "AssertionError: Torch not compiled with CUDA enabled")
    assert points_to(RULE, "Could not run 'aten::empty.memory_format' with arguments from the 'CUDA' backend.")
    assert not points_to(RULE, "Could not run 'aten::_sparse_mm' with arguments from the 'CUDA' backend.")
    assert not points_to(RULE, "Could not run 'torchvision::nms' with arguments from the 'CUDA' backend.")


def test_a_build_for_cuda_was_asked_for():
    conda = Conda(packages=(CondaPackage("pytorch-cuda", "11.8"), CondaPackage("pytorch-mutex", "1.0", "cpu")))
    launcher = ErrorText("WARNING  Package wrong version: torch 2.0.1 required 2.1.2+cu118")
    for facts in ({"conda": conda}, {"error": launcher}):
        found = finding(RULE, torch=CPU, **facts)
        assert found and found.severity is Severity.WARNING and "asks for" in found.message
    assert finding(RULE, torch=CPU, conda=Conda(packages=(CondaPackage("pytorch-mutex", "1.0", "cpu"),))) is None
    assert finding(RULE, torch=CPU, error=ErrorText("Package wrong version: torch 2.0.1 required 2.1.2")) is None


@pytest.mark.parametrize(
    "line",
    [
        "AssertionError: must have cuda enabled",
        "RuntimeError: CUDA must be available to run this",
        "ValueError: this trainer requires a GPU",
        "Exception: No CUDA device found, please use another machine.",
        "RuntimeError: pytorch cannot find the GPU",
    ],
)
def test_a_program_that_needs_cuda(line: str):
    error = ErrorText(f"    check()\n{line}")
    found = finding(RULE, torch=CPU, error=error, toolkits=Toolkits(nvcc_version="11.8"))
    assert found is not None and found.severity is Severity.ERROR
    assert is_open(RULE, torch=CPU, error=ErrorText("RuntimeError: no gpus file given: exit"))
    assert finding(RULE, torch=CPU, error=error, amd=Amd((AmdGpu("AMD Radeon RX 6800"),))) is None


def test_a_build_of_an_unknown_version():
    error = ErrorText("You requested GPUs: [0]\n            But your machine only has: []")
    found = finding(RULE, torch=Torch(build="cpu", cuda_version=""), error=error)
    assert found is not None and found.message.startswith("PyTorch here is built without CUDA")
