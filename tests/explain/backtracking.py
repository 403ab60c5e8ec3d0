"""How much work the worst line of a length can make a regular expression do, read off its parse tree.

An upper bound on the steps of a backtracking engine. What multiplies is choice: a repeat can end in more than one
place only where what follows can begin with what it repeats, and a literal that follows begins only once in its own
period. A repeat of something that can be split in two ways has no bound.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

_parser: Any = re._parser  # type: ignore[attr-defined]
_ALPHABET = frozenset([*map(chr, range(128)), "é", "中"])
_CATEGORIES = {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w"}
_ONE = ("LITERAL", "NOT_LITERAL", "IN", "ANY")
_FAR_ENOUGH = 24  # characters
_LOOKS = ("AT", "ASSERT", "ASSERT_NOT")
Set = frozenset[str]
Nodes = Sequence[tuple[Any, Any]]


class Work(NamedTuple):
    """From one place in a line: the ways through, the steps that trying all of them takes, and how many choices of
    where to go on multiply to that."""

    paths: float
    steps: float
    choices: int = 0


def steps(pattern: str, length: int) -> float:
    """Of a search through the worst line of that length, which is shared by what multiplies."""
    tree = _parser.parse(pattern)
    any_case, nodes = bool(tree.state.flags & re.IGNORECASE), list(tree)
    either = nodes[0][1][1] if len(nodes) == 1 and str(nodes[0][0]) == "BRANCH" else [nodes]
    return length + sum(_alone(list(choice), length, any_case) for choice in either)


def _alone(nodes: Nodes, length: int, any_case: bool) -> float:
    whole = _search(nodes, length, any_case)
    return _search(nodes, length // max(1, whole.choices), any_case).steps


def _search(nodes: Nodes, length: int, any_case: bool) -> Work:
    anchored = bool(nodes) and str(nodes[0][0]) == "AT" and str(nodes[0][1]).startswith("AT_BEGINNING")
    starts = 1 if anchored else length * _density(_heads(nodes, any_case))
    one = _Expression(length, any_case).sequence(nodes, [])
    return Work(one.paths, starts * one.steps, one.choices + (not anchored))


class _Expression:
    def __init__(self, length: int, any_case: bool) -> None:
        self._length, self._any_case = length, any_case

    def sequence(self, nodes: Nodes, after: Nodes) -> Work:
        paths, taken, choices = 1.0, 0.0, 0
        for place, node in enumerate(nodes):
            one = self._node(*node, [*nodes[place + 1 :], *after])
            taken += paths * one.steps
            paths *= one.paths
            choices += one.choices
        return Work(paths, taken, choices)

    def _node(self, kind: Any, value: Any, after: Nodes) -> Work:
        name = str(kind)
        if name.endswith("_REPEAT"):
            return self._repeat(*value, after, keeps=name.startswith("POSSESSIVE"))
        if name == "SUBPATTERN":
            return self.sequence(list(value[3]), after)
        if name == "BRANCH":
            return self._branch([list(choice) for choice in value[1]], after)
        if name in ("ATOMIC_GROUP", "ASSERT", "ASSERT_NOT"):
            inside = value if name == "ATOMIC_GROUP" else value[1]
            return Work(1, self.sequence(list(inside), []).steps)
        return Work(1, 1)

    def _branch(self, choices: list[Nodes], after: Nodes) -> Work:
        """The ways through those choices that one line can begin with."""
        works = [self.sequence(choice, after) for choice in choices]
        heads = [_heads([*choice, *after], self._any_case) for choice in choices]
        paths = max(
            sum(work.paths for work, other in zip(works, heads, strict=True) if _any_meet(head, other))
            for head in heads
        )
        return Work(paths, sum(work.steps for work in works), max(work.choices for work in works))

    def _repeat(self, least: int, most: int, body: Any, after: Nodes, *, keeps: bool) -> Work:
        body, most = list(body), min(most, self._length)
        once = self.sequence(body, [*(body if most > 1 else ()), *after])
        if most > 1 and once.paths > 1:
            return Work(math.inf, math.inf)
        # what follows tells where the repeat has to end, as soon as it holds a character that is never repeated
        taken = _every(body, self._any_case)
        heads = [head for head in _heads(after, self._any_case) if all(one & taken for one in head)]
        open_end = bool(after and heads) and not keeps
        ends = max(1.0, (most - least + 1) * _density(heads)) if open_end else 1.0
        steps = min(most * once.steps, 2 * self._length + most) if once.paths <= 1 else most * once.steps
        return Work(ends * once.paths, steps + 1, once.choices + (ends > 1))


def _meet(one: Sequence[Set], other: Sequence[Set]) -> bool:
    """Whether a line can begin with both."""
    return not any(map(frozenset.isdisjoint, one, other))  # asked millions of times of one with many choices


def _any_meet(some: list[list[Set]], others: list[list[Set]]) -> bool:
    return any(_meet(one, other) for one in some for other in others)


def _density(heads: list[list[Set]]) -> float:
    """In how many of a line's places one of them can begin at most: a word only once in its own period."""
    return min(1.0, sum(1 / _period(head) for head in heads))


def _period(head: list[Set]) -> int:
    """The least distance at which it can begin again."""
    shifts = (n for n in range(1, len(head)) if _meet(head, head[n:]))
    return next(shifts, max(1, len(head)))


def _heads(nodes: Nodes, any_case: bool, room: int = 64) -> list[list[Set]]:
    """What the first characters can be, in each of the ways to go on, up to where that depends on the line."""
    head: list[Set] = []
    for place, (kind, value) in enumerate(nodes):
        name, rest = str(kind), nodes[place + 1 :]
        if len(head) >= _FAR_ENOUGH:
            break
        if name in _ONE:
            head.append(_characters(name, repr(value), any_case))
        elif name not in _LOOKS:
            ways = _ways(name, value, rest)
            if 0 < len(ways) <= room:
                return [[*head, *tail] for way in ways for tail in _heads(way, any_case, room // len(ways))]
            return [[*head, _first(nodes[place:], any_case)]]
    return [head]


def _ways(name: str, value: Any, rest: Nodes) -> list[Nodes]:
    if name == "SUBPATTERN":
        return [[*value[3], *rest]]
    if name == "BRANCH":
        return [[*choice, *rest] for choice in value[1]]
    if name.endswith("_REPEAT") and value[1] == 1:
        return [[*value[2], *rest], rest] if value[0] == 0 else [[*value[2], *rest]]
    return []


def _first(nodes: Nodes, any_case: bool) -> Set:
    """Every character the nodes can begin with; any at all where they can be empty."""
    found: Set = frozenset()
    for place, (kind, value) in enumerate(nodes):
        name, rest = str(kind), nodes[place + 1 :]
        if name in _LOOKS:
            continue
        if name == "BRANCH":
            return found.union(*(_first([*choice, *rest], any_case) for choice in value[1]))
        if name.endswith("_REPEAT"):
            found |= _first(value[2], any_case)
            if value[0]:
                return found
            continue
        if name == "SUBPATTERN":
            return found | _first([*value[3], *rest], any_case)
        return found | (_characters(name, repr(value), any_case) if name in _ONE else _ALPHABET)
    return _ALPHABET


def _every(nodes: Nodes, any_case: bool) -> Set:
    """Every character that occurs in what the nodes match."""
    found: Set = frozenset()
    for kind, value in nodes:
        name = str(kind)
        if name in _ONE:
            found |= _characters(name, repr(value), any_case)
        elif name.endswith("_REPEAT"):
            found |= _every(value[2], any_case)
        elif name == "SUBPATTERN":
            found |= _every(value[3], any_case)
        elif name == "BRANCH":
            found = found.union(*(_every(choice, any_case) for choice in value[1]))
        elif name not in _LOOKS:
            return _ALPHABET
    return found


@cache
def _characters(name: str, shown: str, any_case: bool) -> Set:
    """The characters of the alphabet that a node takes; `shown` is the repr of what the parser says of it."""
    if name == "ANY":
        return _ALPHABET - {"\n"}
    items = [part.strip("() ") for part in re.findall(r"\([^()]*(?:\([^()]*\))?\)", shown)] if name == "IN" else []
    if name != "IN":
        items = [f"LITERAL, {shown}"]
    taken = {c for c in _ALPHABET if any(_takes(item, c, any_case) for item in items)}
    return _ALPHABET - taken if name == "NOT_LITERAL" or items[0].startswith("NEGATE") else frozenset(taken)


def _takes(item: str, character: str, any_case: bool) -> bool:
    kind, *numbers = re.findall(r"\w+", item)
    forms = {character, character.lower(), character.upper()} if any_case else {character}
    if kind == "CATEGORY":
        return bool(re.match(_category(numbers[0]), character))
    bounds = [int(n) for n in numbers if n.isdigit()]
    return bool(bounds) and any(bounds[0] <= ord(form) <= bounds[-1] for form in forms if len(form) == 1)


def _category(name: str) -> str:
    word = name.removeprefix("CATEGORY_").removeprefix("UNI_")
    return _CATEGORIES[word.removeprefix("NOT_")].upper() if word.startswith("NOT_") else _CATEGORIES[word]
