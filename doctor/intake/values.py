"""Values of a dump's lines: versions, switches, numbers; None where the text does not tell."""

from __future__ import annotations

import re
from collections.abc import Mapping

from doctor.intake.fields import is_missing
from doctor.intake.merge import Partial
from doctor.text.numbers import whole

Raw = Mapping[str, str]
NO_CUDA = "no cuda"
_TRUE, _FALSE = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0"})


def version_of(value: str | None, local: bool = False) -> str | None:
    if value is None or is_missing(value):
        return None
    pattern = r"(?<![\w.])v?(\d+\.\d+(?:\.\d+)*(?:\.?(?:a|b|rc|dev|post)\d+)*" + (r"(?:\+[\w.]+)?)" if local else ")")
    found = re.search(pattern, value)
    return found[1] if found else None


def flag_of(value: str | None) -> bool | None:
    word = (value or "").strip().lower().split(" ")[0].strip("(),.:")
    return True if word in _TRUE else False if word in _FALSE else None


def number_of(value: str | None) -> int | None:
    word = (value or "").strip().split(" ")[0]
    return whole(word) if len(word) < 6 else None


def bytes_of(value: str | None) -> int | None:
    """ "125.50 GB", "64M", "32 GiB": programs that print such lines count in powers of 1024."""
    found = re.search(r"(?<![\w.])(\d{1,9}(?:\.\d{1,3})?)\s?([KMGT])i?B?\b", value or "", re.IGNORECASE)
    return int(float(found[1]) * 1024 ** ("KMGT".index(found[2].upper()) + 1)) if found else None


def known_sections(sections: Mapping[str, object | None]) -> Partial:
    """Sections that tell something."""
    return {name: value for name, value in sections.items() if value is not None and value != type(value)()}
