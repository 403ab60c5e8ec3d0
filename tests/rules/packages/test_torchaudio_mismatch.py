"""torchaudio-mismatch."""

import pytest

from doctor.facts import Host, Module, Package, Packages, Runtime, Torch
from doctor.rules.packages._pair import torchaudio_fits
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "torchaudio-mismatch"
LINUX = Host(os="linux", architecture="x86_64")


def judged(torch: str, audio: str, **more):
    return finding(RULE, torch=Torch(version=torch), packages=Packages((Package("torchaudio", audio),)), **more)


@pytest.mark.parametrize(
    ("torch", "audio"),
    [
        ("2.6.0", "2.5.1"),
        ("1.8.0", "0.7.0"),
        ("2.6.0+cu124", "2.6.0+cpu"),
        ("2.11.0", "2.11.1"),
        ("2.12.1+cu130", "2.11.1"),
    ],
)
def test_fires_on_another_release_or_build(torch, audio):
    found = judged(torch, audio)
    assert found is not None
    assert any("torchaudio" in part for command in commands(found) for part in command)


@pytest.mark.parametrize(
    ("torch", "audio"),
    [
        ("2.6.0", "2.6.0"),
        ("1.13.1", "0.13.1"),
        ("2.15.0", "2.11.0"),
        ("2.15.0", "2.11.1"),
        ("2.13.0+cu130", "2.11.1"),
        ("2.7.0a0+gitabc", "2.1.0"),
        ("2.6.0+cu124", "2.6.0"),
    ],
)
def test_quiet_on_fitting_ones(torch, audio):
    assert judged(torch, audio) is None


def test_quiet_when_it_works_or_is_not_there():
    assert judged("2.6.0", "2.5.1", runtime=Runtime(modules=(Module("torchaudio"),))) is None
    assert finding(RULE, torch=Torch(version="2.6.0"), packages=Packages()) is None


def test_texts():
    assert points_to(
        RULE, "OSError: /env/lib/python3.8/site-packages/torchaudio/_torchaudio.so: undefined symbol: _ZN5torch"
    )
    assert points_to(RULE, "OSError: Could not load this library: /env/torchaudio/lib/libtorchaudio.so")
    assert not points_to(RULE, "OSError: /env/torchtext/_torchtext.so: undefined symbol: _ZN5torch")


def test_one_that_works_or_is_not_there_clears_it_and_a_table_alone_does_not():
    pair = {"torch": Torch(version="2.6.0"), "packages": Packages((Package("torchaudio", "2.6.0"),))}
    assert is_cleared(RULE, **pair, runtime=Runtime(modules=(Module("torchaudio"),)))
    assert is_cleared(RULE, torch=Torch(version="2.6.0"), packages=Packages())
    assert is_open(RULE, **pair)


def test_the_one_wheel_is_installed_and_torch_stays():
    wheel = ("--force-reinstall", "--no-deps", "torchaudio===2.6.0")
    assert commands(judged("2.6.0", "2.5.1"))[0] == ("python", "-m", "pip", "install", *wheel)


def by_pip(torch: str, audio: str):
    packages = Packages((Package("torchaudio", audio, installer="pip"),))
    return finding(RULE, torch=Torch(version=torch), packages=packages, host=LINUX)


@pytest.mark.parametrize(
    ("torch", "audio", "built", "wanted"),
    [
        ("2.15.0+cu132", "2.11.0", "CUDA 13.0", "CUDA 13.2"),  # PyPI's 2.11.0: the minor version counts
        ("2.14.1+cu126", "2.11.1", "CUDA 13.2", "CUDA 12.6"),  # PyPI's 2.11.1: the major one does
        ("2.8.0+cu126", "2.8.0+cu128", "CUDA 12.8", "CUDA 12.6"),
    ],
)
def test_its_import_compares_the_cuda_of_both(torch, audio, built, wanted):
    found = by_pip(torch, audio)
    assert found is not None and built in found.message and wanted in found.message


@pytest.mark.parametrize(
    ("torch", "audio"), [("2.15.0+cu132", "2.11.1"), ("2.13.0+cu130", "2.11.1"), ("2.12.1+cu130", "2.11.0")]
)
def test_the_same_cuda_is_no_mismatch(torch, audio):
    assert by_pip(torch, audio) is None


def test_a_torchaudio_made_for_a_later_torch_whoever_built_them():
    torch, audio = "2.7.1+rocm7.0.0rc2", "2.8.0a0+rocm7.0.0rc1"
    assert torchaudio_fits(torch, audio) is False
    assert torchaudio_fits("2.9.0.dev20250724+cu128", "2.8.0.dev20250724+cu128") is None
    assert torchaudio_fits("2.6.0a0+ecf3bae40a.nv25.01", "2.6.0a0+af0f2c5") is None


def test_what_intel_built_belongs_to_intel_s_torch_of_that_release():
    def found(torch: str):
        packages = Packages((Package("torchaudio", "2.1.0a0+cxx11.abi"),))
        return finding(RULE, torch=Torch(version=torch), packages=packages)

    assert found("2.6.0+xpu") is not None
    assert found("2.1.0.post2+cxx11.abi") is None
    assert found("2.1.0a0+cxx11.abi") is None


def test_that_it_does_not_load_as_people_tell_it():
    assert points_to(RULE, "Since the update I am unable to import torchaudio")
    assert not points_to(RULE, "cannot import torchaudio: ModuleNotFoundError: No module named 'torchaudio'")
