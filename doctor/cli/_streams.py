"""Our own output where the terminal does not have every sign: spelled out instead of an error."""

from __future__ import annotations

import codecs
import io
import sys

_ASCII = {
    "→": "->",
    "…": "...",
    "✓": "v",
    "✗": "x",
    "·": "-",
    "–": "-",
    "—": "-",
    "×": "x",
    "µ": "u",
    "≥": ">=",
    "≤": "<=",
}


def spell_out() -> None:
    """An arrow becomes "->" on a stream that cannot carry it, an unknown sign "?"."""
    codecs.register_error("spelled-out", _spell)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="spelled-out")


def _spell(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_ASCII.get(sign, "?") for sign in error.object[error.start : error.end]), error.end
