"""What a rule's function asks for by the names and annotations of its parameters, taken from the facts.

`T` needs a value, `T | None` takes absence, `Reading[T]` gets the reading, `facts` gets all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from doctor.facts import Facts
from doctor.model import Reading, Status
from doctor.remedy import NEEDED
from doctor.rules import Rule
from doctor.rules.api import CannotTell, NotThere, seen

OPTIONAL = "| None"


def arguments(function: Callable[..., Any], facts: Facts) -> dict[str, Any] | NotThere | CannotTell:
    """The arguments for a call, or the answer that stands without one: a thing that this machine is known not to
    have clears a rule about it, and what nobody could look at leaves it open."""
    given: dict[str, Any] = {}
    for name, kind in function.__annotations__.items():
        if name == "return":
            continue
        if name == "facts":
            given[name] = facts
            continue
        reading: Reading[Any] = getattr(facts, name)
        if reading.value is None and is_needed(str(kind)):
            return _without(name, reading)
        given[name] = reading if str(kind).startswith("Reading[") else reading.value
    return given


def fields_of(selected: Iterable[Rule]) -> tuple[str, ...]:
    """The facts that these rules and their remedies ask for: all a `check --only` needs to collect."""
    rules = tuple(selected)
    functions = [f for rule in rules for f in (rule.check, rule.remedies) if f is not None]
    asked = {name for function in functions for name in function.__annotations__ if name != "return"}
    asked |= set(NEEDED) if any(rule.remedies for rule in rules) else set()
    return tuple(Facts.__struct_fields__) if "facts" in asked else tuple(sorted(asked))


def is_needed(kind: str) -> bool:
    """Whether a parameter of this annotation cannot do without a value."""
    return not (kind.startswith("Reading[") or kind.endswith(OPTIONAL))


def _without(name: str, reading: Reading[Any]) -> NotThere | CannotTell:
    if reading.status is Status.ABSENT:
        return NotThere((seen(name, reading.reason or reading.status.value),))
    return CannotTell(f"{name}: {reading.reason or reading.status.value}")
