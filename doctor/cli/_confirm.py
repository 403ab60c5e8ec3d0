"""The question before anything is changed or run."""

from __future__ import annotations

import sys

from doctor import gate
from doctor.model import DoctorError


def can_ask() -> bool:
    return bool(sys.stdin and sys.stdin.isatty())


def confirm(question: str, yes: bool) -> bool:
    """Whether to go on: --yes, or the answer on the terminal. Raises DoctorError where nobody can be asked."""
    if yes:
        return True
    if not can_ask():
        raise DoctorError("not-asked", "nothing was done: no confirmation", "stdin is not a terminal", "add --yes")
    gate.say(f"{question} [y/N] ", end="")
    return sys.stdin.readline().strip().lower() in ("y", "yes")
