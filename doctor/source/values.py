"""What an expression may be worth: literals, constants, options, settings, CPU counts, parameters and call chains."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from doctor.source.index import MANY, Binding, SymbolTable
from doctor.source.memo import Memo
from doctor.source.options import option_defaults
from doctor.source.reach import Reach, argument, default_of
from doctor.source.sources import ValueSources
from doctor.source.syntax import Function, spelled
from doctor.source.value import NOTHING, UNKNOWN, Value, bounded, convert, negate, whole

CPU_COUNTS = frozenset(
    {"os.cpu_count", "multiprocessing.cpu_count", "torch.multiprocessing.cpu_count", "os.process_cpu_count"}
    | {"psutil.cpu_count", "os.sched_getaffinity", "joblib.cpu_count", "torch.get_num_threads"}
)
_SAME = frozenset({"int", "round", "abs", "math.floor", "math.ceil", "str", "float"})
_OPERATORS: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
}


class Evaluator:
    """Evaluates expressions of one file without running it."""

    def __init__(self, index: SymbolTable, reach: Reach) -> None:
        self.index = index
        self.reach = reach
        self._sources = ValueSources(index, reach)
        self.sources = self._sources.values_of
        self.value: Memo[Value] = Memo(self._evaluated, UNKNOWN)

    @cached_property
    def options(self) -> dict[str, list[ast.expr]]:
        return option_defaults(self.index)

    def _evaluated(self, expr: ast.AST) -> Value:
        handler = _HANDLERS.get(type(expr))
        return bounded(handler(self, expr)) if handler else UNKNOWN

    def union(self, expressions: Iterable[ast.AST]) -> Value:
        values = [self.value(e) for e in expressions]
        result = values[0] if values else UNKNOWN
        for value in values[1:]:
            result = result | value
        return result

    def constant(self, expr: ast.AST | None) -> Any:
        """The one constant an expression is, or None."""
        if expr is None:
            return None
        value = self.value(expr)
        return next(iter(value.constants)) if len(value.constants) == 1 and not value.unknown else None

    def strings(self, expr: ast.AST | None) -> set[str]:
        """The texts an expression may be."""
        return {c for c in self.value(expr).constants if isinstance(c, str)} if expr is not None else set()

    def name(self, node: ast.Name) -> Value:
        scope = self.index.scope(node)
        owner = self.index.parameter_owner(node.id, scope)
        if owner is not None:
            return self.parameter(owner, node.id)
        bindings = self.index.lookup(node.id, scope)
        return self._bindings(bindings) if bindings else UNKNOWN

    def _bindings(self, bindings: list[Binding]) -> Value:
        result = NOTHING
        for binding in bindings:
            result = result | (self._item_value(binding) if binding.how == "item" else self._bound_value(binding))
        return result

    def _bound_value(self, binding: Binding) -> Value:
        return self.value(binding.value) if binding.how == "value" else UNKNOWN

    def _item_value(self, binding: Binding) -> Value:
        value = binding.value
        if isinstance(value, ast.Tuple | ast.List) and binding.position < len(value.elts):
            return self.value(value.elts[binding.position])
        return UNKNOWN

    def parameter(self, function: Function, name: str) -> Value:
        """A parameter: what the calls in this file give it, else its default, else the option of that name (click)."""
        calls = self.reach.callers.get(function, ())
        given = [a for call in calls if (a := argument(call, function, name)) is not None]
        default = default_of(function, name)
        complete = len(given) == len(calls)
        if given:
            return self.union(given if complete or default is None else [*given, default])
        if default is not None:
            return self.value(default)._replace(origin=f"default of the parameter {name}")
        return self._option(name) if name in self.options else UNKNOWN

    def _option(self, name: str) -> Value:
        value = self.union(self.options[name])
        if value.constants == {None}:
            return UNKNOWN
        return value._replace(
            constants=frozenset(map(whole, value.constants)), origin=f"default of --{name.replace('_', '-')}"
        )

    def attribute(self, node: ast.Attribute) -> Value:
        settings = self._sources.settings(node)
        result = self.union(settings) if settings else None
        if node.attr in self.options and self.index.dotted(node.value) != "self":
            option = self._option(node.attr)
            return option if result is None else option | result
        return UNKNOWN if result is None else result

    def subscript(self, node: ast.Subscript) -> Value:
        key = self._sources.key(node.slice)
        found = self._sources.entries(node.value, key)
        assigned = self.index.items.get(spelled(node.value), [])
        if len(assigned) > MANY:
            return UNKNOWN
        found += [v for t, v in assigned if isinstance(t.slice, ast.Constant) and t.slice.value == key]
        if found:
            return self.union(found)
        return self._option(key) if isinstance(key, str) and key in self.options else UNKNOWN

    def binary(self, node: ast.BinOp) -> Value:
        left, right = self.value(node.left), self.value(node.right)
        compute = _OPERATORS.get(type(node.op))
        found = set()
        for a in left.constants if compute else ():
            for b in right.constants:
                if isinstance(a, int | float) and isinstance(b, int | float) and not (b == 0 and _divides(node.op)):
                    found.add(compute(a, b) if compute else None)
        return Value(frozenset(found), left.unknown or right.unknown, left.cpus or right.cpus, left.origin)

    def call(self, node: ast.Call) -> Value:
        name = self.index.dotted(node.func)
        if name in CPU_COUNTS:
            return Value(cpus=True, origin=f"{name}()")
        if name == "len" and node.args:
            return self._length(node.args[0])
        if name in _SAME and node.args:
            return convert(self.value(node.args[0]), name)
        if name in ("min", "max") and len(node.args) > 1:
            return self._extreme(node, name)
        if isinstance(node.func, ast.Attribute) and node.func.attr in ("get", "setdefault", "getenv", "pop"):
            return self._get_value(node)
        if name == "getattr" and len(node.args) == 3:
            return self.value(node.args[2])
        return self._returned_value(node)

    def _length(self, expr: ast.expr) -> Value:
        inner = self.value(expr)
        if inner.cpus:
            return inner
        for source in self.sources(expr):
            if isinstance(source, ast.List | ast.Tuple):
                return Value(frozenset({len(source.elts)}))
        return UNKNOWN

    def _extreme(self, node: ast.Call, name: str) -> Value:
        values = [self.value(a) for a in node.args]
        numbers = [{c for c in v.constants if isinstance(c, int | float)} for v in values]
        cpus, unknown = any(v.cpus for v in values), any(v.unknown for v in values)
        known = [n for n in numbers if n]
        pick = max if name == "max" else min
        if not known:
            return Value(unknown=unknown, cpus=cpus, origin=values[0].origin)
        bound = pick(pick(n) for n in known)
        if name == "max" and bound <= 0 and (cpus or unknown):
            return Value(unknown=unknown, cpus=cpus, origin=next((v.origin for v in values if v.cpus), ""))
        return Value(frozenset({bound}), unknown and not (name == "min" and bound <= 0))

    def _get_value(self, node: ast.Call) -> Value:
        assert isinstance(node.func, ast.Attribute)
        key = self.constant(node.args[0]) if node.args else None
        found = self._sources.entries(node.func.value, key)
        if found:
            return self.union(found)
        if isinstance(key, str) and key in self.options:
            return self._option(key)
        if len(node.args) > 1:
            return self.value(node.args[1])._replace(origin=f"default of {key!r}")
        return UNKNOWN

    def _returned_value(self, node: ast.Call) -> Value:
        functions = [f for f in self.reach.targets(node) if getattr(f, "name", "") != "__init__"]
        returned = [r for f in functions for r in self.reach.returned(f)]
        return self.union(returned) if returned else UNKNOWN


def _divides(op: ast.operator) -> bool:
    return isinstance(op, ast.Div | ast.FloorDiv)


_HANDLERS: dict[type[ast.AST], Callable[[Evaluator, Any], Value]] = {
    ast.Constant: lambda e, n: Value(frozenset({n.value})),
    ast.Name: Evaluator.name,
    ast.Attribute: Evaluator.attribute,
    ast.Subscript: Evaluator.subscript,
    ast.BinOp: Evaluator.binary,
    ast.Call: Evaluator.call,
    ast.IfExp: lambda e, n: e.union([n.body, n.orelse]),
    ast.BoolOp: lambda e, n: e.union(n.values),
    ast.NamedExpr: lambda e, n: e.value(n.value),
    ast.UnaryOp: lambda e, n: negate(e.value(n.operand), n.op),
}
