"""Regular expressions of doctor/ against lines that make them try again at every character.

All that stand in its source, compiled or not. Each searches runs of one character, and of the words that it is made
of, alone and behind each of its words: what repeats in an expression meets as much as it can take, and then nothing
that could follow.
"""

from __future__ import annotations

import ast
import re
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import doctor

ROOT = Path(doctor.__file__).parent
SHORT, LONG = 1000, 4000
QUADRATIC = 8.0  # 4 is linear, 16 quadratic
_CALLS = ("compile", "search", "match", "fullmatch", "sub", "subn", "finditer", "findall", "split")
_CHARACTERS = "\n \t\raA0._-:/=\"'[](){}<>|,;*#\\x@+%$~–中"
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]{2,20}")
_BUSY_S = 0.004


class Expression(NamedTuple):
    where: str
    pattern: str | bytes
    flags: int
    anywhere: bool  # looked for at every place, not only where something begins


def expressions(room: str = "") -> list[Expression]:
    """Of one room or of all: those that are written as one literal; what is put together is in the tests of its room."""
    return [one for path in sorted((ROOT / room).rglob("*.py")) for one in _of(path)]


def _of(path: Path) -> Iterator[Expression]:
    where, source = path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    names = {node.value: node.targets[0] for node in ast.walk(tree) if isinstance(node, ast.Assign)}
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CALLS):
            continue
        if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.args):
            continue
        pattern = node.args[0].value if isinstance(node.args[0], ast.Constant) else None
        if isinstance(pattern, str | bytes):
            name = getattr(names.get(node), "id", "") if node.func.attr == "compile" else ""
            used = re.findall(rf"\b{name}\.(\w+)\(", source) if name else [node.func.attr]
            at_beginning = {*used} <= {"match", "fullmatch"} and bool(used)
            yield Expression(where, pattern, _flags(node), not at_beginning)


def _flags(call: ast.Call) -> int:
    names = {n.attr for n in ast.walk(call) if isinstance(n, ast.Attribute)}
    return sum({int(getattr(re, name)) for name in names if name.isupper() and hasattr(re, name)})


def attacks(one: Expression) -> Iterator[str]:
    text = one.pattern if isinstance(one.pattern, str) else one.pattern.decode("latin-1")
    words = list(dict.fromkeys(_WORD.findall(text)))[:8]
    for before in ("", *words[:1]):
        yield from (before + character for character in _CHARACTERS)
    yield from (f"\n{word} " for word in words)
    yield from words


def seconds(compiled: re.Pattern[Any], unit: str, length: int, *, anywhere: bool) -> float:
    """Of a search; of a unit that is no word its last character repeats."""
    body = unit if unit.strip().isalnum() else unit[-1]
    text = unit + body * (length // len(body)) + "\0"
    start = time.thread_time()
    look = compiled.search if anywhere else compiled.match
    look(text.encode() if isinstance(compiled.pattern, bytes) else text)
    return time.thread_time() - start


def worst(one: Expression) -> tuple[float, str]:
    """How many times the work of four times the length takes, where it takes any time at all, and for which unit."""
    took = partial(seconds, re.compile(one.pattern, one.flags), anywhere=one.anywhere)
    for unit in attacks(one):
        if took(unit, LONG) > _BUSY_S:
            times = min(took(unit, LONG) / max(took(unit, SHORT), 1e-9) for _ in range(2))
            if times > QUADRATIC:
                return times, unit
    return 1.0, ""
