from __future__ import annotations

import os
from pathlib import Path

from doctor.bootstrap.pip_settings import configured
from tests.surroundings import LINUX


def wrote(file: Path, line: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"[global]\n{line}\n")
    return file


@LINUX
def test_the_later_file_wins(tmp_path: Path) -> None:
    variables = {"HOME": str(tmp_path), "XDG_CONFIG_DIRS": str(tmp_path / "xdg")}
    wrote(tmp_path / "xdg/pip/pip.conf", "index-url = https://lab.example")
    assert configured("index-url", variables) == "https://lab.example"
    wrote(tmp_path / ".config/pip/pip.conf", "index-url = https://own.example")
    assert configured("index-url", variables) == "https://own.example"
    named = wrote(tmp_path / "named.conf", "index-url = https://named.example")
    assert configured("index-url", {**variables, "PIP_CONFIG_FILE": str(named)}) == "https://named.example"
    assert configured("index-url", {**variables, "PIP_CONFIG_FILE": os.devnull}) == "", "pip's way to read none"
    moved = wrote(tmp_path / "moved/pip/pip.conf", "index-url = https://moved.example")
    assert configured("index-url", {**variables, "XDG_CONFIG_HOME": str(moved.parents[1])}) == "https://moved.example"


@LINUX
def test_a_file_that_is_no_configuration_says_nothing(tmp_path: Path) -> None:
    named = tmp_path / "pip.conf"
    variables = {"HOME": str(tmp_path), "XDG_CONFIG_DIRS": str(tmp_path), "PIP_CONFIG_FILE": str(named)}
    for content in (b"no section", b"\xff\xfe[global]", b"[global]\nindex-url"):
        named.write_bytes(content)
        assert configured("timeout", variables) == ""
