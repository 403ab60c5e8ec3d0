"""AMD's own index, where PyTorch's has nothing for AMD GPUs: Windows."""

from __future__ import annotations

import pytest

from doctor import catalog
from doctor.match import Device, Machine, Match, Wish, match
from doctor.match.install_commands import install_commands

RDNA4, RDNA3, OLD = (
    Device("rocm", "RX 9070 XT", "gfx1201"),
    Device("rocm", "RX 7900 XTX", "gfx1100"),
    Device("rocm", "RX 580", "gfx803"),
)


def windows(*devices: Device, python: str = "3.12", **more: str) -> Machine:
    return Machine(os="windows", arch="x86_64", python=python, devices=devices, **more)


def asked(machine: Machine, **wish: str) -> Match:
    return match(machine, Wish(**wish))


def test_the_build_that_was_seen_to_work_and_its_command() -> None:
    machine = windows(RDNA4)
    found = asked(machine, accelerator="rocm")
    assert found.choice is None and found.amd
    assert (found.amd.torch, found.amd.build, found.amd.inferred) == ("2.13.0", "rocm10.0.0", False)
    assert "AMD's own has torch 2.13.0+rocm10.0.0" in found.message
    made = install_commands(found, machine)
    pins = ("torch[device-gfx1201]==2.13.0+rocm10.0.0", "torchvision==0.28.0+rocm10.0.0")
    assert made["amd-pip"][:5] == ("python", "-m", "pip", "install", pins[0]) and pins[1] in made["amd-pip"]
    assert made["amd-pip"][-2:] == ("--extra-index-url", catalog.amd_index().index_url)
    assert "pip" not in made


def test_where_nobody_tried_it_that_is_said() -> None:
    found = asked(windows(RDNA3))
    assert found.choice and found.choice.build == "cpu"
    assert found.amd and found.amd.inferred and found.amd.torch == "2.14.0"
    assert any("Nobody is known to have tried" in note and found.amd.as_of in note for note in found.notes)
    assert "AMD's own index has torch 2.14.0" in found.left_out[0].reason


@pytest.mark.parametrize(
    ("machine", "wish"),
    [
        (windows(OLD), {}),
        (windows(RDNA4, python="3.9"), {}),
        (windows(RDNA4, implementation="PyPy"), {}),
        (windows(RDNA4), {"accelerator": "cpu"}),
        (windows(RDNA4), {"torch": "==2.9.1"}),
        (windows(RDNA4), {"index_url": "https://mirror.example.com/simple"}),
        (windows(Device("cuda", "RTX 4090", "8.9"), RDNA4, driver="581.15"), {}),
        (Machine(os="linux", arch="x86_64", python="3.12", devices=(RDNA4,)), {}),
        (windows(), {}),
    ],
)
def test_it_is_offered_nowhere_else(machine: Machine, wish: dict[str, str]) -> None:
    assert asked(machine, **wish).amd is None


def test_without_a_gpu_one_is_asked_for() -> None:
    found = asked(windows(), accelerator="rocm")
    assert found.choice is None and found.amd is None
    assert any("--amd-gfx" in note for note in found.notes)


def test_each_row_names_targets_that_exist_and_what_was_tried_is_among_them() -> None:
    for row in catalog.amd_index().builds:
        assert set(row.tried) <= set(row.gfx) and all(gfx.startswith("gfx") for gfx in row.gfx)
        assert row.inferred or row.tried
