"""The shell that a person types into: the nearest of this process's ancestors that is one."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable

import psutil

_SHELLS = ("cmd", "powershell", "pwsh", "bash", "zsh", "fish", "dash", "sh", "ksh", "tcsh", "csh", "nu", "xonsh")


def typed_into() -> str | None:
    """Its name ("bash", "cmd", "pwsh"), "" when there is none (a service, a container's first process)."""
    with contextlib.suppress(psutil.Error, OSError):  # psutil passes on what Windows says of a process that it hides
        return nearest_shell(parent.name() for parent in psutil.Process().parents())
    return None


def nearest_shell(names: Iterable[str]) -> str:
    """The first of the programs that is a shell; a login shell's name begins with a hyphen, Windows' end in .exe."""
    plain = (name.lower().removeprefix("-").removesuffix(".exe") for name in names)
    return next((name for name in plain if name in _SHELLS), "")
