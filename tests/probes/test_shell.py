"""The shell that a person types into."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from doctor.probes._shell import nearest_shell, typed_into
from tests.surroundings import SCRIPTS

ASK = "from doctor.probes._shell import typed_into; print(typed_into())"


@SCRIPTS
@pytest.mark.parametrize("shell", ["bash", "dash"])
def test_the_shell_that_started_this_process(shell: str) -> None:
    program = shutil.which(shell)
    assert program, f"{shell} is missing"
    done = subprocess.run(
        [program, "-c", f'"{sys.executable}" -c "{ASK}"; true'], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == shell


@pytest.mark.parametrize(
    ("names", "shell"),
    [
        (("python.exe", "torch-doctor.exe", "cmd.exe", "WindowsTerminal.exe", "explorer.exe"), "cmd"),
        (("uvx.exe", "pwsh.exe", "Code.exe"), "pwsh"),
        (("PowerShell.EXE", "explorer.exe"), "powershell"),
        (("-zsh", "login", "Terminal"), "zsh"),
        (("systemd",), ""),
        ((), ""),
    ],
)
def test_the_nearest_one_counts(names: tuple[str, ...], shell: str) -> None:
    assert nearest_shell(names) == shell


def test_ancestors_that_cannot_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: object) -> str:
        raise OSError(22, "the system does not tell")

    monkeypatch.setattr("psutil.Process.name", refused)
    assert typed_into() is None
