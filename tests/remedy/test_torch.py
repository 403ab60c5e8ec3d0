"""The torch that fits, the same again, its companions; and the look-up where the machine is not known."""

from __future__ import annotations

from typing import Any

import pytest

from doctor.facts import Facts, Folder, Host, Nvidia, Package, Packages, Python, Sources, Storage, Torch
from doctor.model import Argv, Remedy, ok
from doctor.remedy import prescribe
from doctor.remedy.actions import Action, FittingCompanion, FittingTorch, OneTorch, SameTorch, Uninstall

LINUX = Host(os="linux", architecture="x86_64", libc="glibc", libc_version="2.36")
TORCH = Torch(version="2.6.0+cu124", build="cu124", cuda_version="12.4")
PACKAGES = Packages((Package("torch", "2.6.0+cu124"), Package("torchvision", "0.20.0")))
PYTHON = Python(executable="/env/bin/python", version="3.12.4", prefix="/env", pip_version="25.3")
LOCKED = Storage((Folder("environment", "/env", writable=False),))
OWN = (("torch-doctor", "setup", "--env", ".venv"),)


def remedies(action: Action, **facts: Any) -> tuple[Remedy, ...]:
    known = {"host": LINUX, "python": PYTHON, "torch": TORCH, "packages": PACKAGES, **facts}
    return prescribe((action,), Facts(**{name: ok(value) for name, value in known.items()}))


def words(action: Action, **facts: Any) -> Argv:
    return remedies(action, **facts)[0].commands[0]


@pytest.mark.parametrize(
    "action", [FittingTorch(), SameTorch(), FittingCompanion(name="torchvision"), OneTorch()], ids=repr
)
def test_nothing_into_an_environment_that_takes_nothing(action: Action) -> None:
    assert [r.commands for r in remedies(action, storage=LOCKED)] == [OWN]
    managed = Python(executable="/usr/bin/python3", version="3.12.3", externally_managed=True)
    assert [r.commands for r in remedies(action, python=managed)] == [OWN]


def test_nothing_out_of_it_either() -> None:
    assert remedies(Uninstall(names=("torch",)), storage=LOCKED) == ()
    assert len(remedies(Uninstall(names=("torch",)))) == 1


def test_the_size_is_that_of_the_build_a_file_without_a_tag_is() -> None:
    """PyPI's is the one for the CPU on Windows, and for CUDA on Linux."""
    packages = Packages((Package("torch", "2.15.0"),))
    here, there = (
        remedies(SameTorch(), host=host, packages=packages)[0].download_bytes or 0
        for host in (LINUX, Host(os="windows", architecture="x86_64"))
    )
    assert there < 200_000_000 < here


def test_the_companion_alone_is_replaced() -> None:
    (remedy,) = remedies(FittingCompanion(name="torchvision"))
    assert remedy.commands[0][-3:] == (
        *("torchvision==0.21.0+cu124", "--index-url", "https://download.pytorch.org/whl/cu124"),
    )
    assert remedy.removes == ("torchvision 0.20.0",)
    assert (
        remedies(FittingCompanion(name="torchvision"), torch=Torch(version="2.8.0a0+git1"), packages=Packages()) == ()
    )


@pytest.mark.parametrize("action", [FittingTorch(), SameTorch(), FittingCompanion(name="torchvision")], ids=repr)
def test_builds_come_from_the_index_that_was_chosen_here(action: Action) -> None:
    chosen = Sources(pytorch="https://mirror.example.com/whl")
    found = words(action, sources=chosen, nvidia=Nvidia(driver_version="", gpus=()))
    assert found[found.index("--index-url") + 1].startswith("https://mirror.example.com/whl/c")


def test_a_machine_without_a_gpu_gets_a_build_for_the_cpu() -> None:
    assert "torch==2.15.0+cpu" in words(FittingTorch(), nvidia=Nvidia(driver_version="", gpus=()))


def test_a_mac_of_unknown_processor_gets_no_torch_of_intel_macs() -> None:
    other = {"python": Python(version="3.12"), "torch": Torch(), "packages": Packages()}
    (remedy,) = remedies(FittingTorch(), host=Host(os="macos"), **other)
    assert remedy.commands[0][:2] == ("torch-doctor", "match")
    (remedy,) = remedies(FittingTorch(), host=Host(os="macos", architecture="arm64"), **other)
    assert "torch==2.2.2" not in remedy.commands[0]


def test_a_build_that_was_asked_for_by_name() -> None:
    assert "torch==2.6.0+cu118" in words(FittingTorch(torch="==2.6.0", build="cu118"))
    assert remedies(FittingTorch(torch="==2.15.0", build="cu118"))[0].commands == ()


def test_the_look_up_says_what_is_known_and_what_is_wanted() -> None:
    old = Host(os="linux", architecture="x86_64", libc="glibc", libc_version="2.17")
    unknown = {"host": old, "python": Python(version="3.11.2")}
    assert words(FittingTorch(torch=">=2.4"), **unknown) == (
        *("torch-doctor", "match", "--os", "linux", "--arch", "x86_64", "--python", "3.11", "--glibc", "2.17"),
        *("--torch", ">=2.4"),
    )
    nothing = prescribe((FittingTorch(build="cu118"), FittingTorch(accelerator="cuda")), Facts())
    assert [r.commands[0][2:] for r in nothing] == [
        ("--index-url", "https://download.pytorch.org/whl/cu118"),
        ("--accelerator", "cuda"),
    ]
