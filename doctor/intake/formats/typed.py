"""A list of keys and values that no program printed: the labels are those of `collect_env`, the witness is a person."""

from __future__ import annotations

from collections.abc import Sequence

from doctor.intake.formats import collect_env
from doctor.intake.merge import Partial
from doctor.intake.witness import Witness

TITLE = "a list that somebody typed"
WITNESS = Witness.PERSON
OPENS = ""
LEFT_OUT: tuple[str, ...] = ()


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    return ({}, set()) if collect_env.is_printed(lines) else collect_env.take(lines, "text")
