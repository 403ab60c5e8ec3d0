"""All rules' signatures, compiled, behind one filter of literals."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from doctor import rules
from doctor.explain.literals import required
from doctor.model import Severity


class Signature(msgspec.Struct, frozen=True):
    """One expression of one rule; `place` counts from 0, the rule's most telling first."""

    rule: str
    severity: Severity
    place: int
    expression: re.Pattern[str]


class Index(msgspec.Struct, frozen=True):
    """Signatures by the literals (lower-case UTF-8) that they need; `always` holds those that need none."""

    by_literal: dict[bytes, tuple[Signature, ...]]
    always: tuple[Signature, ...]


@cache
def index() -> Index:
    """The index over every rule; made once a process."""
    by_literal: dict[bytes, tuple[Signature, ...]] = {}
    always: list[Signature] = []
    for signature in signatures():
        choice = required(signature.expression.pattern)
        if choice is None:
            always.append(signature)
        for literal in choice or ():
            key = literal.encode()
            by_literal[key] = (*by_literal.get(key, ()), signature)
    return Index(by_literal, tuple(always))


def signatures() -> tuple[Signature, ...]:
    """Every signature of every rule."""
    return tuple(
        Signature(rule.id, rule.severity, place, re.compile(text))
        for rule in rules.all_rules()
        for place, text in enumerate(rule.signatures)
    )
