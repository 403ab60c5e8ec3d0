"""The argv for each tool, checked word by word, and the match specs by conda's own parser."""

from __future__ import annotations

import pytest
from packaging.requirements import Requirement
from rattler import MatchSpec

from doctor.match import Device, Machine, Match, Wish, match
from doctor.match.install_commands import install_commands
from doctor.match.machine import APPLE_GPU

V100 = Device("cuda", "V100", "7.0")
ADA = Device("cuda", "RTX 4090", "8.9")


def commands(machine: Machine, wish: Wish | None = None) -> dict[str, tuple[str, ...]]:
    return install_commands(match(machine, wish), machine)


def linux(device: Device | None, python: str = "3.12", interpreter: str = "", **more: str) -> Machine:
    devices = (device,) if device else ()
    return Machine(
        os="linux",
        arch="x86_64",
        python=python,
        interpreter=interpreter,
        devices=devices,
        **{"driver": "580.65.06" if device else None, **more},
    )


def test_a_build_of_the_pytorch_index() -> None:
    index = "https://download.pytorch.org/whl/cu126"
    pins = ("torch==2.14.1+cu126", "torchvision==0.29.1+cu126", "torchaudio==2.11.0+cu126")
    made = commands(linux(V100, interpreter="/env/bin/python"))
    assert made["pip"] == ("/env/bin/python", "-m", "pip", "install", *pins, "--index-url", index)
    assert made["uv"] == ("uv", "pip", "install", "--python", "/env/bin/python", *pins, "--index-url", index)


def test_pypis_own_build_needs_no_index_and_no_local_version() -> None:
    made = commands(linux(ADA))
    assert made["pip"][4:] == ("torch==2.15.0", "torchvision==0.29.2", "torchaudio==2.11.1")
    assert "--torch-backend" not in " ".join(made["uv"])


def test_a_copy_of_pypi_serves_pypis_build_without_a_local_version() -> None:
    url = "https://mirror.example.com/simple"
    assert commands(linux(ADA), Wish(index_url=url))["pip"][4:] == (
        *("torch==2.15.0", "torchvision==0.29.2", "torchaudio==2.11.1"),
        *("--index-url", url),
    )
    assert "torch==2.14.1+cu126" in commands(linux(V100), Wish(index_url=url))["pip"]


def test_torchaudio_is_left_out_where_the_index_has_none() -> None:
    words = commands(Machine(os="windows", arch="x86_64", python="3.12", driver="581.15", devices=(ADA,)))["pip"]
    assert words[:3] == ("python", "-m", "pip")  # `py -3.12` would leave the environment that is active
    assert not any(word.startswith("torchaudio") for word in words)


def test_an_old_release_takes_its_dependencies_from_pypi_and_numpy_1() -> None:
    words = commands(linux(ADA, python="3.9"), Wish(torch="==1.12.1", accelerator="cuda"))["pip"]
    assert "torch==1.12.1+cu116" in words and "--extra-index-url" in words and "numpy<2" in words


@pytest.mark.parametrize(
    ("machine", "pip"),
    [
        (linux(None), "python3.12"),
        (Machine(os="linux", arch="x86_64"), "python3"),
        (Machine(os="linux", arch="x86_64", python="3.14", free_threaded=True), "python3.14t"),
    ],
)
def test_the_interpreter_of_a_described_machine(machine: Machine, pip: str) -> None:
    assert commands(machine)["pip"][0] == pip


def test_conda_and_pixi() -> None:
    made = commands(linux(V100))
    assert made["conda"][:5] == ("conda", "install", "--override-channels", "--channel", "conda-forge")
    assert made["pixi"][:2] == ("pixi", "add")
    assert made["conda"][5:] == made["pixi"][2:] == ("pytorch-gpu=2.13.0", "cuda-version=12.9", "torchvision")
    mac = Machine(os="macos", arch="aarch64", python="3.12", macos="15.0", devices=(APPLE_GPU,))
    assert commands(mac)["pixi"][2:] == ("pytorch=2.13.0", "torchvision")
    assert commands(linux(None))["conda"][5:] == ("pytorch-cpu=2.13.0", "torchvision")


def test_conda_forge_has_no_rocm() -> None:
    machine = linux(None)
    rocm = Machine(os="linux", arch="x86_64", python="3.12", devices=(Device("rocm", "RX 7900 XTX", "gfx1100"),))
    assert "conda" in commands(machine)
    assert set(commands(rocm)) == {"pip", "uv"}


def test_nothing_fits_nothing_to_install() -> None:
    assert install_commands(Match(choice=None, accelerator="cuda"), linux(None)) == {}


@pytest.mark.parametrize("device", [V100, ADA, None])
@pytest.mark.parametrize("python", ["3.9", "3.11", "3.14"])
def test_every_word_is_one_its_tool_can_read(device: Device | None, python: str) -> None:
    made = commands(linux(device, python))
    for word in made["pip"][4:]:
        if word.startswith("--"):
            break
        Requirement(word)
    for word in made.get("conda", ())[5:]:
        MatchSpec(word)


def test_an_old_build_that_is_not_the_default_names_itself_and_its_torchaudio_does_not() -> None:
    words = commands(linux(V100, "3.7", driver="418.67"))["pip"]
    assert {"torch==1.8.1+cu101", "torchvision==0.9.1+cu101", "torchaudio==0.8.1"} <= set(words)
