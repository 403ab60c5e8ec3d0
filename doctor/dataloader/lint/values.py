"""What an expression may be worth: literals, constants, options, settings, CPU counts, parameters and call chains."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any, NamedTuple

from doctor.dataloader.lint.index import FUNCTIONS, Binding, Function, Index
from doctor.dataloader.lint.options import keywords, option_defaults
from doctor.dataloader.lint.reach import Reach

DEPTH = 12
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


class Value(NamedTuple):
    """The constants an expression may be, and whether it may also be something unresolved.

    `cpus`: it comes from the number of CPUs, so it is positive; `origin` says where it was found: "default of --workers".
    """

    constants: frozenset[Any] = frozenset()
    unknown: bool = False
    cpus: bool = False
    origin: str = ""

    def __or__(self, other: Any) -> Value:
        return Value(
            self.constants | other.constants,
            self.unknown or other.unknown,
            self.cpus or other.cpus,
            self.origin or other.origin,
        )


UNKNOWN = Value(unknown=True)
NOTHING = Value()


class Evaluator:
    """Evaluates expressions of one file without running it."""

    def __init__(self, index: Index, reach: Reach) -> None:
        self.index = index
        self.reach = reach
        self._active: set[ast.AST] = set()

    @cached_property
    def options(self) -> dict[str, list[ast.expr]]:
        return option_defaults(self.index)

    def value(self, expr: ast.AST) -> Value:
        """Loops (`n = n + 1`) and long chains end as unknown."""
        if expr in self._active or len(self._active) > DEPTH:
            return UNKNOWN
        self._active.add(expr)
        try:
            handler = _HANDLERS.get(type(expr))
            return handler(self, expr) if handler else UNKNOWN
        finally:
            self._active.discard(expr)

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
            result = result | (self._item(binding) if binding.how == "item" else self._plain(binding))
        return result

    def _plain(self, binding: Binding) -> Value:
        return self.value(binding.value) if binding.how == "value" else UNKNOWN

    def _item(self, binding: Binding) -> Value:
        value = binding.value
        if isinstance(value, ast.Tuple | ast.List) and binding.position < len(value.elts):
            return self.value(value.elts[binding.position])
        return UNKNOWN

    def parameter(self, function: Function, name: str) -> Value:
        """A parameter: what the calls in this file give it, else its default, else the option of that name (click)."""
        given = [a for call in self.reach.callers.get(function, ()) for a in (argument(call, function, name),) if a]
        default = default_of(function, name)
        complete = len(given) == len(self.reach.callers.get(function, ())) > 0
        if given:
            return self.union(given if complete or default is None else [*given, default])
        if default is not None:
            return self.value(default)._replace(origin=f"default of the parameter {name}")
        return self._option(name) if name in self.options else UNKNOWN

    def _option(self, name: str) -> Value:
        value = self.union(self.options[name])
        if value.constants == {None}:
            return UNKNOWN
        whole = frozenset(int(c) if isinstance(c, str) and c.isdigit() else c for c in value.constants)
        return value._replace(constants=whole, origin=f"default of --{name.replace('_', '-')}")

    def attribute(self, node: ast.Attribute) -> Value:
        settings = list(self._settings(node))
        result = self.union(settings) if settings else None
        if node.attr in self.options and not self._is_own(node):
            option = self._option(node.attr)
            return option if result is None else option | result
        return UNKNOWN if result is None else result

    @staticmethod
    def _is_own(node: ast.Attribute) -> bool:
        return isinstance(node.value, ast.Name) and node.value.id == "self"

    def _settings(self, node: ast.Attribute) -> Iterator[ast.expr]:
        """Values of `x.attr` that this file shows: assignments, class attributes, `Namespace(attr=…)`, EasyDict."""
        base = ast.dump(node.value)
        owner = self.reach.class_named(node.value)
        for target, binding in self.index.attributes.get(node.attr, ()):
            if binding.how != "value":
                continue
            same_object = ast.dump(target.value).replace("Store()", "Load()") == base
            same_class = owner is not None and self.index.class_of(target) is owner
            if same_class or (same_object and (owner is None or self.index.class_of(target) is None)):
                yield binding.value
        if owner is not None:
            yield from (b.value for b in self.index.bound.get((owner, node.attr), ()))
        if isinstance(node.value, ast.Name):
            for binding in self.index.lookup(node.value.id, self.index.scope(node)):
                if isinstance(binding.value, ast.Call | ast.Dict):
                    yield from self.entries(binding.value, node.attr)

    def subscript(self, node: ast.Subscript) -> Value:
        key = self.constant(node.slice)
        found = list(self.entries(node.value, key)) if isinstance(key, str | int) else []
        found += [v for t, v in self.index.items if self._same_item(t, node, key)]
        if found:
            return self.union(found)
        return self._option(key) if isinstance(key, str) and key in self.options else UNKNOWN

    def _same_item(self, target: ast.Subscript, node: ast.Subscript, key: Any) -> bool:
        same = isinstance(target.slice, ast.Constant) and target.slice.value == key
        return same and self.index.dotted(target.value) == self.index.dotted(node.value) != ""

    def entries(self, base: ast.expr, key: Any) -> Iterator[ast.expr]:
        """The values a dict, list or namespace expression holds at a key."""
        for source in self.sources(base):
            if isinstance(source, ast.Dict):
                pairs = zip(source.keys, source.values, strict=True)
                yield from (v for k, v in pairs if isinstance(k, ast.Constant) and k.value == key)
                for inner, value in zip(source.keys, source.values, strict=True):
                    if inner is None:
                        yield from self.entries(value, key)
            elif isinstance(source, ast.Call):
                yield from (k.value for k in source.keywords if k.arg == key)
                for inner_call in source.args[:1]:
                    yield from self.entries(inner_call, key) if isinstance(inner_call, ast.Dict) else ()
            elif isinstance(source, ast.List | ast.Tuple) and isinstance(key, int) and key < len(source.elts):
                yield source.elts[key]

    def sources(self, expr: ast.expr, depth: int = 6) -> Iterator[ast.expr]:
        """The expressions behind a name, a choice or a nested setting."""
        if not depth:
            return
        if isinstance(expr, ast.IfExp):
            yield from self.sources(expr.body, depth - 1)
            yield from self.sources(expr.orelse, depth - 1)
        elif isinstance(expr, ast.Name) and not self.index.parameter_owner(expr.id, self.index.scope(expr)):
            for binding in self.index.lookup(expr.id, self.index.scope(expr)):
                if binding.how == "value":
                    yield from self.sources(binding.value, depth - 1)
        elif isinstance(expr, ast.Name):
            yield from self._parameter_sources(expr, depth)
        elif isinstance(expr, ast.Subscript):
            key = self.constant(expr.slice)
            for entry in self.entries(expr.value, key):
                yield from self.sources(entry, depth - 1)
        elif isinstance(expr, ast.Attribute):
            for entry in self._settings(expr):
                yield from self.sources(entry, depth - 1)
        else:
            yield expr

    def _parameter_sources(self, expr: ast.Name, depth: int) -> Iterator[ast.expr]:
        owner = self.index.parameter_owner(expr.id, self.index.scope(expr))
        assert owner is not None
        for call in self.reach.callers.get(owner, ()):
            given = argument(call, owner, expr.id)
            if given is not None:
                yield from self.sources(given, depth - 1)

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
            return _converted(self.value(node.args[0]), name)
        if name in ("min", "max") and len(node.args) > 1:
            return self._extreme(node, name)
        if isinstance(node.func, ast.Attribute) and node.func.attr in ("get", "setdefault", "getenv", "pop"):
            return self._get(node)
        if name == "getattr" and len(node.args) == 3:
            return self.value(node.args[2])
        return self._returned(node)

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

    def _get(self, node: ast.Call) -> Value:
        assert isinstance(node.func, ast.Attribute)
        key = self.constant(node.args[0]) if node.args else None
        found = list(self.entries(node.func.value, key))
        if found:
            return self.union(found)
        if isinstance(key, str) and key in self.options:
            return self._option(key)
        if len(node.args) > 1:
            return self.value(node.args[1])._replace(origin=f"default of {key!r}")
        return UNKNOWN

    def _returned(self, node: ast.Call) -> Value:
        functions = [f for f in self.reach.targets(node) if getattr(f, "name", "") != "__init__"]
        returned = [r for f in functions for r in returns(f)]
        return self.union(returned) if returned else UNKNOWN


def _divides(op: ast.operator) -> bool:
    return isinstance(op, ast.Div | ast.FloorDiv)


def _converted(value: Value, name: str) -> Value:
    if name != "int":
        return value
    numbers = {int(c) for c in value.constants if isinstance(c, int | float) or (isinstance(c, str) and c.isdigit())}
    return value._replace(constants=frozenset(numbers))


def returns(function: Function) -> Iterator[ast.expr]:
    """The expressions a function returns or yields, nested functions left out."""
    if isinstance(function, ast.Lambda):
        yield function.body
        return
    stack: list[ast.AST] = list(function.body)
    while stack:
        node = stack.pop()
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            continue
        if isinstance(node, ast.Return | ast.Yield | ast.YieldFrom) and node.value is not None:
            yield node.value
        stack.extend(ast.iter_child_nodes(node))


def argument(call: ast.Call, function: Function, name: str) -> ast.expr | None:
    """What a call gives a function's parameter; `self` is skipped for methods."""
    named = keywords(call).get(name)
    if named is not None:
        return named
    positions = [a.arg for a in (*function.args.posonlyargs, *function.args.args)]
    if positions[:1] in (["self"], ["cls"]):
        positions = positions[1:]
    if name not in positions or any(isinstance(a, ast.Starred) for a in call.args):
        return None
    place = positions.index(name)
    return call.args[place] if place < len(call.args) else None


def default_of(function: Function, name: str) -> ast.expr | None:
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    for arg, default in zip(reversed(positional), reversed(arguments.defaults), strict=False):
        if arg.arg == name:
            return default
    for arg, keyword in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if arg.arg == name:
            return keyword
    return None


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
    ast.UnaryOp: lambda e, n: _negated(e.value(n.operand), n.op),
}


def _negated(value: Value, op: ast.unaryop) -> Value:
    if isinstance(op, ast.USub):
        return value._replace(constants=frozenset(-c for c in value.constants if isinstance(c, int | float)))
    return value if isinstance(op, ast.UAdd) else UNKNOWN
