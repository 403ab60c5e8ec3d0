"""Regular expressions of doctor/ against lines that make them try again at every character.

All that there are: literals in its source, what its modules hold compiled or yet to be compiled, what rules, formats
and the atlas declare. Each searches runs of one character, and runs of what it begins with, and of each of its parts
that repeats behind what stands before it: what repeats in an expression meets as much as it can take, and then nothing
that could follow.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import doctor
from doctor import rules
from doctor.explain import messages
from doctor.intake.formats import FORMATS
from doctor.privacy.lazily import _Lazy
from tests.growth.exemplars import beginnings

ROOT = Path(doctor.__file__).parent
LENGTHS = (16, 20, 24, 28, 32, 64, 125, 250, 500, 1000, 2000, 4000)  # up to where the work is noticed, so that all ends
_STEP = 4
QUADRATIC = 8.0  # 4 is linear, 16 quadratic
_CALLS = ("compile", "search", "match", "fullmatch", "sub", "subn", "finditer", "findall", "split")
_CHARACTERS = "\n \t\raA0._-:/=\"'[](){}<>|,;*#\\x@+%$~–中"
_BUSY_S = 0.004
_SEEDS = 3  # of which alternative of an expression is taken
_ELSEWHERE = ("doctor.target.inside.", "doctor.probes._nvidia_child.", "doctor.__main__", "doctor.bootstrap.__main__")


# where the work of some is bounded all the same: by what they are given
BOUNDS = {
    "rule ": "windows of 1,500 bytes to each side of a hit (explain/block.py)",
    "the atlas": "lines of 2,000 characters (explain/outline.py), gaps of 300",
    "explain/gist.py": "lines of 2,000 characters (explain/outline.py)",
    "explain/literals.py": "expressions of our own",
    "intake/formats/fetch.py": "lines of 300 characters",
    "intake/formats/inxi.py": "lines of 300 characters",
    "mirrors/probe/scan.py": "the first bytes of a page",
    "privacy/network.py": "64 characters before a number",
    "privacy/named_secrets.py": "48 characters before a name",
    "probes/_shadowing.py": "names of files",
    "probes/environments.py": "names of folders",
    "bootstrap/machine.py": "the line of a driver",
    "cli/explain.py": "words of less than 1,000 characters",
}


class Expression(NamedTuple):
    where: str
    pattern: str | bytes
    flags: int
    how: str = "search"  # or "match", "fullmatch"


@cache
def expressions() -> tuple[Expression, ...]:
    found = [one for path in sorted(ROOT.rglob("*.py")) for one in _of_source(path)]
    found += [one for module in _modules() for one in _of_module(module)]
    found += _declared()
    return tuple({(one.pattern, one.flags & ~re.UNICODE, one.how): one for one in reversed(found)}.values())


def _of_source(path: Path) -> Iterator[Expression]:
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
            used = {node.func.attr} if node.func.attr != "compile" else _uses(name, source)
            yield Expression(where, pattern, _flags(node), _how(used))


def _flags(call: ast.Call) -> int:
    names = {n.attr for n in ast.walk(call) if isinstance(n, ast.Attribute)}
    return sum({int(getattr(re, name)) for name in names if name.isupper() and hasattr(re, name)})


def _uses(name: str, source: str) -> set[str]:
    """What is done with an expression of that name; "search" where that cannot be seen."""
    return (set(re.findall(rf"\b{name}\.(\w+)", source)) if name else set()) or {"search"}


def _how(used: set[str]) -> str:
    """The one that tries most. What is looked for at every place does the work of one that begins there as well; one
    that has to end with the text tries what one that only begins with it does not."""
    if not used <= {"match", "fullmatch"}:
        return "search"
    return "fullmatch" if "fullmatch" in used else "match"


def _modules() -> Iterator[Any]:
    for found in pkgutil.walk_packages(doctor.__path__, "doctor."):
        if not found.name.startswith(_ELSEWHERE):
            yield importlib.import_module(found.name)


def _of_module(module: Any) -> Iterator[Expression]:
    where = Path(module.__file__)
    source = where.read_text(encoding="utf-8")
    for name, value in vars(module).items():
        for one in _held(value):
            pattern, flags = (one._expression, one._flags) if isinstance(one, _Lazy) else (one.pattern, one.flags)
            used = _uses(name if value is one else "", source)
            yield Expression(where.relative_to(ROOT).as_posix(), pattern, flags, _how(used))


def _held(value: Any) -> Iterator[Any]:
    if isinstance(value, re.Pattern | _Lazy):
        yield value
    elif isinstance(value, list | tuple | set | frozenset):
        yield from (one for part in value for one in _held(part))
    elif isinstance(value, dict):
        yield from _held([*value.values()])


def _declared() -> Iterator[Expression]:
    for rule in rules.all_rules():
        yield from _of_texts(f"rule {rule.id}", (*rule.signatures, *rule.unless, *(rule.in_own_code or ())))
    for one in FORMATS:
        yield from _of_texts(one.__name__, (one.OPENS,))
        yield from _of_texts(one.__name__, one.LEFT_OUT, "match")
    yield from _of_texts("the atlas", (text.pattern for text in messages._texts()))


def _of_texts(where: str, patterns: Iterable[str], how: str = "search") -> Iterator[Expression]:
    return (Expression(where, pattern, 0, how) for pattern in patterns if pattern)


def attacks(one: Expression) -> Iterator[tuple[str, str]]:
    """What stands first, and what follows it again and again."""
    text = one.pattern if isinstance(one.pattern, str) else one.pattern.decode("latin-1")
    yield from (("", character) for character in _CHARACTERS)
    tried = set[tuple[str, str]]()
    for seed in range(_SEEDS):
        for before, repeated in beginnings(text, one.flags & ~re.UNICODE, seed):
            tried |= {("", before), ("", before + repeated), (before, repeated)}
    yield from sorted(pair for pair in tried if pair[1])


def seconds(compiled: re.Pattern[Any], before: str, body: str, length: int, *, how: str) -> float:
    text = before + body * (length // len(body)) + "\0"
    given = text.encode("latin-1", "replace") if isinstance(compiled.pattern, bytes) else text
    look = getattr(compiled, how)
    start = time.thread_time()
    look(given)
    return time.thread_time() - start


def worst(one: Expression) -> tuple[float, str]:
    """How many times the work of four times the length takes, where it takes any time at all, and over what."""
    took = partial(seconds, re.compile(one.pattern, one.flags), how=one.how)
    for before, body in attacks(one):
        busy = next((length for length in LENGTHS if took(before, body, length) > _BUSY_S), None)
        if busy:
            times = min(took(before, body, busy) / max(took(before, body, busy // _STEP), 1e-9) for _ in range(2))
            if times > QUADRATIC:
                return times, before + body
    return 1.0, ""


def bound(one: Expression) -> str:
    """What bounds the work of this one, "" where nothing does."""
    return next((why for where, why in BOUNDS.items() if one.where.startswith(where)), "")
