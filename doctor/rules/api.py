"""What a rule file is written with: the three answers of `check`, and evidence.

return there(seen("torch.version", torch.version, "2.7 or newer"), torch=torch.version)
return not_there("host.os", host.os)                 what was seen that clears the problem
return cannot_tell("nvidia.driver_version")          the fact that is missing
return cannot_tell("error.text")                     the facts show nothing; only an error text could
"""

from __future__ import annotations

import msgspec

from doctor.model import Evidence, Severity


class There(msgspec.Struct, frozen=True):
    """The problem is there; the engine makes a Finding of it.

    `values` fill the rule's MESSAGE (or `message`, another template of the rule); `severity` overrides SEVERITY.
    """

    values: dict[str, str]
    evidence: tuple[Evidence, ...]
    severity: Severity | None = None
    message: str = ""


class NotThere(msgspec.Struct, frozen=True):
    """The problem is not there, or the rule does not apply; `evidence` is what clears it."""

    evidence: tuple[Evidence, ...]


class CannotTell(msgspec.Struct, frozen=True):
    """The facts do not tell; `missing` names the fact that would, with the reason it is not known if there is one."""

    missing: str


Answer = There | NotThere | CannotTell


def there(*evidence: Evidence, severity: Severity | None = None, message: str = "", **values: object) -> There:
    """Say that the problem is there. A finding without evidence is a defect, so at least one is asked for."""
    if not evidence:
        raise ValueError("a finding needs at least one piece of evidence")
    return There({name: str(value) for name, value in values.items()}, evidence, severity, message)


def not_there(fact: str, value: object, needed: object = "") -> NotThere:
    """Say that the problem is not there: `value` was seen at `fact`."""
    return NotThere((seen(fact, value, needed),))


def cannot_tell(fact: str) -> CannotTell:
    """Say that it cannot be told without `fact` (a path in Facts, "nvidia.driver_version")."""
    return CannotTell(fact)


def seen(fact: str, value: object, needed: object = "") -> Evidence:
    """One piece of evidence: `fact` is the path in Facts ("nvidia.driver_version")."""
    return Evidence(fact, str(value), str(needed))
