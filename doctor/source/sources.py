"""Where a value comes from: the expressions behind names, choices, dict entries, settings objects and parameters."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from doctor.source.index import MANY, Binding, SymbolTable
from doctor.source.memo import Memo
from doctor.source.reach import Reach, argument
from doctor.source.syntax import spelled


class ValueSources:
    def __init__(self, index: SymbolTable, reach: Reach) -> None:
        self.index = index
        self.reach = reach
        self._of: Memo[list[ast.expr]] = Memo(lambda e: list(self._find_values(e)), [])

    def values_of(self, expr: ast.expr) -> list[ast.expr]:
        """The expressions an expression may stand for, names, choices and settings seen through."""
        return self._of(expr)

    def _find_values(self, expr: ast.AST) -> Iterator[ast.expr]:
        if isinstance(expr, ast.IfExp):
            yield from self.values_of(expr.body)
            yield from self.values_of(expr.orelse)
        elif isinstance(expr, ast.Name):
            yield from self._values_of_name(expr)
        elif isinstance(expr, ast.Subscript):
            for entry in self.entries(expr.value, self.key(expr.slice)):
                yield from self.values_of(entry)
        elif isinstance(expr, ast.Attribute):
            for entry in self.settings(expr):
                yield from self.values_of(entry)
        elif isinstance(expr, ast.expr):
            yield expr

    def _values_of_name(self, name: ast.Name) -> Iterator[ast.expr]:
        scope = self.index.scope(name)
        owner = self.index.parameter_owner(name.id, scope)
        if owner is None:
            values = [b.value for b in self.index.lookup(name.id, scope) if b.how == "value"]
        else:
            values = [a for c in self.reach.callers.get(owner, ()) if (a := argument(c, owner, name.id)) is not None]
        for value in values:
            yield from self.values_of(value)

    def key(self, expr: ast.expr) -> Any:
        """A literal key, or the literal that a name stands for; None for anything else."""
        found = [expr] if isinstance(expr, ast.Constant) else self.values_of(expr) if isinstance(expr, ast.Name) else []
        return found[0].value if len(found) == 1 and isinstance(found[0], ast.Constant) else None

    def entries(self, base: ast.expr, key: Any) -> list[ast.expr]:
        """The values that a dict, list or namespace expression holds at a key."""
        if not isinstance(key, str | int):
            return []
        return [value for source in self.values_of(base) for value in self._values_at(source, key)]

    def _values_at(self, source: ast.expr, key: str | int) -> Iterator[ast.expr]:
        if isinstance(source, ast.Dict):
            for name, value in zip(source.keys, source.values, strict=True):
                if name is None:
                    yield from self.entries(value, key)
                elif isinstance(name, ast.Constant) and name.value == key:
                    yield value
        elif isinstance(source, ast.Call):  # Namespace(key=…), dict(key=…), EasyDict({…})
            yield from (k.value for k in source.keywords if k.arg == key)
            for inner in source.args[:1]:
                yield from self._values_at(inner, key) if isinstance(inner, ast.Dict) else ()
        elif isinstance(source, ast.List | ast.Tuple) and isinstance(key, int) and key < len(source.elts):
            yield source.elts[key]

    def settings(self, node: ast.Attribute) -> list[ast.expr]:
        """Values of `x.attr` that this file shows: assignments, class attributes, entries of what `x` is made of."""
        owner = self.reach.class_named(node.value)
        found = [b.value for b in self._assigned(node, owner) if b.how == "value"]
        if owner is not None:
            found += [b.value for b in self.index.bound.get((owner, node.attr), ())]
        if isinstance(node.value, ast.Name):
            for binding in self.index.lookup(node.value.id, self.index.scope(node)):
                if isinstance(binding.value, ast.Call | ast.Dict):
                    found += self._values_at(binding.value, node.attr)
        return found

    def _assigned(self, node: ast.Attribute, owner: ast.ClassDef | None) -> list[Binding]:
        """What is assigned to the attribute of the same object, by class or by name."""
        own = self.index.attributes_in.get((owner, node.attr), ()) if owner is not None else ()
        found = [binding for target, binding in own if self._is_self(target.value)]
        name = "" if self._is_self(node.value) else spelled(node.value)
        return found + (self._by_name.get((name, node.attr), []) if name else [])

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], list[Binding]]:
        """("model", "loader") -> what is assigned to model.loader."""
        found: dict[tuple[str, str], list[Binding]] = defaultdict(list)
        for attribute, entries in self.index.attributes.items():
            for target, binding in entries:
                known = found[spelled(target.value), attribute]
                if len(known) < MANY:
                    known.append(binding)
        return found

    @staticmethod
    def _is_self(expr: ast.expr) -> bool:
        return isinstance(expr, ast.Name) and expr.id == "self"
