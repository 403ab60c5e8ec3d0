"""Where a value comes from: the expressions behind names, choices, dict entries, settings objects and parameters."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from doctor.source.index import SymbolTable
from doctor.source.memo import Memo
from doctor.source.reach import Reach, argument


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
        bound = self.index.attributes.get(node.attr, ())
        found = [b.value for t, b in bound if b.how == "value" and self._same_object(t, node)]
        owner = self.reach.class_named(node.value)
        if owner is not None:
            found += [b.value for b in self.index.bound.get((owner, node.attr), ())]
        if isinstance(node.value, ast.Name):
            for binding in self.index.lookup(node.value.id, self.index.scope(node)):
                if isinstance(binding.value, ast.Call | ast.Dict):
                    found += self._values_at(binding.value, node.attr)
        return found

    def _same_object(self, target: ast.Attribute, node: ast.Attribute) -> bool:
        """Whether an assignment's attribute is that of the same object, by class or by name."""
        owner = self.reach.class_named(node.value)
        target_owner = self.index.class_of(target) if self._is_self(target.value) else None
        if owner is not None and target_owner is not None:
            return target_owner is owner
        same_name = self.index.dotted(target.value) == self.index.dotted(node.value) != ""
        return same_name and (owner is None or target_owner is None) and not self._is_self(node.value)

    @staticmethod
    def _is_self(expr: ast.expr) -> bool:
        return isinstance(expr, ast.Name) and expr.id == "self"
