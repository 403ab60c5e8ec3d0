"""`torch-doctor match` as a user starts it: flags, both formats, exit codes, wrong usage."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest

from doctor.cli import main


def answer(capfd: pytest.CaptureFixture[str], *words: str, code: int = 0) -> dict[str, Any]:
    assert main(["match", *words, "--format", "json"]) == code
    document: dict[str, Any] = json.loads(capfd.readouterr().out)
    return document


PC = ("--os", "linux", "--arch", "x86_64", "--python", "3.12")


def test_the_contract(capfd: pytest.CaptureFixture[str]) -> None:
    found = answer(capfd, *PC, "--gpu", "Tesla V100-SXM2-16GB", "--driver", "580.65.06", "--glibc", "2.31")
    assert (found["schema_version"], found["kind"]) == (1, "match")
    assert found["choice"] == {
        "torch": "2.14.1",
        "torchvision": "0.29.1",
        "torchaudio": "2.11.0",
        "build": "cu126",
        "index_url": "https://download.pytorch.org/whl/cu126",
    }
    assert set(found["commands"]) == {"pip", "uv", "conda", "pixi"}
    assert all(isinstance(word, str) for argv in found["commands"].values() for word in argv)
    assert {"torch", "build", "reason"} == set(found["rejected"][0])


def test_nothing_fits(capfd: pytest.CaptureFixture[str]) -> None:
    found = answer(capfd, *PC, "--driver", "470", "--torch", ">=2.8", code=1)
    assert found["choice"] is None
    assert found["message"] == "driver 470 supports CUDA 11; the newest torch for it is 2.7.1+cu118"
    assert found["nearest"][0]["torch"] == "2.7.1"


def test_the_page_of_a_choice(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["match", *PC, "--gpu", "GTX 1080", "--driver", "550.54.14"]) == 0
    page = capsys.readouterr().out
    assert page.startswith("torch 2.14.1 (cu126), torchvision 0.29.1, torchaudio 2.11.0\n")
    assert "python3.12 -m pip install torch==2.14.1+cu126" in page
    assert "2.15.0 cu132: no code for GTX 1080 (6.1)" in page


def test_the_page_when_nothing_fits(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["match", *PC, "--capability", "7.0", "--python", "3.15"]) == 1
    page = capsys.readouterr().out
    assert page.startswith("Nothing fits: ")
    assert "2.14.1+cu126 with Python 3.14" in page
    assert "is not cuda" not in page


def test_pages_fit_80_columns_but_for_the_commands(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    main(["match", *PC, "--gpu", "RX 7900 XTX", "-v"])
    wide = [line for line in capsys.readouterr().out.splitlines() if len(line) > 80]
    assert all(line.split()[0] in ("pip", "uv") for line in wide)


@pytest.mark.parametrize(
    ("words", "torch", "build"),
    [
        (("--os", "macos", "--macos", "14.5", "--arch", "arm64"), "2.14.1", "mps"),
        (("--os", "macos-14"), "2.14.1", "mps"),
        (("--os", "windows", "--arch", "amd64", "--gpu", "RTX 4070", "--driver", "566.36"), "2.14.1", "cu126"),
        (("--os", "linux", "--arch", "x64", "--capability", "sm_89", "--driver", "580"), "2.15.0", "cu132"),
        (("--os", "linux", "--arch", "x86_64", "--amd-gfx", "gfx1100"), "2.13.0", "rocm7.2"),
        (("--os", "linux", "--arch", "x86_64", "--gpu", "AMD Radeon RX 7900 XTX"), "2.13.0", "rocm7.2"),
        (("--os", "linux", "--arch", "x86_64", "--gpu", "Intel Arc A770"), "2.15.0", "xpu"),
        (("--os", "linux", "--arch", "x86_64", "--gpu", "RTX 9090", "--capability", "12.0"), "2.15.0", "cu132"),
        (("--os", "linux", "--arch", "x86_64", "--gpu", "RTX 4090", "--driver", "none"), "2.15.0", "cpu"),
        ((*PC, "--gpu", "A100", "--torch", "2.7.1+cu118"), "2.7.1", "cu118"),
        ((*PC, "--gpu", "A100", "--torch", "2.7"), "2.7.1", "cu128"),
        ((*PC, "--gpu", "A100", "--accelerator", "cpu"), "2.15.0", "cpu"),
        (("--os", "linux", "--arch", "x86_64", "--python", "3.14t", "--driver", "580"), "2.15.0", "cu132"),
    ],
)
def test_what_if(capfd: pytest.CaptureFixture[str], words: tuple[str, ...], torch: str, build: str) -> None:
    choice = answer(capfd, *words)["choice"]
    assert (choice["torch"], choice["build"]) == (torch, build)


@pytest.mark.parametrize(
    "words",
    [
        ("--os", "beos"),
        ("--os", "linux", "--arch", "sparc"),
        ("--os", "linux", "--python", "3"),
        ("--os", "linux", "--python", "3.12", "--free-threaded"),
        ("--driver", "12.4"),
        ("--driver", "550.x"),
        ("--gpu", "banana"),
        ("--capability", "8.9x"),
        ("--capability", "8.10"),
        ("--gpu", "RTX 4090", "--capability", "7.0"),
        ("--os", "macos", "--driver", "580"),
        ("--os", "macos", "--gpu", "RTX 4090"),
        ("--os", "macos", "--amd-gfx", "gfx1100"),
        ("--os", "windows", "--glibc", "2.31"),
        ("--os", "linux", "--macos", "14"),
        ("--os", "linux", "--gpu", "Apple M2"),
        ("--glibc", "3.1"),
        ("--macos", "Sonoma"),
        ("--amd-gfx", "7900"),
        ("--accelerator", "tpu"),
        ("--index-url", "ftp://example.com/simple"),
        ("--torch", "==banana"),
        ("--torch", ">>2"),
    ],
)
def test_wrong_usage(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    assert main(["match", *words]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("torch-doctor: ") and "found: " in captured.err


def test_impossible_but_well_formed_wishes_are_answered(capfd: pytest.CaptureFixture[str]) -> None:
    assert answer(capfd, *PC, "--torch", ">=3,<2", code=1)["choice"] is None
    assert "mps" in answer(capfd, *PC, "--driver", "580", "--accelerator", "mps", code=1)["message"]
    assert answer(capfd, "--os", "linux", "--arch", "armv7l", code=1)["choice"] is None
    assert answer(capfd, *PC, "--capability", "99.0", "--driver", "580")["left_out"]


def test_this_machine_and_the_named_interpreter(capfd: pytest.CaptureFixture[str]) -> None:
    machine = answer(capfd, "--python", sys.executable)["machine"]
    assert machine["python"] == f"{sys.version_info.major}.{sys.version_info.minor}"
    assert machine["interpreter"] == sys.executable


def test_another_python_on_this_machine(capfd: pytest.CaptureFixture[str]) -> None:
    found = answer(capfd, "--python", "3.10", "--accelerator", "cpu")
    assert found["machine"]["python"] == "3.10"
    assert "interpreter" not in found["machine"]
    assert found["choice"]["torch"] == "2.14.1"


def test_another_gpu_with_the_named_interpreter(capfd: pytest.CaptureFixture[str]) -> None:
    found = answer(capfd, "--gpu", "V100", "--driver", "580", "--python", sys.executable)
    assert found["commands"]["pip"][0] == sys.executable


def test_no_such_interpreter(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["match", "--python", "/no/such/python"]) == 2
