"""What the target said of itself, or why it did not."""

from __future__ import annotations

from typing import Any

from doctor.probes import Crashed
from doctor.process import ProcessResult
from doctor.target import Target

_OF_A_CRASH = ("<no Python frame>", "Current thread ", "Python runtime state:", "File ")  # behind what CPython died of


def description_part(target: Target, key: str) -> Any:
    """One part of the target's description. Raises TimeoutError or Crashed when it did not get that far."""
    answers, ended = target.describe()
    if key in answers:
        return answers[key]
    if ended.timed_out:
        raise TimeoutError(f"{target.executable} gave {ended.story}")
    raise Crashed(f"{target.executable} {_end(ended)}")


def _end(ended: ProcessResult) -> str:
    if ended.not_started:
        return f"could not be started: {ended.not_started}"
    if ended.signal:
        return f"died of {ended.signal}"
    code = f" with exit code {ended.returncode}" if ended.returncode else ""
    return f"ended{code} without an answer{last_words(ended)}"


def last_words(ended: ProcessResult) -> str:
    """The last line of stderr that tells something, to go behind what happened; "" when there is none."""
    lines = [line.strip() for line in ended.stderr.splitlines() if line.strip()]
    while lines and lines[-1].startswith(_OF_A_CRASH):
        lines.pop()
    return f" ({lines[-1]})" if lines else ""
