"""What a rule file is written with: `hit(...)` and the names of everything it may ask for."""

from __future__ import annotations

import msgspec

from doctor.model import Evidence, Severity


class Hit(msgspec.Struct, frozen=True):
    """A rule's own answer; the engine makes a Finding of it.

    `values` fill the rule's MESSAGE (or `message`, another template of the rule); `severity` overrides SEVERITY.
    """

    values: dict[str, str]
    evidence: tuple[Evidence, ...]
    severity: Severity | None = None
    message: str = ""


def hit(*evidence: Evidence, severity: Severity | None = None, message: str = "", **values: object) -> Hit:
    """Say that the problem is there. A finding without evidence is a defect, so at least one is asked for."""
    if not evidence:
        raise ValueError("a finding needs at least one piece of evidence")
    return Hit({name: str(value) for name, value in values.items()}, evidence, severity, message)


def seen(fact: str, value: object, needed: object = "") -> Evidence:
    """One piece of evidence: `fact` is the path in Facts ("nvidia.driver_version")."""
    return Evidence(fact, str(value), str(needed))
