"""What is seen of the machine: an error text is no version, and nothing is waited for without end."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from doctor.bootstrap import children
from doctor.bootstrap.home import Home
from doctor.bootstrap.machine import look
from tests.surroundings import not_brought

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="programs of a shebang line")


def program(folder: Path, name: str, body: str) -> dict[str, str]:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{body}\n")
    (folder / name).chmod(0o755)
    return {"PATH": f"{folder}:/usr/bin:/bin"}


@pytest.mark.parametrize(
    ("body", "driver"),
    [
        ("echo 580.95.05", "580.95.05"),
        ("echo 'NVIDIA-SMI has failed because it could not communicate with the NVIDIA driver.'", ""),
        ("echo 580.95.05; exit 9", ""),
        ("exit 127", ""),
    ],
)
def test_the_driver(tmp_path: Path, body: str, driver: str) -> None:
    if Path("/proc/driver/nvidia").exists():
        not_brought("a driver is loaded here, and tells its version itself")
    assert look(Home(tmp_path / "home"), program(tmp_path / "bin", "nvidia-smi", body)).driver == driver


def test_a_program_that_hangs_is_given_up(tmp_path: Path) -> None:
    program(tmp_path / "bin", "hangs", "exec sleep 60")
    begin = time.monotonic()
    assert children.ask([str(tmp_path / "bin/hangs")], timeout_s=0.2) == ""
    assert time.monotonic() - begin < 30


def test_a_program_that_cannot_be_started(tmp_path: Path) -> None:
    (tmp_path / "broken").write_text("no program")
    assert children.ask([str(tmp_path / "broken")]) == ""
    assert children.ask([str(tmp_path / "missing")]) == ""


def test_conda_of_an_earlier_run_is_known(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    variables = {"PATH": "/nowhere"}
    assert look(home, variables).conda == ""
    (home.folder / "miniforge/bin").mkdir(parents=True)
    (home.folder / "miniforge/bin/conda").touch()
    assert look(home, variables).conda == str(home.folder / "miniforge/bin/conda")


def test_the_last_line_of_a_log(tmp_path: Path) -> None:
    (tmp_path / "log").write_bytes(b"first\nDownloading 1 %\rDownloading 70 %\n\n")
    assert children.last_line(tmp_path / "log") == "Downloading 70 %"
    (tmp_path / "log").write_bytes(b"")
    assert children.last_line(tmp_path / "log") == ""
