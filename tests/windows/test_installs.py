"""`setup` and `fix` as whole runs there: a loopback index of small wheels named like torch's, and real pip."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.environments import SMALL_TORCH, package
from tests.setup.wheel_index import Index, pure, serving, trio
from tests.windows.systems import environment
from tests.windows.users import User

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(900)]


def test_setup_makes_an_environment(user: User) -> None:
    """The torch of the index is an empty module: it is installed, and the check says what it is worth."""
    wheels = trio("win_amd64", "2.15.0", "0.29.2", "2.11.1", python=user.windows.tag)
    with serving(Index(wheels)) as index:
        words = ("--python", user.windows.python, "--accelerator", "cpu", "--index-url", index.url, "--yes")
        told = user.doctor("setup", "--env", user.home / "env", *words, code=1)
    assert "was created, but the check found problems in it" in told and "[torch-not-importable]" in told
    pinned = (user.home / "env" / "torch-doctor-requirements.txt").read_text().splitlines()
    assert [line.split()[0] for line in pinned] == ["torch===2.15.0", "torchaudio===2.11.1", "torchvision===0.29.2"]
    packages = user.home / "env" / "Lib" / "site-packages"
    assert {"torch", "torchvision", "torchaudio", "pip"} <= {one.name for one in packages.iterdir()}


def test_fix_mends_an_environment_and_undo_brings_its_file_back(user: User, tmp_path: Path) -> None:
    """It is the one that was named, whichever `python` is on PATH; packages that were installed stay."""
    folder = user.home / "env"
    packages = environment(user.windows, folder, pip=True)
    trusting = "[global]\r\n; 公司\r\ntrusted-host = mirror.example.com\r\n"
    config = user.file("env/pip.ini", trusting)
    package(packages, "torch", "2.7.1", {"torch/__init__.py": SMALL_TORCH}, ("leaf>=3",))
    (wheel, content), *_ = pure("leaf", "3.1").items()
    (tmp_path / wheel).write_bytes(content)
    rules = ("unmet-requirements", "insecure-package-source")
    words = (*rules, "--python", folder / "Scripts" / "python.exe", "--yes")
    told = user.doctor("fix", *words, PIP_NO_INDEX="1", PIP_FIND_LINKS=user.windows.path(tmp_path))
    assert all(f"{rule}: mended" in told for rule in rules)
    assert (packages / "leaf").is_dir() and b"trusted-host" not in config.read_bytes()
    user.doctor("fix", "--undo")
    assert config.read_bytes().decode() == trusting
