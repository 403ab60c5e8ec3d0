"""Literals that a regular expression cannot match without: a fast filter before the expression itself runs.

Read off the expression's text: Python's own parser takes a second for as many expressions as there are signatures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_MIN_LENGTH = 3
_COMMON = frozenset({"torch", "cuda", "error", "errors", "warning", "device", "driver", "python", "loss", "only"})
_CHARACTER = r"(?:[^\\()\[|.*+?{^$]|\\[^A-Za-z\d]|\{(?!\d*,?\d*\}))"
_TOKEN = re.compile(
    rf"(?P<letters>{_CHARACTER}+(?![*+?{{])|{_CHARACTER})"
    r"|(?P<varying>\[\^?\]?(?:\\.|[^\]\\])*\]|\\[^AbBZ]|\.|\(\?P=\w+\))"
    r"|(?P<nothing>\(\?[a-zA-Z]+\)|\(\?#[^)]*\)|[$^]|\\[AbBZ])"
    r"|(?P<look>\(\?<?[=!])"
    r"|(?P<inline>\(\?:)"
    r"|(?P<open>\((?:\?(?:P<\w+>|[a-zA-Z-]+:|>))?)"
    r"|(?P<close>\))"
    r"|(?P<either>\|)"
    r"|(?P<repeat>(?:[*+?]|\{\d*,?\d*\})[?+]?)",
    re.DOTALL,
)

_OPTIONAL = re.compile(r"[*?]|\{0*,|\{0+\}")
_ESCAPED = re.compile(r"\\(.)")

Choice = frozenset[str]  # one of these occurs in every match
_Node = str | list["_Node"] | tuple[Choice, ...]  # letters, a group that letters run through, what interrupts them


def required(pattern: str) -> tuple[Choice, ...]:
    """What every match holds: of each choice at least one lower-case literal; the most selective choice first."""
    usable = {c for c in _choices(_group(_TOKEN.finditer(pattern))) if min(map(len, c)) >= _MIN_LENGTH}
    return tuple(sorted(usable, key=_selectivity, reverse=True))


def _best(choices: Iterable[Choice]) -> Choice | None:
    """The most selective choice: its shortest literal is the longest."""
    usable = [c for c in choices if min(map(len, c)) >= _MIN_LENGTH]
    return max(usable, key=_selectivity, default=None)


def _selectivity(choice: Choice) -> tuple[int, int, list[str]]:
    return min(map(_telling, choice)), -len(choice), sorted(choice)


def _telling(literal: str) -> int:
    """How much it narrows a search: a word of every training log hardly does, however long."""
    return 0 if literal.strip(" :") in _COMMON else len(literal)


def _group(tokens: Iterator[re.Match[str]]) -> list[_Node]:
    """The nodes of a group, up to where it is closed."""
    branches: list[list[_Node]] = [[]]
    for token in tokens:
        kind, nodes = token.lastgroup, branches[-1]
        if kind == "close":
            break
        if kind == "either":
            branches.append([])
        elif kind == "repeat":
            repeated = nodes.pop()
            nodes.append(() if _OPTIONAL.match(token[0]) else tuple(_choices([repeated])))
        elif kind != "nothing":
            nodes.append(_node(token, tokens))
    return branches[0] if len(branches) == 1 else _branch([list(_flat(branch)) for branch in branches])


def _node(token: re.Match[str], tokens: Iterator[re.Match[str]]) -> _Node:
    if token.lastgroup == "letters":
        return _ESCAPED.sub(r"\1", token[0]) if "\\" in token[0] else token[0]
    if token.lastgroup == "varying":
        return ()
    inner = _group(tokens)
    if token.lastgroup == "inline":
        return inner
    return tuple(_choices(inner)) if token.lastgroup == "open" else ()


def _branch(branches: list[list[_Node]]) -> list[_Node]:
    """What the branches begin with, and one choice of all of them."""
    heads = [branch[0] if branch and isinstance(branch[0], str) else "" for branch in branches]
    first, last = min(heads), max(heads)
    common = next((first[:at] for at, letter in enumerate(first) if not last.startswith(letter, at)), first)
    rests = [
        [head[len(common) :], *branch[1:]] if head else branch for head, branch in zip(heads, branches, strict=True)
    ]
    best = [_best(_choices(rest)) for rest in rests]
    known = [choice for choice in best if choice is not None]
    return [common, (frozenset().union(*known),) if len(known) == len(best) else ()]


def _choices(nodes: list[_Node]) -> list[Choice]:
    found: list[Choice] = []
    for node in _flat(nodes):
        found += [frozenset({_lower(node)})] if isinstance(node, str) else node
    return found


def _lower(text: str) -> str:
    return text.encode().lower().decode()  # the letters of ASCII alone


def _flat(nodes: Iterable[_Node]) -> Iterator[str | tuple[Choice, ...]]:
    """The nodes with groups opened and letters that follow each other joined."""
    run = ""
    for node in _opened(nodes):
        if isinstance(node, str):
            run += node
            continue
        if run:
            yield run
        run = ""
        yield node
    if run:
        yield run


def _opened(nodes: Iterable[_Node]) -> Iterator[str | tuple[Choice, ...]]:
    for node in nodes:
        if isinstance(node, list):
            yield from _opened(node)
        else:
            yield node
