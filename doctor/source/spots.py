"""What rules and the lint engine exchange: a rule's `Spot`, a `LintFinding` for the reader, a `Note` about a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from doctor.model import Severity

if TYPE_CHECKING:
    import ast

    from doctor.source.loader import Loader, Workers

SPAWN = "spawn"  # start methods that import the main script again and pickle what workers get: spawn and forkserver
FORK = "fork"
ANY = "any"


class LintFinding(msgspec.Struct, frozen=True, order=True):
    """A hazard in a file. Lines and columns count from 1; in a notebook, lines count through its code cells."""

    path: str
    line: int
    column: int
    rule: str
    severity: Severity
    message: str


class Note(msgspec.Struct, frozen=True, order=True):
    """A file that could not be judged, and why; `kind` is one word for programs."""

    path: str
    kind: str
    message: str


class LintResult(msgspec.Struct, frozen=True):
    """What linting a set of files gave; `files` counts every file looked at."""

    findings: tuple[LintFinding, ...] = ()
    notes: tuple[Note, ...] = ()
    files: int = 0


class Spot:
    """A rule's own answer: a place, what fills the rule's MESSAGE, and under which start methods it bites.

    `severity` and `message` override the rule's; `platforms` limits the spot to some; `loader` lets a loader's own
    `multiprocessing_context` decide; `portable=False` drops a spawn hazard where everything judged forks, instead of
    reporting it as a portability note.
    """

    __slots__ = ("loader", "message", "node", "platforms", "portable", "severity", "under", "values")

    def __init__(
        self,
        node: ast.AST,
        values: Mapping[str, object] | None = None,
        *,
        under: str = ANY,
        severity: Severity | None = None,
        message: str = "",
        loader: Loader | None = None,
        platforms: tuple[str, ...] = (),
        portable: bool = True,
    ) -> None:
        self.node = node
        self.under = under
        self.severity = severity
        self.message = message
        self.loader = loader
        self.platforms = platforms
        self.portable = portable
        self.values = values or {}


def graded(workers: Workers, certain: Severity) -> Severity | None:
    """A hazard's severity by what is known of the workers: none without workers, a step lower when unresolved."""
    if workers.never:
        return None
    if workers.may:
        return certain
    return Severity.WARNING if certain is Severity.ERROR else Severity.INFO
