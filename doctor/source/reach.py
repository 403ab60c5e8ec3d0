"""Which functions a call runs, who calls a function, and what runs when the file is imported."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from doctor.source.index import SymbolTable
from doctor.source.syntax import FUNCTIONS, Function

# Calls that run the function they are given: `fire.Fire(main)`, `app.run(main)`, `accelerate.notebook_launcher(train)`.
LAUNCHERS = ("Fire", "run", "cli", "notebook_launcher", "call", "launch", "run_main")


class Reach:
    """Call graph of one file, by name; what cannot be resolved has no edge."""

    def __init__(self, index: SymbolTable) -> None:
        self.index = index
        self._instances: dict[tuple[ast.AST, str], ast.ClassDef | None] = {}
        self._returned: dict[Function, list[ast.expr]] = {}
        self._targets: dict[ast.Call, list[Function]] = {}

    def returned(self, function: Function) -> list[ast.expr]:
        """The expressions a function returns or yields."""
        if function not in self._returned:
            self._returned[function] = list(_returns(function))
        return self._returned[function]

    def targets(self, call: ast.Call) -> list[Function]:
        """The functions of this file that a call runs; for a class its `__init__`."""
        if call not in self._targets:
            self._targets[call] = self._find_targets(call)
        return self._targets[call]

    def _find_targets(self, call: ast.Call) -> list[Function]:
        found = self._functions_named(call.func)
        if not found and self.index.dotted(call.func).rpartition(".")[2] in LAUNCHERS:
            return [f for a in call.args[:1] for f in self._functions_named(a)]
        return found

    def _functions_named(self, func: ast.expr) -> list[Function]:
        if isinstance(func, ast.Name):
            return self._by_name(func)
        if isinstance(func, ast.Attribute):
            owner = self.class_named(func.value)
            method = owner and self.method(owner, func.attr)
            return [method] if method else []
        return []

    def _by_name(self, func: ast.Name) -> list[Function]:
        functions = [f for f in self.index.functions.get(func.id, ()) if self.index.class_of(f) is None]
        if functions:
            return list(functions)
        for owner in self.index.classes.get(func.id, ()):
            method = self.method(owner, "__init__")
            if method:
                return [method]
        lambdas = [b.value for b in self.index.lookup(func.id, self.index.scope(func))]
        return [f for f in lambdas if isinstance(f, ast.Lambda)]

    def method(self, owner: ast.ClassDef, name: str) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
        """A method of a class of this file, inherited ones included; where classes bear one name, of any of them."""
        left, seen = [owner], {owner}
        while left:
            one = left.pop()
            for node in one.body:
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name:
                    return node
            named = (base.id for base in one.bases if isinstance(base, ast.Name))
            parents = [parent for base in named for parent in self.index.classes.get(base, ()) if parent not in seen]
            seen.update(parents)
            left += reversed(parents)
        return None

    def class_named(self, expr: ast.expr) -> ast.ClassDef | None:
        """The class that an expression is or is an instance of: `self`, `C`, `C()`, `x` after `x = C()`."""
        if isinstance(expr, ast.Call):
            if isinstance(expr.func, ast.Name) and expr.func.id == "super":
                return self._base(expr)
            return self.class_named(expr.func) if isinstance(expr.func, ast.Name) else None
        if isinstance(expr, ast.Attribute):
            return self._class_of_attribute(expr)
        if not isinstance(expr, ast.Name):
            return None
        if expr.id in ("self", "cls"):
            return self.index.class_of(expr)
        if expr.id in self.index.classes:
            return self.index.classes[expr.id][0]
        return self._class_of_variable(expr)

    def _base(self, node: ast.AST) -> ast.ClassDef | None:
        """What `super()` stands for: the first base class of this file."""
        owner = self.index.class_of(node)
        bases = [b.id for b in owner.bases if isinstance(b, ast.Name)] if owner else []
        found = [c for b in bases for c in self.index.classes.get(b, ()) if c is not owner]
        return found[0] if found else None

    def _class_of_variable(self, name: ast.Name) -> ast.ClassDef | None:
        key = (self.index.scope(name), name.id)
        if key not in self._instances:
            self._instances[key] = None  # cuts loops such as `x = x.to(device)`
            made = [b.value for b in self.index.lookup(name.id, key[0]) if isinstance(b.value, ast.Call)]
            self._instances[key] = next((c for c in map(self.class_named, made) if c), None)
        return self._instances[key]

    def _class_of_attribute(self, expr: ast.Attribute) -> ast.ClassDef | None:
        made = (b.value for _, b in self.index.attributes.get(expr.attr, ()) if isinstance(b.value, ast.Call))
        return next((self.class_named(c) for c in made if isinstance(c.func, ast.Name)), None)

    @cached_property
    def callers(self) -> dict[Function, list[ast.Call]]:
        """Function -> the calls in this file that run it."""
        callers: dict[Function, list[ast.Call]] = defaultdict(list)
        for call in self.index.calls:
            for function in self.targets(call):
                callers[function].append(call)
        return callers

    @cached_property
    def at_import(self) -> dict[Function, ast.Call]:
        """Functions that run while the file is imported -> the module-level call that leads to them."""
        reached: dict[Function, ast.Call] = {}
        inside: dict[Function | None, list[ast.Call]] = defaultdict(list)
        for call in self.index.calls:
            if not self.index.guarded(call):
                inside[self.index.function(call)].append(call)
        work = [(call, call) for call in inside[None]]
        while work:
            call, entry = work.pop()
            for function in self.targets(call):
                if function not in reached:
                    reached[function] = entry
                    work += [(c, entry) for c in inside.get(function, ())]
        return reached

    def runs_at_import(self, node: ast.AST) -> bool:
        """Whether a node runs in every process that imports the file."""
        if self.index.guarded(node):
            return False
        function = self.index.function(node)
        return function is None or function in self.at_import

    def entry(self, node: ast.AST) -> ast.AST:
        """The module-level place from which a node is reached at import."""
        function = self.index.function(node)
        return node if function is None else self.at_import.get(function, node)

    def local(self, node: ast.AST) -> bool:
        """Whether a definition lives inside a function, so that other processes cannot import it."""
        return self.index.function(node) is not None


def _returns(function: Function) -> Iterator[ast.expr]:
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
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
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
