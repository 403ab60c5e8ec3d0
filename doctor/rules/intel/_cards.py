"""Which of Intel's GPUs XPU builds serve."""

from __future__ import annotations

import re

from doctor.facts import Intel

_CARD = re.compile(
    r"\bArc(?:\(TM\))? (?:Pro )?(?:[AB]\d{2,3}\b|[AB]-series)|Data Center GPU (?:Max|Flex)|Ponte Vecchio|\bDG2\b"
    r"|\bBattlemage\b",
    re.I,
)
# the graphics of processors that XPU builds run on, too
_SERVED = re.compile(r"\bArc\b|(?:Meteor|Arrow|Lunar|Panther) Lake", re.I)


def cards(intel: Intel | None) -> list[str]:
    """The GPUs that are cards of their own."""
    return [name for name in intel.gpus if _CARD.search(name)] if intel else []


def served(intel: Intel | None) -> list[str]:
    """The GPUs that XPU builds run on."""
    return [name for name in intel.gpus if _CARD.search(name) or _SERVED.search(name)] if intel else []
