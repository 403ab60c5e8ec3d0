"""What a failure means and what to do about it, and the words that several of them share."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """Why, as the end of a sentence, and what to do, in parts divided by "; ", with places for the caller's `Spelling`.

    One that is general gives way to what was said before it. `line` is what told it, as it stands in the log.
    """

    kind: str
    sentence: str
    next_step: str
    is_general: bool = False
    line: str = ""


@dataclass(frozen=True)
class Spelling:
    """How those who ran the failed step are told to name another folder, and other sources."""

    folder: str
    mirror: str
    another_mirror: str


Row = tuple[Reason, tuple[str, ...]]  # what it means, and the expressions that show it

ADMINISTRATOR = "ask the administrator of this machine"
SOURCE = "the package source did not provide what is needed"
WAYS = "{mirror}; behind a proxy set HTTPS_PROXY; without a network use --offline DIR"
OTHER_PYTHON = "put another version of Python first on PATH, and run this again"
DENIED = "access is denied"
