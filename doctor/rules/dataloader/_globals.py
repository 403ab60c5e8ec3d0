"""Globals that worker code reads, and when they get their values."""

from __future__ import annotations

import ast
import builtins
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from doctor.source.datasets import WorkerCode
    from doctor.source.view import ModuleView

_CHANGES = frozenset({"update", "append", "extend", "add", "setdefault", "pop", "clear", "insert", "merge_from_file"})


def global_reads(module: ModuleView) -> Iterator[tuple[str, ast.Name, WorkerCode]]:
    """Module-level variables that worker code reads: (name, the place, the code)."""
    index = module.index
    for function, code in module.worker_code.items():
        for node in ast.walk(function):
            if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load):
                continue
            known = hasattr(builtins, node.id) or node.id in index.imports
            if known or node.id in index.functions or node.id in index.classes:
                continue
            scope = index.scope(node)
            own = index.parameter_owner(node.id, scope) or _bound_inside(module, node.id, scope)
            if not own and (module.tree, node.id) in index.bound:
                yield node.id, node, code


def _bound_inside(module: ModuleView, name: str, scope: ast.AST) -> bool:
    while not isinstance(scope, ast.Module):
        if (scope, name) in module.index.bound and not isinstance(scope, ast.ClassDef):
            return True
        scope = module.index.scope(scope)
    return False


def set_at_import(module: ModuleView, name: str) -> bool:
    """Whether a process that imports the file gives the name a value."""
    return any(module.runs_at_import(_place(b.node, b.value)) for b in module.index.bound[module.tree, name])


def _place(node: ast.AST, value: ast.expr) -> ast.AST:
    """With-items and comprehensions have no line of their own."""
    return node if hasattr(node, "lineno") else value


def changed_at_run_time(module: ModuleView, name: str, changed: dict[str, list[ast.expr]]) -> ast.AST | None:
    """Where the name's object is replaced or changed by code that only the main process runs."""
    for binding in module.index.bound[module.tree, name]:
        place = _place(binding.node, binding.value)
        if not module.runs_at_import(place) and _constant_differs(module, name, binding.value):
            return place
    for place in changed.get(name, ()):
        if not module.runs_at_import(place) and module.index.function(place) not in module.worker_code:
            return place
    return None


def _constant_differs(module: ModuleView, name: str, value: ast.expr) -> bool:
    """Setting the very value again changes nothing."""
    others = [b.value for b in module.index.bound[module.tree, name] if b.value is not value]
    return not any(ast.dump(other) == ast.dump(value) for other in others)


def _hidden(module: ModuleView, node: ast.Name) -> bool:
    scope = module.index.scope(node)
    return module.index.parameter_owner(node.id, scope) is not None or _bound_inside(module, node.id, scope)


def changes(module: ModuleView) -> dict[str, list[ast.expr]]:
    """Module-level variable -> where its object is changed."""
    found: dict[str, list[ast.expr]] = defaultdict(list)
    places: list[ast.Subscript | ast.Attribute | ast.Call] = [
        target for entries in module.index.items.values() for target, _ in entries
    ]
    places += [attribute for entries in module.index.attributes.values() for attribute, _ in entries]
    places += [c for c in module.index.calls if isinstance(c.func, ast.Attribute) and c.func.attr in _CHANGES]
    for place in places:
        owner = place.func if isinstance(place, ast.Call) else place
        base = owner.value if isinstance(owner, ast.Attribute | ast.Subscript) else owner
        if isinstance(base, ast.Name) and not _hidden(module, base):
            found[base.id].append(place)
    return found
