"""What a rule sees of a source file: loaders, datasets, worker code, iterations, values; nothing is imported or run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cached_property

from doctor.source.datasets import ROLES, DatasetClass, Datasets, WorkerCode
from doctor.source.flow import Flow, Iteration
from doctor.source.index import SymbolTable
from doctor.source.loader import Loader
from doctor.source.loaders import LoaderFinder
from doctor.source.methods import start_method
from doctor.source.parts import Parts
from doctor.source.reach import Reach
from doctor.source.syntax import Function
from doctor.source.values import Evaluator


class ModuleView:
    """One file, judged by `platforms` and `python`; `cpus` are the CPUs here, None when judged for others."""

    def __init__(
        self,
        tree: ast.Module,
        *,
        platforms: tuple[str, ...],
        python: tuple[int, int],
        cpus: int | None = None,
        is_notebook: bool = False,
    ) -> None:
        self.tree = tree
        self.platforms = platforms
        self.python = python
        self.cpus = cpus
        self.is_notebook = is_notebook
        self.index = SymbolTable(tree)
        self.reach = Reach(self.index)
        self.evaluator = Evaluator(self.index, self.reach)
        self.finder = LoaderFinder(self.index, self.evaluator)
        self._parts = Parts(self.index, self.reach)
        self._datasets = Datasets(self.index, self.reach, self._parts, self.finder)
        self.flow = Flow(self.index, self.reach, self.finder)

    @property
    def loaders(self) -> list[Loader]:
        return list(self.finder)

    @property
    def datasets(self) -> list[DatasetClass]:
        return self._datasets.classes

    @property
    def worker_code(self) -> dict[Function, WorkerCode]:
        return self._datasets.worker_code

    @property
    def iterations(self) -> list[Iteration]:
        return self.flow.iterations

    def held(self, loader: Loader) -> Iterator[tuple[str, ast.AST]]:
        """(role, part): everything the dataset, collate and init functions carry into the loader's workers."""
        for role in ROLES:
            for part in self._datasets.held[loader, role]:
                yield role, part

    def state(self, owner: ast.ClassDef) -> list[tuple[ast.Attribute, ast.expr]]:
        """The `self.x = value` that are there when an instance of the class has been made."""
        return self._parts.state(owner)

    def stored(self, owner: ast.ClassDef, attribute: str) -> list[ast.expr]:
        """What instances of the class hold as `self.<attribute>` when they are made."""
        return self._parts.stored(owner).get(attribute, [])

    def parts(self, expr: ast.AST) -> list[ast.AST]:
        return self._parts.of(expr)

    def name(self, expr: ast.AST) -> str:
        """`F.relu` as "torch.nn.functional.relu"; "" when it is no plain name."""
        return self.index.dotted(expr)

    def calls(self, *dotted: str, within: ast.AST | None = None) -> Iterator[ast.Call]:
        """Calls of the functions with these full names (or, from a dot on, these endings: ".cuda")."""
        nodes = self.index.calls if within is None else [n for n in ast.walk(within) if isinstance(n, ast.Call)]
        endings = tuple(d for d in dotted if d.startswith("."))
        for call in nodes:
            name = self._call_names[call]
            if name in dotted or (endings and name.endswith(endings)):
                yield call

    @cached_property
    def _call_names(self) -> dict[ast.Call, str]:
        return {c: self.name(c.func) or f"?.{getattr(c.func, 'attr', '')}" for c in self.index.calls}

    def line(self, node: ast.AST) -> int:
        return getattr(node, "lineno", 1)

    @cached_property
    def chosen_method(self) -> str:
        """The start method the file sets for the whole program, "" for none."""
        for call in self.calls(".set_start_method", "multiprocessing.set_start_method"):
            values = [*call.args[:1], *(k.value for k in call.keywords if k.arg == "method")]
            for value in self.evaluator.strings(values[0] if values else None):
                return value
        return ""

    def methods(self, loader: Loader | None) -> dict[str, str]:
        """Platform -> start method there, for a loader or in general."""
        own = loader.contexts if loader else set()
        fixed = next(iter(own)) if len(own) == 1 else self.chosen_method
        return {p: fixed or start_method(p, self.python) for p in self.platforms}

    def runs_at_import(self, node: ast.AST) -> bool:
        """Whether every process that imports the file runs the node."""
        return self.reach.runs_at_import(node)

    def mentions(self, *words: str) -> bool:
        """Whether any name, attribute or text of the file contains one of the words."""
        return any(word in text for text in self._words for word in words)

    @cached_property
    def _words(self) -> set[str]:
        nodes = [self.tree, *self.index.parents]
        found = {n.id for n in nodes if isinstance(n, ast.Name)} | {
            n.attr for n in nodes if isinstance(n, ast.Attribute)
        }
        found |= {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}
        return found | set(self.index.imports.values()) | {n.arg for n in nodes if isinstance(n, ast.keyword) and n.arg}

    @cached_property
    def read_in_workers(self) -> set[tuple[ast.ClassDef | None, str]]:
        """Attributes that worker code reads, with the class whose method does."""
        return {
            (self.index.class_of(function), node.attr)
            for function in self.worker_code
            for node in ast.walk(function)
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)
        }

    @property
    def forks(self) -> bool:
        return "fork" in self.methods(None).values()
