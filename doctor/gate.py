"""The one gate to the outside: what is written passes it, so that nothing private leaves and nothing foreign acts.

`text`, `paragraph` and `line` are what values go through, in models (`doctor.render.passing`) as in sentences; `say`,
`page` and `write` are the ways to our own stderr and stdout. Passing twice changes nothing.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from typing import TextIO

from doctor.text.visible import visible

BREAK = "⏎"  # stands for the end of a line inside a value
# A CI service carries out what begins a line with `::command` or stands anywhere as `##[command]`
_WORKFLOW = re.compile(r"(?<!\S):(?=:[a-zA-Z])|#(?=#\[)")
_BREAKS = re.compile(r"(?<!\s)\s*\n\s*")


class Typed(str):
    """A line of commands, or of places that somebody goes to: it has passed as `word`, before anything was quoted."""


def text(value: str) -> str:
    """A value without secrets, names, escape sequences and invisible characters, for documents."""
    from doctor.privacy import redact  # takes longer to load than all of `lint`, which may have nothing to tell

    return redact(visible(value))


def paragraph(value: str) -> str:
    """A value of several lines that are drawn: none of them is a command to a CI service."""
    return _WORKFLOW.sub(r"\g<0> ", text(value))


def line(value: str) -> str:
    """A value for a place in a line: it cannot begin another one."""
    return _BREAKS.sub(f" {BREAK} ", paragraph(value))


def word(value: str) -> str:
    """A word of a command that is typed on this machine: it keeps other people's names, which are those of folders."""
    from doctor.privacy import redact_word

    return _BREAKS.sub(f" {BREAK} ", _WORKFLOW.sub(r"\g<0> ", redact_word(visible(value))))


def say(words: str, *, end: str = "\n") -> None:
    """One line for the person at the terminal, on stderr."""
    if sys.stderr:
        print(_shown(words), end=end, file=sys.stderr, flush=True)


def page(lines: Iterable[str], stream: TextIO | None = None) -> None:
    """Lines of the answer, on stdout unless another stream is named."""
    for words in lines:
        print(_shown(words), file=stream, flush=True)


def _shown(words: str) -> str:
    return visible(words) if isinstance(words, Typed) else line(words)


def write(document: str) -> None:
    """A document whose values have passed, or has none, on stdout: UTF-8 whatever the terminal speaks."""
    sys.stdout.buffer.write(document.encode())
    sys.stdout.buffer.flush()


def overwrite(words: str) -> None:
    """One line of a terminal that the next one takes the place of."""
    from shutil import get_terminal_size

    width = min(80, get_terminal_size().columns) - 1
    print(f"\r{line(words)[:width]:<{width}}\r", end="", file=sys.stderr, flush=True)
