"""Dataset classes of a file, and the code that runs in workers: their methods, collate functions, transforms."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cached_property

from doctor.source import names
from doctor.source.index import MANY, SymbolTable
from doctor.source.loader import Loader, Workers
from doctor.source.loaders import LoaderFinder
from doctor.source.parts import Parts
from doctor.source.reach import Reach
from doctor.source.syntax import Function
from doctor.source.value import UNKNOWN

IN_WORKERS = ("__getitem__", "__getitems__", "__iter__", "__next__", "__call__", "forward")
ROLES = ("dataset", "collate_fn", "worker_init_fn")
NOWHERE = Workers(UNKNOWN, "", "its loader is in another file")


class DatasetClass:
    """A dataset class; `iterable` for IterableDataset, `loaders` those of this file that are given an instance."""

    def __init__(self, node: ast.ClassDef, iterable: bool) -> None:
        self.node = node
        self.iterable = iterable
        self.loaders: list[Loader] = []

    @cached_property
    def workers(self) -> Workers:
        return most_workers(self.loaders)


class WorkerCode:
    """A function that runs in workers; `role` is "dataset", "collate_fn" or "worker_init_fn"."""

    def __init__(self, node: Function, role: str, loaders: list[Loader]) -> None:
        self.node = node
        self.role = role
        self.loaders = loaders

    @cached_property
    def workers(self) -> Workers:
        return most_workers(self.loaders)

    @property
    def loader(self) -> Loader | None:
        return next((x for x in self.loaders if x.workers.may), self.loaders[0] if self.loaders else None)


def most_workers(loaders: list[Loader]) -> Workers:
    """The workers of the loader that surely has some, else of one that may; unresolved when no loader is seen."""
    order = ("yes", "maybe", "unresolved", "no")
    ranked = sorted((x.workers for x in loaders), key=lambda w: order.index(w.certainty))
    return ranked[0] if ranked else NOWHERE


class Datasets:
    def __init__(self, index: SymbolTable, reach: Reach, parts: Parts, finder: LoaderFinder) -> None:
        self.index = index
        self.reach = reach
        self.parts = parts
        self.finder = finder

    @cached_property
    def held(self) -> dict[tuple[Loader, str], list[ast.AST]]:
        """(loader, role) -> everything the argument carries into the workers."""
        return {
            (loader, role): [p for e in loader.given(role) for p in self.parts.of(e)]
            for loader in self.finder
            for role in ROLES
        }

    @cached_property
    def classes(self) -> list[DatasetClass]:
        found: dict[ast.ClassDef, DatasetClass] = {}
        for classes in self.index.classes.values():
            for node in classes:
                kind = self._dataset_kind(node, 0)
                if kind:
                    found[node] = DatasetClass(node, kind == "iterable")
        for (loader, role), parts in self.held.items():
            for part in parts if role == "dataset" else ():
                if isinstance(part, ast.ClassDef) and (part in found or self._has_method(part, "__getitem__")):
                    known = found.setdefault(part, DatasetClass(part, False))
                    known.loaders.append(loader)
        return list(found.values())

    def _has_method(self, node: ast.ClassDef, method: str) -> bool:
        return any(isinstance(n, ast.FunctionDef) and n.name == method for n in node.body)

    def _dataset_kind(self, node: ast.ClassDef, depth: int) -> str:
        """ "map", "iterable" or "": by the bases, classes of this file seen through."""
        for base in node.bases:
            dotted = self.index.dotted(base)
            local = self.index.classes.get(dotted, [])
            if local and depth < 5 and local[0] is not node:
                kind = self._dataset_kind(local[0], depth + 1)
                if kind:
                    return kind
            if dotted in names.ITERABLE or names.last(dotted) == "IterableDataset":
                return "iterable"
            last = names.last(dotted)
            if dotted in names.DATASETS or last.endswith(("Dataset", "ImageFolder", "DatasetFolder")):
                return "" if names.root(dotted) in names.NOT_TORCH else "map"
            if dotted.startswith("torchvision.datasets."):
                return "map"
        return ""

    @cached_property
    def worker_code(self) -> dict[Function, WorkerCode]:
        """Functions that run in workers, what they call included."""
        found: dict[Function, WorkerCode] = {}
        work = list(self._roots())
        while work:
            function, role, loaders = work.pop()
            if function in found:
                known = found[function].loaders
                fresh = [x for x in loaders if x not in known] if len(known) < MANY else []
                known += fresh
                if not fresh:
                    continue
            else:
                found[function] = WorkerCode(function, role, loaders[:MANY])
            for call in (n for n in ast.walk(function) if isinstance(n, ast.Call)):
                work += [(t, role, loaders) for t in self.reach.targets(call)]
        return found

    def _roots(self) -> Iterator[tuple[Function, str, list[Loader]]]:
        for dataset in self.classes:
            yield from self._methods(dataset.node, "dataset", dataset.loaders)
        for (loader, role), parts in self.held.items():
            for part in parts:
                if isinstance(part, ast.ClassDef):
                    yield from self._methods(part, role, [loader])
                elif isinstance(part, ast.Lambda | ast.FunctionDef):
                    yield part, role, [loader]

    def _methods(
        self, node: ast.ClassDef, role: str, loaders: list[Loader]
    ) -> Iterator[tuple[Function, str, list[Loader]]]:
        for name in IN_WORKERS:
            method = self.reach.method(node, name)
            if method is not None:
                yield method, role, loaders
