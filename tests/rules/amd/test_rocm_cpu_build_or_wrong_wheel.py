"""rocm-cpu-build-or-wrong-wheel."""

import pytest

from doctor.diagnose import diagnose
from doctor.facts import Amd, AmdGpu, ErrorText, Gpu, Host, Nvidia, Python, Runtime, Torch
from doctor.model import Risk, Severity, absent
from tests.rules.hosts import UBUNTU, WINDOWS
from tests.rules.judging import commands, facts_of, finding, is_cleared, is_open, points_to

RULE = "rocm-cpu-build-or-wrong-wheel"
LINUX = {"host": Host(os="linux", architecture="x86_64"), "python": Python(version="3.12.3")}
CUDA = Torch(version="2.7.1+cu126", build="cu126", cuda_version="12.6", hip_version="")
ROCM = Torch(version="2.7.1+rocm6.3", build="rocm6.3", hip_version="6.3")
CARD = Amd(gpus=(AmdGpu("AMD Radeon RX 7900 XTX", gfx="gfx1100"),), rocm_version="6.3.1")


def test_fires_where_rocm_is_installed_and_installs_its_build():
    found = finding(RULE, torch=CUDA, amd=CARD, **LINUX)
    assert found is not None
    assert found.severity is Severity.ERROR
    (install,) = commands(found)
    assert install[:4] == ("python", "-m", "pip", "install")
    assert any("+rocm" in word for word in install)


def test_quiet_where_zluda_lets_the_cuda_build_see_the_card():
    facts = {"torch": CUDA, "amd": Amd(gpus=CARD.gpus)}
    assert is_cleared(RULE, **facts, runtime=Runtime(imported=True, cuda_available=True))
    assert finding(RULE, **facts, runtime=Runtime(imported=True, cuda_available=False)) is not None


def test_without_rocm_it_is_a_warning():
    assert finding(RULE, torch=CUDA, amd=Amd(gpus=CARD.gpus)).severity is Severity.WARNING


def test_a_card_that_runs_as_its_nearest_target_is_told_how():
    found = finding(RULE, torch=CUDA, amd=Amd(gpus=(AmdGpu("Radeon RX 6700 XT", gfx="gfx1031"),)), **LINUX)
    install, run = commands(found)
    assert any("+rocm" in word for word in install)
    assert run[:2] == ("env", "HSA_OVERRIDE_GFX_VERSION=10.3.0")
    assert not found.remedies[1].alternative


def test_windows_has_no_such_build_so_it_is_worth_knowing_only():
    windows = Host(os="windows", architecture="x86_64")
    found = finding(RULE, torch=CUDA, amd=CARD, host=windows, python=LINUX["python"])
    assert found.severity is Severity.INFO
    assert "AMD's own index" in found.remedies[0].title and found.remedies[0].risk is Risk.MANUAL
    (words,) = commands(found)
    assert any(word.startswith("torch[device-gfx") for word in words) and "--extra-index-url" in words


def test_macos_has_none_at_all():
    mac = Host(os="macos", architecture="x86_64")
    found = finding(RULE, torch=CUDA, amd=CARD, host=mac, python=LINUX["python"])
    assert found.severity is Severity.INFO and commands(found) == []


def test_a_rocm_build_beside_an_nvidia_gpu():
    found = finding(RULE, torch=ROCM, nvidia=Nvidia(gpus=(Gpu("NVIDIA A10"),)))
    assert found is not None
    assert "NVIDIA A10" in found.message


@pytest.mark.parametrize(
    ("name", "gfx"),
    [("AMD Radeon Graphics", "gfx1036"), ("Renoir", "gfx90c"), ("780M", "gfx1103"), ("Radeon HD 7970", "gfx600")],
)
def test_cleared_by_graphics_of_a_processor_and_old_cards(name, gfx):
    assert is_cleared(RULE, torch=CUDA, amd=Amd(gpus=(AmdGpu(name, gfx=gfx),), rocm_version="6.3"))


def test_cleared_by_its_build_by_an_nvidia_gpu_and_where_amd_has_none():
    assert is_cleared(RULE, torch=ROCM, amd=CARD)
    assert is_cleared(RULE, torch=CUDA, amd=CARD, nvidia=Nvidia(gpus=(Gpu("NVIDIA A10"),)))
    assert is_cleared(RULE, torch=CUDA, amd=absent("no AMD GPU", "test"))


def test_open_where_the_build_the_gpus_or_their_target_are_not_known():
    assert is_open(RULE, torch=Torch(version="2.7.1"), amd=CARD)
    assert is_open(RULE, torch=CUDA)
    assert is_open(RULE, torch=CUDA, amd=Amd(gpus=(AmdGpu("AMD GPU 1002:744c"),)))


def test_a_program_that_asks_for_cuda_points_here_on_an_amd_machine():
    text = ErrorText("AssertionError: Torch not compiled with CUDA enabled")
    cpu = Torch(version="2.7.1+cpu", build="cpu", cuda_version="", hip_version="")
    nothing = {name: absent("none", "test") for name in ("nvidia", "intel")}
    report = diagnose(facts_of(torch=cpu, amd=CARD, error=text, **LINUX, **nothing))
    assert [f.rule for f in report.findings if f.primary] == [RULE]
    assert "cpu-only-build-on-gpu-machine" not in {f.rule for f in report.findings}


def test_texts():
    assert points_to(RULE, "OSError: libamdhip64.so.6: cannot open shared object file: No such file or directory")
    assert not points_to(RULE, "OSError: libcudart.so.12: cannot open shared object file: No such file or directory")


@pytest.mark.parametrize("host", [UBUNTU, WINDOWS])
def test_a_program_that_complains_wants_the_gpu(host):
    card = Amd((AmdGpu("Radeon RX 7900 XTX", "gfx1100"),))
    cuda = Torch(version="2.4.1+cu121", cuda_version="12.1", hip_version="")
    told = ErrorText("RuntimeError: CUDA error: CUDA driver version is insufficient for CUDA runtime version")
    quiet = finding(RULE, torch=cuda, amd=card, host=host)
    loud = finding(RULE, torch=cuda, amd=card, host=host, error=told)
    assert quiet is not None and quiet.severity is not Severity.ERROR
    assert loud is not None and loud.severity is Severity.ERROR


def test_what_hip_says_beside_a_card_of_nvidia_shows_the_other_kind_of_build():
    told = ErrorText("UserWarning: HIP initialization: Unexpected error from hipGetDeviceCount(). Error 101")
    card = Nvidia(gpus=(Gpu("NVIDIA GeForce RTX 3060"),))
    found = finding(RULE, nvidia=card, error=told)
    assert found is not None and found.severity is Severity.ERROR and "ROCm build" in found.message
    assert finding(RULE, nvidia=card, amd=CARD, error=told) is None
    assert finding(RULE, nvidia=card, error=ErrorText("RuntimeError: CUDA unknown error")) is None
    report = diagnose(facts_of(nvidia=card, error=told))
    assert [one.rule for one in report.primary] == [RULE]


def test_a_series_of_cards_as_a_form_offers_it():
    told = ErrorText("RuntimeError: Torch is not able to use GPU; add a flag")
    assert finding(RULE, amd=Amd(gpus=(AmdGpu("AMD GPUs (RX 6000 above)"),)), error=told)
    assert is_open(RULE, amd=Amd(gpus=(AmdGpu("AMD GPUs"),)), error=told)
