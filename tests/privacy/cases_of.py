"""The cases of `cases/*.txt`: their form is told at the head of secrets.txt."""

from __future__ import annotations

import random
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "cases"
_ALPHABETS = {
    "a": string.ascii_letters + string.digits,
    "A": string.ascii_uppercase + "234567",
    "h": "0123456789abcdef",
    "d": string.digits,
    "b": string.ascii_letters + string.digits + "-_",
    "l": string.ascii_lowercase + string.digits,
}
_MADE = re.compile(r"«(?P<start>[^|»]*)\|(?P<kind>\w):(?P<length>\d+)»")
_MARK = re.compile(rf"⟦(?P<span>[^⟧]*)⟧|{_MADE.pattern}")


class Case(NamedTuple):
    text: str
    gone: tuple[str, ...]
    around: re.Pattern[str]  # what is left of the text, with anything in the place of what is gone

    def __str__(self) -> str:
        return ascii(self.text)[:60]


def cases(name: str) -> list[Case]:
    return [_case(line) for line in lines(name)]


def lines(name: str) -> Iterator[str]:
    for line in (FOLDER / f"{name}.txt").read_text("utf-8").split("\n"):
        if line and not line.startswith("#"):
            yield line.replace("↵", "\n")


def _case(line: str) -> Case:
    text, around, gone, at = "", "", list[str](), 0
    dice = random.Random(line)

    def made(mark: re.Match[str]) -> str:
        gone.append(_secret(dice, mark["kind"], int(mark["length"])))
        return mark["start"] + gone[-1]

    for mark in _MARK.finditer(line):
        before, at = line[at : mark.start()], mark.end()
        span = mark["span"]
        if span is not None and "«" not in span:
            gone.append(span)
        text += before + (made(mark) if span is None else _MADE.sub(made, span))
        around += re.escape(before) + (f"(?:{re.escape(mark['start'])})?" if mark["start"] else "") + ".*?"
    return Case(text + line[at:], tuple(gone), re.compile(around + re.escape(line[at:]), re.DOTALL))


def _secret(dice: random.Random, kind: str, length: int) -> str:
    """With a digit and a letter in it, as nearly all have."""
    letters = dice.choices(_ALPHABETS[kind], k=length)
    if length >= 8 and kind in "alb":
        letters[3], letters[4] = "7", "q"
    return "".join(letters)
