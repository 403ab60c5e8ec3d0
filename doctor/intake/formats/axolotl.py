"""Axolotl's banner: the versions that it depends on, torch's among them."""

from __future__ import annotations

from collections.abc import Sequence

from doctor.intake import console
from doctor.intake.merge import Partial
from doctor.intake.witness import Witness

TITLE = "Axolotl's banner"
WITNESS = Witness.PROGRAM
OPENS = ""
_PACKAGES = ("accelerate", "peft", "transformers", "trl", "bitsandbytes")
LEFT_OUT = (rf"Axolotl Dependency Versions|(?:{'|'.join(_PACKAGES)}): N/A$|$",)
_FORMS = (r"torch: (?P<torch>\d\S+)", *(rf"{name}: (?P<package_{name}>\d\S*)" for name in _PACKAGES))


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    return console.read(lines, "Axolotl Dependency Versions", _FORMS, LEFT_OUT)
