"""Processors and machines by the names that they are sold under."""

from __future__ import annotations

import re
from functools import cache

from doctor.catalog.data_files import machines, processors
from doctor.catalog.rows import ProcessorFamily, SoldMachine

_MARKS = re.compile(r"\((?:r|tm)\)|[®™]|\bcpu\b|\bprocessor\b|@.*", re.IGNORECASE)


def processor_without_avx(model: str) -> ProcessorFamily | None:
    """The family of "Intel(R) Core(TM)2 Duo CPU E8400 @ 3.00GHz"; None for those with AVX and those not known."""
    name = " ".join(_MARKS.sub(" ", model[:200]).lower().split())
    return next((row for row in processors() if re.search(rf"\b(?:{row.names})", name)), None)


def machine_in(text: str) -> tuple[SoldMachine, str] | None:
    """The first machine of the catalog that a text names, and the words that name it."""
    found = ((row, shape.search(text)) for row, shape in _machine_shapes())
    return next(((row, match[0]) for row, match in found if match), None)


@cache
def _machine_shapes() -> tuple[tuple[SoldMachine, re.Pattern[str]], ...]:
    return tuple((row, re.compile(rf"\b(?:{row.names})\b")) for row in machines())
