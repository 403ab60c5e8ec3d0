"""Commands as the user's shell takes them."""

from __future__ import annotations

import os
import subprocess

import pytest

from doctor.model import Shell
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
        (("setup", "--torch", "==2.15.0"), "setup --torch '==2.15.0'"),  # zsh expands =WORD
    ],
)
def test_posix(argv: tuple[str, ...], expected: str) -> None:
    assert command_line(argv, Shell.POSIX) == expected


@pytest.mark.skipif(os.name != "posix", reason="a POSIX shell")
def test_a_shell_fills_in_what_a_report_does_not_tell() -> None:
    line = command_line(("printf", "%s|", "~/a b", "/s/$USER/c d", "$HOME"), Shell.POSIX)
    told = subprocess.run(
        ["sh", "-c", line], capture_output=True, text=True, env={"HOME": "/h", "USER": "al", "PATH": "/usr/bin:/bin"}
    )
    assert told.stdout == "/h/a b|/s/al/c d|$HOME|"


WINDOWS_PATH = r"~\my env\Scripts\python.exe"


@pytest.mark.parametrize(
    ("shell", "argv", "expected"),
    [
        (Shell.POWERSHELL, (r"C:\a b\python.exe", "-c", "print('x')"), r"& 'C:\a b\python.exe' -c 'print(''x'')'"),
        (Shell.POWERSHELL, (WINDOWS_PATH, "-V"), r'& "$HOME\my env\Scripts\python.exe" -V'),
        (Shell.POWERSHELL, (r"~\env\python.exe", "-V"), r"& $HOME\env\python.exe -V"),
        (Shell.POWERSHELL, ("uv", "--python", r"~\env\python.exe"), r"uv --python $HOME\env\python.exe"),
        (Shell.POWERSHELL, ("pip", "install", "numpy<2", "a,b"), "pip install 'numpy<2' 'a,b'"),
        (Shell.POWERSHELL, (r"D:\$USER\python.exe",), r"D:\$env:USERNAME\python.exe"),
        (Shell.CMD, (WINDOWS_PATH, "-V"), r'"%USERPROFILE%\my env\Scripts\python.exe" -V'),
        (Shell.CMD, ("pip", "install", "numpy<2"), 'pip install "numpy<2"'),
        (Shell.CMD, ("python", "-c", 'print("x")'), r'python -c "print(\"x\")"'),
        (Shell.CMD, ("set", "KMP_DUPLICATE_LIB_OK=TRUE"), "set KMP_DUPLICATE_LIB_OK=TRUE"),
        (Shell.WINDOWS, ("pip", "install", "numpy<2"), 'pip install "numpy<2"'),
        (Shell.WINDOWS, (r"C:\a b\python.exe", "-V"), r"& 'C:\a b\python.exe' -V"),
        (Shell.WINDOWS, ("uv", "--python", r"C:\a b\python.exe"), r'uv --python "C:\a b\python.exe"'),
        (Shell.WINDOWS, (WINDOWS_PATH, "-V"), r'& "$HOME\my env\Scripts\python.exe" -V'),
        (Shell.POWERSHELL, ("del", "O’Neil’s", "-x.y"), "del 'O’’Neil’’s' '-x.y'"),
        (Shell.CMD, ("tool", "a b\\", "c^d", ""), r'tool "a b\\" "c^d" ""'),
        (Shell.WINDOWS, ("python", "-c", 'print("x")'), "python -c 'print(\"x\")'"),
    ],
)
def test_windows(shell: Shell, argv: tuple[str, ...], expected: str) -> None:
    assert command_line(argv, shell) == expected
