"""Loader calls in a file: which calls make a DataLoader, with which arguments, and how many workers it gets."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from doctor.source import names
from doctor.source.arguments import Arguments, collect_arguments
from doctor.source.index import SymbolTable
from doctor.source.loader import Loader
from doctor.source.reach import argument
from doctor.source.values import Evaluator


class LoaderFinder:
    """Recognises loader calls: torch's, known wrappers, subclasses, aliases, `functools.partial`, other files'."""

    def __init__(self, index: SymbolTable, evaluator: Evaluator) -> None:
        self.index = index
        self.evaluator = evaluator
        self.by_node: dict[ast.Call, Loader] = {}
        roots = {names.root(n) for n in index.imports.values()}
        self._uses_torch = bool(roots & {"torch", "torchvision", "lightning"})
        self._uses_another = bool(roots & names.NOT_TORCH) and not self._uses_torch
        for call in index.calls:
            loader = self._loader_of(call)
            if loader is not None:
                self.by_node[call] = loader

    @cached_property
    def subclasses(self) -> dict[ast.ClassDef, str]:
        """Classes of this file that derive from a loader -> the kind of the loader they derive from."""
        found: dict[ast.ClassDef, str] = {}
        changed = True
        while changed:
            changed = False
            for classes in self.index.classes.values():
                for node in classes:
                    kind = next((k for k in (self._loader_kind(b, found) for b in node.bases) if k), "")
                    if kind and node not in found:
                        found[node] = kind
                        changed = True
        return found

    def _loader_kind(self, func: ast.expr, subclasses: dict[ast.ClassDef, str]) -> str:
        """What a class expression makes: "torch", "wrapper" or "" for no loader."""
        dotted = self.index.dotted(func)
        if isinstance(func, ast.Name) and func.id in self.index.classes:
            return subclasses.get(self.index.classes[func.id][0], "")
        last = names.last(dotted)
        if dotted in names.SAME_SIGNATURE or (dotted == "DataLoader" and self._has_star_import("torch.utils.data")):
            return "torch"
        if not last.endswith("Loader") or names.root(dotted) in names.NOT_TORCH:
            return ""
        return "wrapper" if names.PASSES_ON.match(dotted) or last == "DataLoader" else ""

    def _has_star_import(self, module: str) -> bool:
        return any(m == module or not m.startswith("torch") for m in self.index.star_imports)

    def _loader_of(self, call: ast.Call) -> Loader | None:
        func, given = self._unaliased(call.func), {k.arg for k in call.keywords}
        if isinstance(func, ast.Call):
            kind = self._loader_kind(func.args[0], self.subclasses) if self._is_partial(func) else ""
            return self._make_loader([func, call], kind, self.index.dotted(func.args[0])) if kind else None
        dotted = self.index.dotted(func)
        if names.last(dotted) == names.TRAINING_ARGUMENTS and "dataloader_num_workers" in given:
            return self._make_loader([call], "trainer", dotted)
        if self._initialises_base(call):
            return self._make_loader([call], "subclass", "DataLoader")
        kind = self._loader_kind(func, self.subclasses) if isinstance(func, ast.Name | ast.Attribute) else ""
        if not kind and self._is_foreign(func, dotted, given):
            kind = "foreign"
        if kind == "wrapper" and not names.PASSES_ON.match(dotted) and not self._uses_torch:
            kind = "wrapper" if "num_workers" in given else ""
        if names.PASSES_ON.match(dotted) and dotted.endswith("Sampler") and "num_workers" in given:
            kind = "wrapper"  # torch_geometric's NeighborSampler, GraphSAINTRandomWalkSampler … are loaders
        return self._make_loader([call], kind, dotted) if kind else None

    def _unaliased(self, func: ast.expr) -> ast.expr:
        """`L = DataLoader` and `L = partial(DataLoader, …)` seen through."""
        if not isinstance(func, ast.Name) or func.id in self.index.classes or func.id in self.index.imports:
            return func
        for binding in self.index.lookup(func.id, self.index.scope(func)):
            value = binding.value
            if isinstance(value, ast.IfExp):
                value = value.body
            if binding.how == "value" and (isinstance(value, ast.Name | ast.Attribute) or self._is_partial(value)):
                return value
        return func

    def _is_partial(self, expr: ast.expr) -> bool:
        """`functools.partial(X, …)`."""
        return isinstance(expr, ast.Call) and names.last(self.index.dotted(expr.func)) == "partial" and bool(expr.args)

    def _initialises_base(self, call: ast.Call) -> bool:
        """`super().__init__(…)` or `DataLoader.__init__(self, …)` in a subclass of a loader."""
        func = call.func
        if not (isinstance(func, ast.Attribute) and func.attr == "__init__"):
            return False
        return self.index.class_of(call) in self.subclasses

    def _is_foreign(self, func: ast.expr, dotted: str, given: set[str | None]) -> bool:
        """A call into another file that, by its name, makes a loader."""
        last = names.last(dotted)
        imported = isinstance(func, ast.Name | ast.Attribute) and root_name(func) in self.index.imports
        if not imported or self._uses_another or names.root(dotted) in names.NOT_TORCH | {"torch", "torchvision"}:
            return False
        if not self._uses_torch:
            return bool(names.DATALOADER.search(last))
        return bool(names.FOREIGN.search(last)) or (last.endswith("Loader") and "num_workers" in given)

    def _make_loader(self, calls: list[ast.Call], kind: str, name: str) -> Loader:
        arguments = collect_arguments(calls, kind, self.index, self.evaluator, self.updates)
        loader = Loader(calls[-1], kind, name, arguments, self.evaluator)
        if isinstance(calls[-1].func, ast.Name) and kind in ("torch", "wrapper"):
            self._inherit(loader, calls[-1].func.id)
        return loader

    def _inherit(self, loader: Loader, class_name: str) -> None:
        """A subclass's own `super().__init__` call fills what its caller does not give."""
        for node in self.index.classes.get(class_name, ()):
            init = self.evaluator.reach.method(node, "__init__")
            for call in self._calls_in.get(init, ()) if init else ():
                if init is not None and self._initialises_base(call):
                    inner = collect_arguments([call], "subclass", self.index, self.evaluator, self.updates)
                    fixed = {n: v for n, v in inner.given.items() if n not in inner.mixed}
                    own = loader.arguments
                    given = {n: v for n, v in own.given.items() if any(k.arg == n for k in loader.node.keywords)}
                    for parameter in init.args.args[1:]:
                        value = argument(loader.node, init, parameter.arg)
                        given |= {parameter.arg: [value]} if value is not None else {}
                    loader.kind = "instance"
                    loader.arguments = Arguments({**fixed, **given}, own.optional, own.open, own.mixed)

    @cached_property
    def _calls_in(self) -> dict[ast.AST | None, list[ast.Call]]:
        """By the function around."""
        found: dict[ast.AST | None, list[ast.Call]] = defaultdict(list)
        for call in self.index.calls:
            found[self.index.function(call)].append(call)
        return found

    @cached_property
    def updates(self) -> dict[str, list[ast.expr]]:
        """Variable name -> what `name.update(…)` adds, as dict expressions or calls with keywords."""
        found: dict[str, list[ast.expr]] = defaultdict(list)
        for call in self.index.calls:
            func = call.func
            if isinstance(func, ast.Attribute) and func.attr == "update" and isinstance(func.value, ast.Name):
                found[func.value.id] += call.args[:1] or [call]
        return found

    def __iter__(self) -> Iterator[Loader]:
        return iter(self.by_node.values())


def root_name(expr: ast.expr) -> str:
    """The `a` of `a.b.c`, "" when it starts otherwise."""
    while isinstance(expr, ast.Attribute):
        expr = expr.value
    return expr.id if isinstance(expr, ast.Name) else ""
