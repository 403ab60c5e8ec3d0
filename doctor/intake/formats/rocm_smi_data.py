"""`rocm-smi --csv` and `--json`: a line or an object a card, with the columns or keys that were asked for."""

from __future__ import annotations

import contextlib
import csv
import re
from collections.abc import Iterator, Mapping, Sequence

from doctor.facts import Amd, AmdGpu
from doctor.intake import json_lines
from doctor.intake.merge import Partial
from doctor.intake.witness import Witness
from doctor.text.documents import Unparsable, json

TITLE = "`rocm-smi --csv` or `--json`"
WITNESS = Witness.DRIVER
OPENS = ""
LEFT_OUT: tuple[str, ...] = ()

_HEAD = re.compile(r"^device,(?=.*\b(?:GPU|Card|VRAM)\b)")
_ROW = re.compile(r"^card\d{1,3},")
_CARD = re.compile(r"card\d{1,3}$")
_ONE_LINE = re.compile(r'^\s*\{"card\d{1,3}": ?\{')
_NUMBER = re.compile(r"0x[0-9a-f]+$|N/A$", re.IGNORECASE)


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    used: set[int] = set()
    cards: dict[str, dict[str, str]] = {}
    for index, card, values in (*_rows(lines), *_objects(lines), *_documents(lines)):
        used.add(index)
        cards.setdefault(card, {}).update({key.lower(): value for key, value in values.items()})
    if not used:
        return {}, set()
    named = [(name, card.get("gfx version")) for card in cards.values() if (name := _name(card))]
    gpus = tuple(AmdGpu(name, gfx, index) for index, (name, gfx) in enumerate(named))
    return {"amd": Amd(gpus=gpus, driver_loaded=True)}, used


def _rows(lines: Sequence[str]) -> Iterator[tuple[int, str, Mapping[str, str]]]:
    """The line of a card below that of the columns, and the line of the columns itself."""
    columns: list[str] = []
    for index, line in enumerate(lines):
        if _HEAD.match(line):
            columns = next(csv.reader([line]))
            yield index, "", {}
        elif columns and _ROW.match(line):
            cells = next(csv.reader([line]))
            yield index, cells[0], dict(zip(columns[1:], cells[1:], strict=False))


def _objects(lines: Sequence[str]) -> Iterator[tuple[int, str, Mapping[str, str]]]:
    for document in json_lines.documents(lines, "card0"):
        for entry in document:
            card = next((name for name in (*entry.path, entry.key) if _CARD.fullmatch(name)), "")
            yield entry.line, card, {entry.key: entry.value} if entry.path and entry.value else {}


def _documents(lines: Sequence[str]) -> Iterator[tuple[int, str, Mapping[str, str]]]:
    """All on one line, as it is printed."""
    for index, line in enumerate(lines):
        if _ONE_LINE.match(line):
            with contextlib.suppress(Unparsable):
                cards = json(line.strip(), dict[str, dict[str, str]])
                yield from ((index, card, values) for card, values in cards.items() if _CARD.fullmatch(card))


def _name(card: Mapping[str, str]) -> str:
    """The product; where none is known, the PCI id stands there."""
    named = (card.get(key, "") for key in ("card series", "card model"))
    return next((value for value in named if value and not _NUMBER.match(value)), "")
