"""From an error text to the rules it names, best first.

`causes` is the whole of it for a text in memory; `Scanner` and `rank` do the same for one that comes in pieces. What
a text tells besides, or where no rule knows it, is its gist (`doctor.explain.gist`).
"""

from __future__ import annotations

from doctor.explain.rank import Cause, rank
from doctor.explain.scan import Scanner, scan
from doctor.model import OF_INSTALLERS


def causes(text: str) -> tuple[Cause, ...]:
    """The rules whose signatures the text holds, the likeliest root cause first; empty when nothing is recognised."""
    return rank(scan(text))


def has_cause(text: str) -> bool:
    """Whether anything in the text is recognised."""
    return bool(causes(text))


def has_context(text: str) -> bool:
    """Whether the text tells what an error beside it means: something recognised, or an installer at work."""
    found = scan(text)
    return found.outline.phase in OF_INSTALLERS or bool(rank(found))
