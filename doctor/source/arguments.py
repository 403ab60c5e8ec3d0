"""The arguments of a loader call, `**settings` opened as far as the file shows what is in them."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from doctor.source import names
from doctor.source.index import MANY, SymbolTable
from doctor.source.syntax import FUNCTIONS
from doctor.source.values import Evaluator


class Arguments(NamedTuple):
    """`given`: argument -> what it may be; `optional`: those not always given; `open`: more come from out of sight.

    `mixed`: those out of alternative dicts, which need not go together with each other.
    """

    given: dict[str, list[ast.expr]]
    optional: frozenset[str]
    open: bool
    mixed: frozenset[str] = frozenset()


def collect_arguments(
    calls: list[ast.Call], kind: str, index: SymbolTable, evaluator: Evaluator, updates: dict[str, list[ast.expr]]
) -> Arguments:
    """Arguments of a call, or of `functools.partial` and the call of its result, the later ones winning."""
    given: dict[str, list[ast.expr]] = {}
    optional: set[str] = set()
    open_ended = False
    mixed: set[str] = set()
    for call in calls:
        given.update({name: [value] for name, value in _positional(call, calls, kind)})
        for keyword in call.keywords:
            if keyword.arg:
                given[_canonical_name(keyword.arg, kind)] = [keyword.value]
                continue
            dicts = list(_dicts(keyword.value, index, evaluator, updates))
            open_ended = open_ended or not dicts
            found, sometimes = _merge_alternatives(dicts)
            optional |= {name for name in sometimes if name not in given}
            if sum(how == "one" for how, _ in dicts) > 1:
                mixed |= {name for name in found if name not in given}
            given.update({name: values for name, values in found.items() if name not in given})
        open_ended = open_ended or any(isinstance(a, ast.Starred) for a in call.args)
    return Arguments(given, frozenset(optional), open_ended, frozenset(mixed))


def _positional(call: ast.Call, calls: list[ast.Call], kind: str) -> Iterator[tuple[str, ast.expr]]:
    arguments = call.args[1:] if len(calls) > 1 and call is calls[0] else call.args
    if kind == "subclass" and arguments and isinstance(arguments[0], ast.Name) and arguments[0].id == "self":
        arguments = arguments[1:]
    count = len(names.POSITIONAL) if kind in ("torch", "subclass") else {"wrapper": 1}.get(kind, 0)
    for name, value in zip(names.POSITIONAL[:count], arguments, strict=False):
        if isinstance(value, ast.Starred):
            return
        yield name, value


def _canonical_name(name: str, kind: str) -> str:
    if kind == "trainer":
        return next((ours for ours, theirs in names.HUGGING_FACE.items() if theirs == name), name)
    return "num_workers" if kind == "foreign" and name in names.WORKER_WORDS else name


def _dicts(
    expr: ast.expr, index: SymbolTable, evaluator: Evaluator, updates: dict[str, list[ast.expr]]
) -> Iterator[tuple[str, dict[str, ast.expr]]]:
    """What `**expr` may hold: ("one", …) for alternatives of the dict, ("more", …) for what is added to it later."""
    added = index.items.get(expr.id, []) if isinstance(expr, ast.Name) else []
    updated = updates.get(expr.id, []) if isinstance(expr, ast.Name) else []
    for source in evaluator.sources(expr) if len(added) + len(updated) <= MANY else ():
        entries = _entries(source)
        if entries is not None:
            yield "one", entries
    if not isinstance(expr, ast.Name) or len(added) + len(updated) > MANY:
        return
    for update in updated:
        for source in evaluator.sources(update):
            yield "more", _entries(source) or {}
    for target, value in added:
        if isinstance(target.slice, ast.Constant) and isinstance(target.slice.value, str):
            yield "more", {target.slice.value: value}
    yield from _from_callers(expr, index, evaluator)


def _entries(source: ast.expr) -> dict[str, ast.expr] | None:
    if isinstance(source, ast.Dict):
        pairs = zip(source.keys, source.values, strict=True)
        return {k.value: v for k, v in pairs if isinstance(k, ast.Constant) and isinstance(k.value, str)}
    if isinstance(source, ast.Call) and source.keywords:
        return {k.arg: k.value for k in source.keywords if k.arg}
    return None


def _from_callers(
    expr: ast.Name, index: SymbolTable, evaluator: Evaluator
) -> Iterator[tuple[str, dict[str, ast.expr]]]:
    """`**kwargs` of the function around: the extra keywords its callers give."""
    function = index.parameter_owner(expr.id, index.scope(expr))
    if not isinstance(function, FUNCTIONS) or function.args.kwarg is None or function.args.kwarg.arg != expr.id:
        return
    own = {a.arg for a in (*function.args.args, *function.args.kwonlyargs)}
    for call in evaluator.reach.callers.get(function, ()):
        yield "one", {k.arg: k.value for k in call.keywords if k.arg and k.arg not in own}


def _merge_alternatives(dicts: list[tuple[str, dict[str, ast.expr]]]) -> tuple[dict[str, list[ast.expr]], set[str]]:
    """All values by name, and the names that some alternative lacks."""
    merged: dict[str, list[ast.expr]] = defaultdict(list)
    alternatives = [entries for how, entries in dicts if how == "one"]
    for _, entries in dicts:
        for name, value in entries.items():
            merged[name].append(value)
    return merged, {name for name in merged if not all(name in entries for entries in alternatives)}
