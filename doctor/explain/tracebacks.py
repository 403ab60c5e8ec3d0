"""Tracebacks in a text, as Python, IPython, pytest and rich draw them: their frames and the exception at their end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from doctor.explain.raised import COMPLAIN, DATA, PROGRAM, owner_of
from doctor.text.numbers import whole

_HEADER = re.compile(r"Traceback \(most recent call last\)|Original Traceback|^-{40,}$")
_FRAMES = (
    re.compile(
        r"^[\s│|]*File [\"'](?P<path>[^\"\n]{1,400})[\"'],? line (?P<line>\d+)(?:,? in (?P<function>[\w<>.]+))?"
    ),
    re.compile(r"^File (?P<path>(?:[A-Za-z]:)?[^:\"\n]{1,400}):(?P<line>\d+),? in (?P<function>[\w<>.]+)"),
    re.compile(r"^(?P<path>Cell In|Input In) ?\[\d+\],? (?:line (?P<line>\d+)|in (?P<function>[\w<>. ]+))"),
    re.compile(
        r"^(?P<path><ipython-input-[^>]{1,60}>|[~/.\w][^\s:]{0,300}\.pyx?|[A-Za-z]:\\\S{1,300}\.py)"
        r" in (?P<function>[\w<>.]+)(?:\(|$)"
    ),
    re.compile(r"^[\s│┃]*(?P<path>(?:[A-Za-z]:)?[^\s:\"]{1,300}\.py):(?P<line>\d+) in (?P<function>[\w<>.]+)"),
    re.compile(
        r"^(?P<path>(?:[A-Za-z]:)?[^\s:\"]{1,300}\.py):(?P<line>\d+):"
        r" (?:in (?P<function>[\w<>]+)|(?P<raised>[A-Z]\w+)$)"
    ),
)
_CELL = "<cell>"
_RAISED = re.compile(
    r"^(\s*)(?:(?:\w+\.)*[A-Z]\w*(?:Error|Exception|Interrupt|Exit|Warning|Timeout|Failed|Expired|Found)"
    r"|(?:\w+\.)+\w+|[A-Z]\w+(?=: ))(?::\s|:?$)"
)
# Raised because another process failed: what that one said tells more
_OF_ANOTHER = re.compile(
    r"ChildFailedError|Process(?:Raised|Exited)Exception|CalledProcessError|SystemExit|KeyboardInterrupt"
)
_MAX_MESSAGE = 25  # lines of an exception's message


class Frame(msgspec.Struct, frozen=True):
    path: str
    line: int | None
    function: str
    owner: str


class Traceback(msgspec.Struct):
    """Frames, outermost first, and the exception's line; `first` is the number of the line that it begins with."""

    first: int
    frames: list[Frame] = msgspec.field(default_factory=list)
    indent: int = 0  # of its frames
    exception: str = ""
    raised_at: int = 0  # number of the exception's line; 0 where the text does not hold it

    def last_frame(self, without: frozenset[str] = frozenset()) -> Frame | None:
        """The last frame that is not the standard library's, nor that of a library to be left out."""
        return next((f for f in reversed(self.frames) if f.owner and f.owner not in without), None)

    @property
    def is_own(self) -> bool:
        """Whether the program itself raised, or what it keeps its data in; of the standard library nobody knows."""
        return next((f.owner for f in reversed(self.frames) if f.owner not in DATA), "") == PROGRAM

    @property
    def is_of_another(self) -> bool:
        """Whether a library was misused by an installed package, not by the program."""
        last = self.last_frame(COMPLAIN)
        return last is not None and last.owner != PROGRAM

    @property
    def passes_on(self) -> bool:
        return bool(_OF_ANOTHER.search(self.exception.partition(":")[0]))

    def holds(self, number: int) -> bool:
        return self.first <= number <= (self.raised_at or self.first) + _MAX_MESSAGE


def tracebacks(lines: Iterable[tuple[int, str]]) -> tuple[Traceback, ...]:
    """Every traceback of lines (number, text without prefixes), in order."""
    found: list[Traceback] = []
    for number, text in lines:
        if _HEADER.search(text):
            found.append(Traceback(number))
        elif frame := _frame(text):
            _append(found, number, text, *frame)
        elif found and found[-1].frames and not found[-1].raised_at:
            raised = _RAISED.match(text)
            if raised and len(raised[1]) <= found[-1].indent:
                found[-1].exception, found[-1].raised_at = text.strip(), number
    return tuple(one for one in found if one.frames)


def of_line(found: Sequence[Traceback], number: int) -> Traceback | None:
    """The traceback that a line stands in, its message included."""
    return next((one for one in reversed(found) if one.holds(number)), None)


def _append(found: list[Traceback], number: int, text: str, frame: Frame, ends: bool) -> None:
    if not found or (found[-1].raised_at and not ends):
        found.append(Traceback(number))
    found[-1].frames.append(frame)
    found[-1].indent = len(text) - len(text.lstrip())


def _frame(text: str) -> tuple[Frame, bool] | None:
    """The frame that a line names, and whether it is the one that a test ends with, below its exception."""
    if not any(sign in text for sign in ("ine ", ".py", " In", "> in ")):
        return None
    found = next((match for shape in _FRAMES if (match := shape.match(text))), None)
    if found is None:
        return None
    parts = found.groupdict()
    path = _CELL if parts["path"] in ("Cell In", "Input In") else parts["path"].strip()
    return Frame(path, whole(parts.get("line") or ""), parts.get("function") or "", owner_of(path)), bool(
        parts.get("raised")
    )
