"""What is shared about GPUs and the code of builds."""

import pytest

from doctor.facts import DeviceCheck, Gpu, Host, Nvidia, Python, Runtime, Torch
from doctor.model import Severity
from doctor.rules.gpu import _support


def code(torch: Torch, runtime=None, host=None, python=None):
    return _support.code_of(torch, runtime, host, python)


def test_what_torch_lists_is_taken_before_the_catalog():
    listed = Runtime(arch_list=("sm_80", "sm_90a", "sm_120", "compute_120"))
    found = code(Torch(version="2.7.1+cu126", cuda_version="12.6"), listed)
    assert (found.sm, found.ptx) == (("8.0", "9.0", "12.0"), ("12.0",))
    assert found.source == "runtime.arch_list"


def test_the_catalog_answers_for_published_builds():
    found = code(Torch(version="2.5.1", cuda_version="12.1"))
    assert found.runs("8.9")
    assert not found.runs("12.0")


@pytest.mark.parametrize("version", ["2.0.0a0+ec3941ad.nv23.02", "2.9.0a0+git1c57644", "2.7.1+custom", ""])
def test_nothing_is_assumed_of_builds_of_ones_own(version):
    assert code(Torch(version=version, cuda_version="12.1")) is None


def test_a_nightly_is_judged_by_the_nearest_release_with_that_build():
    assert not code(Torch(version="2.7.0.dev20250310+cu124", cuda_version="12.4")).runs("12.0")
    assert code(Torch(version="2.8.0.dev20250408+cu128", cuda_version="12.8")).runs("10.0")


def test_a_shortened_version_is_the_newest_patch():
    assert _support.released("1.3") == "1.3.1"
    assert _support.released("2.7.0.dev20250310+cu124") == "2.7.0"


@pytest.mark.parametrize(
    ("os", "machine", "platform"),
    [
        ("windows", "AMD64", "windows-x86_64"),
        ("linux", "aarch64", "linux-aarch64"),
        ("macos", "arm64", "macos-arm64"),
        (None, None, "linux-x86_64"),
    ],
)
def test_platforms(os, machine, platform):
    assert _support.platform_of(Host(os=os), Python(machine=machine)) == platform


def judged(*gpus, torch=None, runtime=None, host=None):
    torch = torch or Torch(version="2.7.1+cu126", cuda_version="12.6")
    return _support.judge(Nvidia(gpus=gpus), torch, runtime, host, None)


ADA, PASCAL, KEPLER = Gpu("RTX 4090"), Gpu("GeForce GTX 1080"), Gpu("Tesla K80", compute_capability="3.7")
BLACKWELL, ODD = Gpu("RTX 5090", compute_capability="12.0"), Gpu("Device 66a1")


def test_each_gpu_is_judged_by_itself():
    found = judged(ADA, PASCAL, KEPLER, BLACKWELL, ODD)
    assert (found.runs, found.dropped, found.newer, found.unknown) == ((ADA, PASCAL), (KEPLER,), (BLACKWELL,), (ODD,))


def test_severity_depends_on_what_else_works():
    assert judged(KEPLER).severity is Severity.ERROR
    assert judged(KEPLER, ADA).severity is Severity.WARNING
    assert judged(KEPLER, ODD).severity is Severity.WARNING


def test_a_gpu_that_was_seen_to_compute_runs():
    seen = Runtime(devices=(DeviceCheck("cuda:0", "RTX 5090", ok=True),))
    assert judged(BLACKWELL, runtime=seen).runs == (BLACKWELL,)


def test_jetsons_are_another_rules_matter():
    assert judged(Gpu("Orin (nvgpu)"), host=Host(jetson="NVIDIA Jetson AGX Orin")) is None
    assert judged(Gpu("Orin (nvgpu)")).unknown != ()


def test_conda_forge_has_lists_of_its_own():
    forge = code(Torch(version="2.7.1", cuda_version="12.6", installer="conda"))
    assert forge is None or forge.source.startswith("conda-forge")
    assert code(Torch(version="2.5.1", cuda_version="12.1", installer="conda")).source == "torch 2.5.1+cu121"


def test_a_capability_that_is_none_is_taken_from_the_name():
    assert _support.capability(Gpu("RTX 4090", compute_capability="N/A")) == "8.9"
    assert _support.capability(Gpu("Device 66a1", compute_capability="N/A")) is None
