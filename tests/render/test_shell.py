"""Commands as the user's shell takes them."""

from __future__ import annotations

import os
import subprocess

import pytest

from doctor.render.shell import command_line


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        (("pip", "install", "torch>=2.6"), "pip install 'torch>=2.6'"),
        (("~/my env/bin/python", "-m", "pip"), "~/'my env/bin/python' -m pip"),
        (("/scratch/$USER/venv/bin/python",), "/scratch/$USER/venv/bin/python"),
        (("~/$USER/a b",), "~/$USER'/a b'"),
        (("usermod", "-aG", "render", "$USER"), "usermod -aG render $USER"),
        (("echo", "$HOME", ""), "echo '$HOME' ''"),
    ],
)
def test_posix(argv: tuple[str, ...], expected: str) -> None:
    assert command_line(argv, windows=False) == expected


@pytest.mark.skipif(os.name != "posix", reason="a POSIX shell")
def test_a_shell_fills_in_what_a_report_does_not_tell() -> None:
    line = command_line(("printf", "%s|", "~/a b", "/s/$USER/c d", "$HOME"), windows=False)
    told = subprocess.run(
        ["sh", "-c", line], capture_output=True, text=True, env={"HOME": "/h", "USER": "al", "PATH": "/usr/bin:/bin"}
    )
    assert told.stdout == "/h/a b|/s/al/c d|$HOME|"


def test_powershell() -> None:
    assert (
        command_line((r"C:\a b\python.exe", "-c", "print('x')"), windows=True)
        == r"& 'C:\a b\python.exe' -c 'print(''x'')'"
    )
