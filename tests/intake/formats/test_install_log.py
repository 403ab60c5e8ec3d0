from __future__ import annotations

import pytest

from doctor import intake
from doctor.intake import wheels
from doctor.intake.formats import install_log


@pytest.mark.parametrize(
    "text",
    [
        "Collecting torch==2.1.0\n  Downloading torch-2.1.0-cp310-cp310-manylinux1_x86_64.whl (670.2 MB)\n"
        "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
        "+ torch==2.5.1\n- torch==2.4.0",
        "Would install torch-2.1.0",
        "Successfully uninstalled torch-2.1.0",
    ],
)
def test_what_was_not_installed_is_not_there(text: str):
    assert install_log.read(text.splitlines()) == ({}, set())


def test_what_pip_says_of_conflicts_stays_to_be_judged():
    text = (
        "Installing collected packages: torch\n"
        "ERROR: pip's dependency resolver does not currently take into account all the packages that are installed.\n"
        "torchvision 0.15.2 requires torch==2.0.1, but you have torch 2.1.0 which is incompatible.\n"
        "Successfully installed torch-2.1.0\n"
    )
    error = intake.read(text).error.value
    assert error is not None
    assert "torchvision 0.15.2 requires torch==2.0.1" in error.text


def test_the_last_of_two_installations_stands():
    text = "Successfully installed torch-2.1.0\nSuccessfully installed torch-2.2.0+cu118 numpy-1.26.4\n"
    facts, used = install_log.read(text.splitlines())
    assert facts["packages"].version("torch") == "2.2.0+cu118"
    assert used == {0, 1}


def test_a_line_that_lost_its_break():
    text = "```Installing collected packages: numpy, torch Successfully installed numpy-1.26.4 torch-2.3.1+cu118```"
    facts, _ = install_log.read(text.splitlines())
    assert facts["packages"].version("torch") == "2.3.1+cu118"


def test_credentials_of_indexes_are_left_out():
    text = "Looking in indexes: https://ana:secret@index.example/simple\nSuccessfully installed torch-2.1.0"
    facts, _ = install_log.read(text.splitlines())
    assert "secret" not in facts["sources"].entries[0].url


@pytest.mark.parametrize(
    ("name", "python", "system", "machine"),
    [
        ("torch-2.1.0+cu118-cp310-cp310-linux_x86_64.whl", "3.10", "linux", "x86_64"),
        ("torch-1.9.0%2Bcu111-cp37-cp37m-win_amd64.whl", "3.7", "windows", "x86_64"),
        ("torch-2.4.0-cp311-none-macosx_11_0_arm64.whl", "", "macos", "arm64"),
        ("safetensors-0.5.2-cp38-abi3-manylinux_2_17_aarch64.manylinux2014_aarch64.whl", "", "linux", "aarch64"),
        ("filelock-3.13.1-py3-none-any.whl", "", None, None),
    ],
)
def test_the_name_of_a_wheel(name: str, python: str, system: str | None, machine: str | None):
    wheel = wheels.find(f"Downloading {name} (1 MB)")
    assert wheel is not None
    assert (wheel.python, wheel.host.os, wheel.host.architecture) == (python, system, machine)
