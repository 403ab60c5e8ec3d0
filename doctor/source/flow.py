"""Where loaders go: which loaders an expression may hold, and where they are iterated."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from doctor.source import names
from doctor.source.index import MANY, Binding, SymbolTable
from doctor.source.loader import Loader
from doctor.source.loaders import LoaderFinder, root_name
from doctor.source.memo import Memo
from doctor.source.reach import Reach, argument
from doctor.source.syntax import elements, spelled

# Calls whose result holds none of the loaders they are given.
_NOT_PASSING = frozenset(
    {"len", "range", "isinstance", "print", "type", "str", "int", "float", "id", "repr", "hasattr", "min", "max", "sum"}
    | {"round", "abs", "bool", "vars", "dir", "format", "hash", "super"}
)
_CONSUMERS = frozenset({"iter", "next", "list", "tuple", "set", "sorted", "dict", "sum", "max", "min"})
_METHODS = frozenset(
    {"fit", "test", "validate", "predict", "train", "evaluate", "eval_model", "fit_one_cycle", "fine_tune", "run"}
    | {"fit_generator", "train_model", "learn", "start", "__iter__", "launch", "lr_find", "tune"}
)
_RUNS_LOADER = re.compile(r"(?i)train|fit|eval|test|valid|infer|predict|epoch|loop|run|extract|visuali|inception|fid")
_KEEPS = re.compile(r"^[A-Z]|(?i:prepare|setup|wrap|cuda|parallel|scheduler|optimi[sz]er|save|load|log|register)")


class Iteration(NamedTuple):
    """A place where loaders are iterated; `certain` is False for loaders handed to code of another file."""

    node: ast.AST
    loaders: list[Loader]
    certain: bool = True
    by: str = ""  # the callee that iterates, when it is not a loop


class Flow:
    """Follows loaders through variables, containers, attributes, functions and wrappers of one file."""

    def __init__(self, index: SymbolTable, reach: Reach, finder: LoaderFinder) -> None:
        self.index = index
        self.reach = reach
        self.finder = finder
        self._known: Memo[list[Loader]] = Memo(lambda e: list(dict.fromkeys(islice(self._loaders_inside(e), MANY))), [])
        self._direct: Memo[list[Loader]] = Memo(self._passed_loaders, [])

    def loaders_of(self, expr: ast.AST | None) -> list[Loader]:
        """The loaders an expression may be, hold or wrap."""
        return self._known(expr) if expr is not None and self.finder.by_node else []

    def _loaders_inside(self, expr: ast.AST) -> Iterator[Loader]:
        if isinstance(expr, ast.Call):
            yield from self._loaders_of_call(expr)
        elif isinstance(expr, ast.Name):
            yield from self._loaders_of_name(expr)
        elif isinstance(expr, ast.Attribute):
            yield from self._loaders_of_attribute(expr)
        else:
            for element in elements(expr):
                yield from self.loaders_of(element)
        name = spelled(expr.value) if isinstance(expr, ast.Subscript) else ""
        for _, value in self.index.items.get(name, ())[:MANY] if name else ():
            yield from self.loaders_of(value)

    def _loaders_of_call(self, call: ast.Call) -> Iterator[Loader]:
        if call in self.finder.by_node:
            yield self.finder.by_node[call]
            return
        if isinstance(call.func, ast.Name) and call.func.id in _NOT_PASSING:
            return
        functions = self.reach.targets(call)
        for function in functions:
            for returned in self.reach.returned(function):
                yield from self.loaders_of(returned)
        if functions and getattr(functions[0], "name", "") != "__init__":
            return
        for value in (*call.args, *(k.value for k in call.keywords)):
            yield from self.loaders_of(value)
        if isinstance(call.func, ast.Attribute):
            yield from self.loaders_of(call.func.value)

    def _loaders_of_name(self, name: ast.Name) -> Iterator[Loader]:
        scope = self.index.scope(name)
        owner = self.index.parameter_owner(name.id, scope)
        if owner is not None:
            for call in self.reach.callers.get(owner, ()):
                yield from self.loaders_of(argument(call, owner, name.id))
            return
        for binding in self.index.lookup(name.id, scope):
            yield from self.loaders_of(binding.value) if binding.how != "item" else self._loaders_of_item(binding)
        owner_class = self.reach.class_named(name)
        if owner_class is not None:
            yield from self.of_module_class(owner_class)

    def of_module_class(self, owner: ast.ClassDef) -> Iterator[Loader]:
        """Loaders made by the `…_dataloader` methods of a Lightning module or data module of this file."""
        hooks = [n for n in owner.body if isinstance(n, ast.FunctionDef) and n.name.endswith("_dataloader")]
        for hook in hooks:
            for returned in self.reach.returned(hook):
                yield from self.loaders_of(returned)

    def _loaders_of_item(self, binding: Binding) -> Iterator[Loader]:
        """`a, b = get_loaders()`: only what stands at that place."""
        value = binding.value
        rows = [value]
        if isinstance(value, ast.Call) and value not in self.finder.by_node:
            rows = [r for f in self.reach.targets(value) for r in self.reach.returned(f)] or [value]
        for row in rows:
            exact = isinstance(row, ast.Tuple | ast.List) and binding.position < len(row.elts)
            yield from self.loaders_of(row.elts[binding.position] if exact else row)  # type: ignore[attr-defined]

    def _loaders_of_attribute(self, expr: ast.Attribute) -> Iterator[Loader]:
        owner = self.reach.class_named(expr.value)
        known = self.index.attributes_in
        own = [*known.get((owner, expr.attr), ()), *known.get((None, expr.attr), ())]
        for _, binding in own if owner is not None else self.index.attributes.get(expr.attr, ())[:MANY]:
            yield from self.loaders_of(binding.value)

    @cached_property
    def iterations(self) -> list[Iteration]:
        """Every place where a loader, also one that another file makes, is iterated; the certain ones first."""
        found = [Iteration(loop.iter, self.loaders_of(loop.iter)) for loop in self.index.loops]
        found += [i for call in self.index.calls for i in self._iterations_by_call(call)]
        return sorted((i for i in found if i.loaders), key=lambda i: (not i.certain, getattr(i.node, "lineno", 0)))

    def _iterations_by_call(self, call: ast.Call) -> Iterator[Iteration]:
        func = call.func
        if call in self.finder.by_node:
            return
        dotted = self.index.dotted(func)
        given = [*call.args, *(k.value for k in call.keywords)]
        if isinstance(func, ast.Name) and func.id in _CONSUMERS:
            yield Iteration(call, self.loaders_of(call.args[0] if call.args else None))
        elif isinstance(func, ast.Attribute) and func.attr in _METHODS and not self.reach.targets(call):
            held = [*self.loaders_of(func.value), *(x for g in given for x in self.loaders_of(g))]
            yield Iteration(call, list(dict.fromkeys(held)), by=func.attr)
        elif dotted and not self.reach.targets(call) and self._is_foreign(func, dotted):
            held = [x for g in given for x in self._direct_loaders(g)]
            yield Iteration(call, held, bool(_RUNS_LOADER.search(names.last(dotted))), names.last(dotted))

    def _direct_loaders(self, expr: ast.expr) -> list[Loader]:
        """Loaders handed over as such or in a container, not batches of them."""
        return self._direct(expr)

    def _passed_loaders(self, expr: ast.AST) -> list[Loader]:
        if isinstance(expr, ast.Call):
            kept = expr in self.finder.by_node or self.reach.targets(expr) or self._keeps_loader(expr)
            return self.loaders_of(expr) if kept else []
        if isinstance(expr, ast.Attribute):
            return self.loaders_of(expr)
        if isinstance(expr, ast.Subscript):
            return self._direct_loaders(expr.value)
        if not isinstance(expr, ast.Name):
            return []
        containers = (ast.Dict, ast.List, ast.DictComp)
        direct = any(isinstance(v, containers) or self._direct_loaders(v) for v in self._values(expr))
        return self.loaders_of(expr) if direct else []

    def _values(self, name: ast.Name) -> list[ast.expr]:
        scope = self.index.scope(name)
        owner = self.index.parameter_owner(name.id, scope)
        if owner is None:
            return [b.value for b in self.index.lookup(name.id, scope) if b.how in ("value", "item")]
        given = [argument(c, owner, name.id) for c in self.reach.callers.get(owner, ())]
        return [g for g in given if g is not None]

    def is_direct(self, iterable: ast.expr) -> bool:
        """Whether a loop runs over a loader itself, or over `enumerate`, `tqdm` and the like of it."""
        inner: ast.expr | None = iterable
        while isinstance(inner, ast.Call) and inner not in self.finder.by_node:
            inner = inner.args[0] if inner.args else None
        return inner is not None and bool(self._direct_loaders(inner))

    def _keeps_loader(self, call: ast.Call) -> bool:
        return bool(_KEEPS.search(names.last(self.index.dotted(call.func))))

    def _is_foreign(self, func: ast.expr, dotted: str) -> bool:
        """A function of another file that may iterate what it is given (not a class, not `prepare`)."""
        last = names.last(dotted)
        if last in _NOT_PASSING or last in _CONSUMERS or last in ("enumerate", "zip", "tqdm", "cycle", "islice"):
            return False
        is_function = isinstance(func, ast.Name) and func.id in self.index.imports
        from_module = isinstance(func, ast.Attribute) and root_name(func) in self.index.imports
        return (is_function or from_module) and not _KEEPS.search(last) and names.root(dotted) != "torch"
