"""Variables for a program, files moved and deleted: as the shell of the host takes them."""

from __future__ import annotations

import pytest

from doctor.facts import Facts, Host
from doctor.model import Reading, Shell, Status
from doctor.remedy import prescribe
from doctor.remedy.actions import Delete, MoveAside, Rerun

RERUN = Rerun(set=(("KMP_AFFINITY", "none"),), unset=("OMP_NUM_THREADS",), program=("python", "train.py"))


def on(os: str, shell: str | None = None) -> Facts:
    return Facts(host=Reading(Status.OK, Host(os=os, shell=shell)))


@pytest.mark.parametrize(
    ("facts", "commands", "shell"),
    [
        (
            on("linux", "fish"),
            (("env", "-u", "OMP_NUM_THREADS", "KMP_AFFINITY=none", "python", "train.py"),),
            Shell.POSIX,
        ),
        (
            on("windows", "bash"),
            (("env", "-u", "OMP_NUM_THREADS", "KMP_AFFINITY=none", "python", "train.py"),),
            Shell.POSIX,
        ),
        (
            on("windows", "cmd"),
            (("set", "KMP_AFFINITY=none"), ("set", "OMP_NUM_THREADS="), ("python", "train.py")),
            Shell.CMD,
        ),
        (
            on("windows", "pwsh"),
            (
                ("Set-Item", "Env:KMP_AFFINITY", "none"),
                ("Remove-Item", "Env:OMP_NUM_THREADS"),
                ("python", "train.py"),
            ),
            Shell.POWERSHELL,
        ),
    ],
)
def test_variables(facts: Facts, commands: tuple[tuple[str, ...], ...], shell: Shell) -> None:
    (remedy,) = prescribe((RERUN,), facts)
    assert (remedy.commands, remedy.shell) == (commands, shell)


def test_where_the_shell_is_not_known_both_are_named() -> None:
    (remedy,) = prescribe((RERUN,), on("windows"))
    assert "`set KMP_AFFINITY=none` in cmd" in remedy.title
    assert "`$env:KMP_AFFINITY = 'none'` in PowerShell" in remedy.title
    assert remedy.commands == (("python", "train.py"),)


def test_files_where_the_shell_is_not_known_are_a_sentence() -> None:
    for action in (MoveAside(path=r"C:\x\torch.py"), Delete(paths=(r"C:\x\~orch",))):
        (remedy,) = prescribe((action,), on("windows"))
        assert remedy.commands == () and r"C:\x" in remedy.title
