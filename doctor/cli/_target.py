"""The target of a command, which is named before anything of it is started."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doctor import gate

if TYPE_CHECKING:
    from doctor.target import Target

STARTING = "torch-doctor: starting {python} ({why})"


def find_target(python: str | None, *, deadline_s: float = 60.0, fast: bool = False, full: bool = False) -> Target:
    """By `doctor.target.find`, for a command that is about an environment."""
    from doctor import target

    return target.find(python, say=say_starting, deadline_s=deadline_s, fast=fast, full=full)


def say_starting(python: str, why: str) -> None:
    gate.say(gate.Typed(gate.word(STARTING.format(python=python, why=why))))
