"""Coqui TTS's `collect_env_info.py`: Lightning's sections, as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from doctor.intake.formats import lightning
from doctor.intake.json_lines import OPENERS, JsonLine, documents
from doctor.intake.merge import Partial, merge
from doctor.intake.witness import Witness

TITLE = "Coqui TTS's `collect_env_info.py`"
WITNESS = Witness.PROGRAM
OPENS = r'^\s*"PyTorch_version":'
LEFT_OUT: tuple[str, ...] = ()


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    facts: Partial = {}
    used: set[int] = set()
    for document in documents(lines, "PyTorch_version"):
        facts = merge(facts, lightning.read([_plain(entry) for entry in document])[0])
        used |= {entry.line for entry in document}
    return facts, used


def _plain(entry: JsonLine) -> str:
    """The line as Lightning prints it."""
    value = "" if entry.value in (*OPENERS, "[]", "]", "}") else entry.value
    if not entry.path:
        return f"{entry.key}:" if entry.key else ""
    return f"\t{entry.key}: {value}" if entry.key else f"\t\t{value}"
