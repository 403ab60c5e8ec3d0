"""What a text tells before any rule is asked: the phase, the tracebacks, who raised, the last exception."""

from __future__ import annotations

from functools import cached_property

import msgspec

from doctor.explain.phase import phase_of
from doctor.explain.raised import speaker_of
from doctor.explain.tracebacks import Frame, Traceback, of_line, tracebacks
from doctor.model import Phase
from doctor.text.fold import fold
from doctor.text.lines import Kind, bare, kind_of

MAX_HEAD, MAX_TAIL = 16 * 1024, 64 * 1024  # bytes of a long text that are read closely
_MAX_LINE = 2000


class Outline(msgspec.Struct, frozen=True, dict=True):
    """`lines` are the numbered lines of the text's ends, folded and without prefixes."""

    lines: tuple[tuple[int, str], ...]

    @cached_property
    def _phase(self) -> tuple[Phase, int]:
        return phase_of("\n".join(text for _, text in self.lines))

    @property
    def phase(self) -> Phase:
        return self._phase[0]

    @cached_property
    def tracebacks(self) -> tuple[Traceback, ...]:
        return tracebacks(self.lines)

    @property
    def _last(self) -> Traceback | None:
        """The last traceback; one that only passes on what another process said where there is no other."""
        ended = [one for one in self.tracebacks if one.raised_at]
        return next((one for one in reversed(ended) if not one.passes_on), ended[-1] if ended else None)

    @cached_property
    def exception(self) -> tuple[int, str]:
        """Number and text of the last exception's line, or of the last line that reads like one; 0 and "" for none."""
        if self._last:
            return self._last.raised_at, self._last.exception
        lines = (one for one in reversed(self.lines) if kind_of(one[1]) is Kind.EXCEPTION or speaker_of(one[1]))
        number, text = next(lines, (0, ""))
        return number, text.strip()

    @property
    def raiser(self) -> Frame | None:
        return self._last.last_frame() if self._last else None

    @property
    def raised_by(self) -> str:
        """The library or program that raised the last exception; "" where the text does not tell."""
        return self.raiser.owner if self.raiser else speaker_of(self.exception[1])

    def traceback_of(self, number: int) -> Traceback | None:
        return of_line(self.tracebacks, number)

    def traceback_ending_with(self, number: int) -> Traceback | None:
        """The traceback that raised what a line says, or that raises it again below: a title repeats the message."""
        if found := self.traceback_of(number):
            return found if found.raised_at == number else None
        said = next((text.strip() for at, text in self.lines if at == number), "")
        return next((one for one in self.tracebacks if said and one.exception == said), None)


def read(ends: str, count: int) -> Outline:
    """A text by its ends; `count` is the number of its lines."""
    raw = ends.encode("utf-8", "replace")
    if len(raw) <= MAX_HEAD + MAX_TAIL:
        return Outline(tuple(_numbered(raw, 1)))
    head, tail = raw[:MAX_HEAD].rpartition(b"\n")[0], raw[-MAX_TAIL:].partition(b"\n")[2]
    first = count - tail.rstrip(b"\n").count(b"\n")
    return Outline((*_numbered(head, 1), *_numbered(tail, first)))


def _numbered(raw: bytes, first: int) -> list[tuple[int, str]]:
    lines = fold(raw).decode("utf-8", "replace").split("\n")
    return [(number, bare(part[:_MAX_LINE])) for number, line in enumerate(lines, first) for part in line.split("\r")]
