"""All rules' signatures behind one filter of literals; compiled as a text asks for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, cached_property

import msgspec

from doctor import rules
from doctor.explain.literals import required
from doctor.explain.words import Words
from doctor.model import Severity
from doctor.rules import Rule


class Signature(msgspec.Struct, frozen=True, dict=True):
    """One expression of one rule; `place` counts from 0, the rule's most telling first. Below 0 are those that take
    the rule out of the question.

    A match holds one literal (lower-case UTF-8) of each of `needs`.
    """

    rule: str
    area: str
    severity: Severity
    place: int
    pattern: str
    needs: tuple[tuple[bytes, ...], ...] = ()
    own: bool = False  # it tells something only where the program's own code raised

    @cached_property
    def expression(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    @property
    def anchored(self) -> bool:
        """Whether it asks where a line begins, so that what loggers put there matters."""
        return "^" in self.pattern

    def may_match(self, holds: Callable[[bytes], bool]) -> bool:
        """Whether a stretch of text can hold a match; `holds` tells which literals it holds."""
        return all(any(holds(literal) for literal in choice) for choice in self.needs[1:])


class SignatureIndex(msgspec.Struct, frozen=True, dict=True):
    """Signatures by the literals of their most selective need; `always` holds those that need none."""

    by_literal: dict[bytes, tuple[Signature, ...]]
    always: tuple[Signature, ...]

    @cached_property
    def words(self) -> Words:
        return Words(self.by_literal)


@cache
def index() -> SignatureIndex:
    """The index over every rule; made once a process."""
    by_literal: dict[bytes, tuple[Signature, ...]] = {}
    always: list[Signature] = []
    for signature in signatures():
        if not signature.needs:
            always.append(signature)
        for literal in signature.needs[0] if signature.needs else ():
            by_literal[literal] = (*by_literal.get(literal, ()), signature)
    return SignatureIndex(by_literal, tuple(always))


def signatures() -> tuple[Signature, ...]:
    """Every signature of every rule, and what takes the rule out of the question."""
    return tuple(signature for rule in rules.all_rules() for signature in _of(rule))


def _of(rule: Rule) -> Iterator[Signature]:
    texts = (*rule.unless, *rule.signatures, *(rule.in_own_code or ()))
    for place, text in enumerate(texts, -len(rule.unless)):
        own = place >= len(rule.signatures)
        yield Signature(rule.id, rule.area, rule.severity, place, text, _needs(text), own)


def _needs(pattern: str) -> tuple[tuple[bytes, ...], ...]:
    return tuple(tuple(sorted(literal.encode() for literal in choice)) for choice in required(pattern))
