"""`--timeout`, as every command has it."""

from __future__ import annotations

import argparse
from functools import partial

from doctor.model import DoctorError

DAY_S = 86_400.0
HELP = "time limit for each question (default: {usual:g})"


def add_timeout(parser: argparse.ArgumentParser, usual: float | None, help: str = HELP, most: float = DAY_S) -> None:
    convert = partial(_seconds, most=most)
    text = help if usual is None else help.format(usual=usual)
    parser.add_argument("--timeout", metavar="SECONDS", type=convert, default=usual, help=text)


def _seconds(text: str, most: float) -> float:
    """A clock takes neither infinity nor centuries."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= most:
        raise DoctorError("timeout", f"--timeout takes a number of seconds above 0, at most {most:g}", text[:80])
    return seconds
