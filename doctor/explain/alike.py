"""Which rules a text is most like, where none of their signatures is in it. A hint for people, never a finding.

Words that the text's last lines share with a rule's title, page and signatures, the rarer a word the more it counts.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cache

from doctor import rules
from doctor.explain.reading import Reading
from doctor.explain.signatures import index

MAX_ALIKE = 3
LEAST = 0.22  # of the likeness that a text has to itself; found with texts that no rule is for
_LINES = 30
_SHARED = 3  # words at least
_WORD = re.compile(r"[a-z][a-z0-9_+]{2,}|[\u4e00-\u9fff]{2}")


def alike(reading: Reading) -> tuple[str, ...]:
    """Rules, the most alike first; none where none comes near."""
    weights = _weights()
    asked = {word: weights[word] for word in _words(_telling(reading)) if word in weights}
    size = math.sqrt(sum(weight**2 for weight in asked.values()))
    if not size:
        return ()
    near = {
        rule: sum(weight * known.get(word, 0.0) for word, weight in asked.items()) / size
        for rule, known in _documents().items()
    }
    best = sorted(near, key=lambda rule: -near[rule])[:MAX_ALIKE]
    return tuple(rule for rule in best if near[rule] >= LEAST and len(asked.keys() & _documents()[rule]) >= _SHARED)


def _telling(reading: Reading) -> str:
    """The last exception's line, and the lines that lead to it."""
    number, exception = reading.exception
    lines = [text for at, text in reading.lines if not number or number - _LINES < at <= number + 2]
    return " ".join([exception, exception, *lines[-_LINES:]])


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.lower()))


@cache
def _counted() -> dict[str, Counter[str]]:
    asked_for: dict[str, set[bytes]] = {}  # literals of the signatures, by rule; of the others no error text speaks
    for signatures in index().by_literal.values():
        for one in signatures:
            asked_for.setdefault(one.rule, set()).update(literal for choice in one.needs for literal in choice)
    return {rule: _words(_page(rule) + b" ".join(literals).decode()) for rule, literals in asked_for.items()}


def _page(rule_id: str) -> str:
    rule = rules.load(rule_id)
    return f"{rule.title} {rule.title} {rule.doc} "


@cache
def _weights() -> dict[str, float]:
    """How much a word tells: little where many rules have it."""
    holding = Counter(word for counted in _counted().values() for word in counted)
    return {word: math.log(len(_counted()) / count) for word, count in holding.items()}


@cache
def _documents() -> dict[str, dict[str, float]]:
    """Each rule's words, weighed, as a vector of length 1."""
    weights = _weights()
    found = {}
    for rule, counted in _counted().items():
        vector = {word: (1 + math.log(count)) * weights[word] for word, count in counted.items()}
        size = math.sqrt(sum(weight**2 for weight in vector.values())) or 1.0
        found[rule] = {word: weight / size for word, weight in vector.items()}
    return found
