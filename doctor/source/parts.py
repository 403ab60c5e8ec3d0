"""What an object carries with it: the functions, classes and calls that end up inside what a worker is given."""

from __future__ import annotations

import ast
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import TypeGuard

from doctor.source import names
from doctor.source.index import MANY, SymbolTable
from doctor.source.memo import Memo
from doctor.source.reach import Reach, argument, default_of
from doctor.source.syntax import HOLDERS, elements, held_names


class Parts:
    """Follows an expression to what it holds: lambdas, functions, classes, generator expressions and calls."""

    def __init__(self, index: SymbolTable, reach: Reach) -> None:
        self.index = index
        self.reach = reach
        self._known: Memo[list[ast.AST]] = Memo(lambda e: list(dict.fromkeys(islice(self._parts_inside(e), MANY))), [])
        self._stored: dict[ast.ClassDef, dict[str, list[ast.expr]]] = {}
        self._states: dict[ast.ClassDef, list[tuple[ast.Attribute, ast.expr]]] = {}

    def of(self, expr: ast.AST | None) -> list[ast.AST]:
        """Lambda, FunctionDef and ClassDef nodes, calls and generator expressions inside the object; each once."""
        return self._known(expr) if expr is not None else []

    def _parts_inside(self, expr: ast.AST) -> Iterator[ast.AST]:
        if isinstance(expr, ast.Lambda | ast.GeneratorExp):
            yield expr
        elif isinstance(expr, ast.Name):
            yield from self._parts_of_name(expr)
        elif isinstance(expr, ast.Call):
            yield from self._parts_of_call(expr)
        elif isinstance(expr, ast.Attribute):
            yield from self._parts_of_attribute(expr)
        else:
            for child in elements(expr):
                yield from self.of(child)

    def _parts_of_name(self, name: ast.Name) -> Iterator[ast.AST]:
        scope = self.index.scope(name)
        owner = self.index.parameter_owner(name.id, scope)
        if owner is not None:
            for call in self.reach.callers.get(owner, ()):
                yield from self.of(argument(call, owner, name.id))
            yield from self.of(default_of(owner, name.id))
            return
        for binding in self.index.lookup(name.id, scope):
            if binding.how == "value":
                yield from self.of(binding.value)
            elif binding.how == "item":
                yield from self._parts_of_item(binding.value, binding.position)
        for target, value in self._assigned_on.get(name.id, ()):
            if self.index.lookup(name.id, self.index.scope(target)) == self.index.lookup(name.id, scope):
                yield from self.of(value)
        yield from self.definitions(name.id, scope)

    @cached_property
    def _assigned_on(self) -> dict[str, list[tuple[ast.Attribute, ast.expr]]]:
        """Variable -> what is assigned to its attributes: `dataset.transform = …`."""
        found: dict[str, list[tuple[ast.Attribute, ast.expr]]] = defaultdict(list)
        for entries in self.index.attributes.values():
            for target, binding in entries:
                if isinstance(target.value, ast.Name) and target.value.id != "self" and binding.how == "value":
                    found[target.value.id].append((target, binding.value))
        return found

    def definitions(self, name: str, scope: ast.AST) -> list[ast.AST]:
        """Functions and classes of that name that the scope can see."""
        found = [*self.index.functions.get(name, ()), *self.index.classes.get(name, ())]
        visible = self._visible_scopes(scope)
        return [d for d in found if self.index.scope(d) in visible]

    def _visible_scopes(self, scope: ast.AST) -> set[ast.AST]:
        around = {self.index.tree, scope}
        while not isinstance(scope, ast.Module):
            scope = self.index.scope(scope)
            around.add(scope)
        return around

    def _parts_of_item(self, value: ast.expr, position: int) -> Iterator[ast.AST]:
        rows: list[ast.expr] = [value]
        if isinstance(value, ast.Call):
            rows = [r for f in self.reach.targets(value) for r in self.reach.returned(f)] or [value]
        for row in rows:
            exact = isinstance(row, ast.Tuple | ast.List) and position < len(row.elts)
            yield from self.of(row.elts[position] if exact else row)  # type: ignore[attr-defined]

    def _parts_of_call(self, call: ast.Call) -> Iterator[ast.AST]:
        """An instance carries its class and what its constructor keeps; a result what the function returns."""
        yield call
        owner = self.reach.class_named(call.func) if isinstance(call.func, ast.Name) else None
        if owner is not None and isinstance(call.func, ast.Name) and call.func.id != "self":
            yield owner
            yield from self._kept_arguments(call, owner)
            for _, value in self.state(owner):
                yield from self.of(value)
            return
        functions = self.reach.targets(call)
        for function in functions:
            for returned in self.reach.returned(function):
                yield from self.of(returned)
        last = names.last(self.index.dotted(call.func))
        if not functions and (last[:1].isupper() or last in HOLDERS):
            for value in (*call.args, *(k.value for k in call.keywords)):
                yield from self.of(value)
        elif isinstance(
            call.func, ast.Subscript | ast.Call
        ):  # datasets[name](root, transform=…), getattr(datasets, name)(…)
            for keyword in call.keywords:
                yield from self.of(keyword.value)

    def _kept_arguments(self, call: ast.Call, owner: ast.ClassDef) -> Iterator[ast.AST]:
        init = self.reach.method(owner, "__init__")
        if init is None:  # inherited from a class of another file
            for kept in (*call.args, *(k.value for k in call.keywords)):
                yield from self.of(kept)
            return
        for parameter in (*init.args.args[1:], *init.args.kwonlyargs):
            value = argument(call, init, parameter.arg)
            if value is not None and self._stores_parameter(init, parameter.arg):
                yield from self.of(value)

    def _stores_parameter(self, init: ast.FunctionDef | ast.AsyncFunctionDef, parameter: str) -> bool:
        """Whether a constructor stores a parameter on the object or hands it to its base."""
        for node in ast.walk(init):
            values: list[ast.expr] = []
            if isinstance(node, ast.Assign) and any(_is_own_attribute(t) for t in node.targets):
                values = [node.value]
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "__init__":
                values = [*node.args, *(k.value for k in node.keywords)]
            if any(parameter in held_names(v) for v in values):
                return True
        return False

    def _parts_of_attribute(self, expr: ast.Attribute) -> Iterator[ast.AST]:
        owner = self.reach.class_named(expr.value)
        if owner is None:
            if isinstance(expr.value, ast.Name) and expr.value.id in self.index.imports:
                return
            yield from (d for d in self.index.classes.get(expr.attr, ()))
            return
        method = self.reach.method(owner, expr.attr)
        if method is not None:
            yield method
        for _, binding in self.index.attributes_in.get((owner, expr.attr), ()):
            if binding.how == "value":
                yield from self.of(binding.value)

    def state(self, owner: ast.ClassDef) -> list[tuple[ast.Attribute, ast.expr]]:
        """What instances hold once made: the `self.x = …` of `__init__` and of the methods it calls."""
        if owner not in self._states:
            self._states[owner] = list(self._find_state(owner))
        return self._states[owner]

    def stored(self, owner: ast.ClassDef) -> dict[str, list[ast.expr]]:
        """The same by attribute."""
        if owner not in self._stored:
            self._stored[owner] = defaultdict(list)
            for target, value in self.state(owner):
                self._stored[owner][target.attr].append(value)
        return self._stored[owner]

    def _find_state(self, owner: ast.ClassDef) -> Iterator[tuple[ast.Attribute, ast.expr]]:
        if any(isinstance(n, ast.FunctionDef) and n.name in ("__getstate__", "__reduce__") for n in owner.body):
            return
        built_in = self.constructors(owner)
        released = self._released(built_in)
        for function in built_in:
            for target, value in self._own_attributes.get(function, ()):
                if target.lineno >= released.get(target.attr, 0):
                    yield target, value

    @cached_property
    def _own_attributes(self) -> dict[ast.AST | None, list[tuple[ast.Attribute, ast.expr]]]:
        """Function -> the `self.x = …` in it."""
        found: dict[ast.AST | None, list[tuple[ast.Attribute, ast.expr]]] = defaultdict(list)
        for entries in self.index.attributes.values():
            for target, binding in entries:
                if binding.how == "value" and _is_own_attribute(target):
                    found[self.index.function(target)].append((target, binding.value))
        return found

    def constructors(self, owner: ast.ClassDef) -> dict[ast.AST, None]:
        """`__init__` and the methods of the class that it calls."""
        init = next((n for n in owner.body if isinstance(n, ast.FunctionDef) and n.name == "__init__"), None)
        found: dict[ast.AST, None] = {}
        work: list[ast.AST] = [init] if init else []
        while work:
            function = work.pop()
            if function in found:
                continue
            found[function] = None
            calls = [n for n in ast.walk(function) if isinstance(n, ast.Call) and _is_own_attribute(n.func)]
            work += [t for c in calls for t in self.reach.targets(c) if self.index.scope(t) is owner]
        return found

    def _released(self, built_in: Iterable[ast.AST]) -> dict[str, float]:
        """Attributes that the constructor closes, deletes or resets -> the line before which it may have set them."""
        found: dict[str, float] = {}
        for function in built_in:
            for node in ast.walk(function):
                if isinstance(node, ast.Attribute) and node.attr == "close" and _is_own_attribute(node.value):
                    found[node.value.attr] = math.inf
                elif isinstance(node, ast.Delete):
                    found |= {t.attr: math.inf for t in node.targets if _is_own_attribute(t)}
            for target, value in self._own_attributes.get(function, ()):
                if isinstance(value, ast.Constant) and value.value is None:
                    found[target.attr] = max(found.get(target.attr, 0), target.lineno)
        return found


def _is_own_attribute(node: ast.AST) -> TypeGuard[ast.Attribute]:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"
