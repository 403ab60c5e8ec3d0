"""One walk over a module's syntax tree: parents, imports, bindings, calls, functions, classes, loops, main guards."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from doctor.source.guards import guard_kind
from doctor.source.syntax import FUNCTIONS, SCOPES, Function, parameter, spelled

MANY = 100  # values of one name, parts of one object: more are written by programs, and are as good as unknown


class Binding(NamedTuple):
    """A name given a value. `how`: "value", "item" (unpacked, at `position`), "element" (of a loop), "with", "plus"."""

    value: ast.expr
    node: ast.AST
    how: str = "value"
    position: int = 0


class SymbolTable:
    """Everything the analyses look up; names are bound per scope, attributes and subscripts per module."""

    def __init__(self, tree: ast.Module) -> None:
        self.tree = tree
        self.parents: dict[ast.AST, ast.AST] = {}
        self.imports: dict[str, str] = {}
        self.star_imports: list[str] = []
        self.modules: set[str] = set()  # names bound by `import x`, so surely modules
        self.calls: list[ast.Call] = []
        self.functions: dict[str, list[ast.FunctionDef | ast.AsyncFunctionDef]] = defaultdict(list)
        self.classes: dict[str, list[ast.ClassDef]] = defaultdict(list)
        self.bound: dict[tuple[ast.AST, str], list[Binding]] = defaultdict(list)
        self.attributes: dict[str, list[tuple[ast.Attribute, Binding]]] = defaultdict(list)
        self.items: dict[str, list[tuple[ast.Subscript, ast.expr]]] = defaultdict(list)  # by its name
        self.loops: list[ast.For | ast.AsyncFor | ast.comprehension] = []
        self.globals: dict[ast.AST, set[str]] = defaultdict(set)
        self.guards: set[ast.If] = set()
        self._guarded: set[ast.stmt] = set()  # what stands directly under one
        self.exits_unless_main: int | None = None  # line of an `if __name__ != "__main__": sys.exit()`
        self._scopes: dict[ast.AST, ast.AST] = {}
        self._visit_all()

    def _visit_all(self) -> None:
        stack: list[tuple[ast.AST, ast.AST]] = [(self.tree, self.tree)]
        while stack:
            node, scope = stack.pop()
            inner = node if isinstance(node, SCOPES) else scope
            self._scopes[node] = scope
            visit: Any = _VISITORS.get(type(node))
            if visit is not None:
                visit(self, node, scope)
            stack.extend(reversed(list(self._children(node, inner, scope))))
        self.calls.sort(key=lambda c: (c.lineno, c.col_offset))

    def _children(self, node: ast.AST, inner: ast.AST, outer: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
        """A node's children with their scopes; decorators, defaults and bases belong to the scope around."""
        for field, value in ast.iter_fields(node):
            scope = outer if inner is node and field != "body" else inner
            for child in value if isinstance(value, list) else (value,):
                if isinstance(child, ast.AST):
                    self.parents[child] = node
                    yield child, scope

    def bind(self, target: ast.AST, binding: Binding, scope: ast.AST) -> None:
        """Record an assignment to a name, attribute, subscript or a tuple of them."""
        if isinstance(target, ast.Name):
            known = self.bound[self._home(scope, target.id), target.id]
            if len(known) <= MANY:
                known.append(binding if len(known) < MANY else binding._replace(how="plus"))
        elif isinstance(target, ast.Attribute):
            self.attributes[target.attr].append((target, binding))
        elif isinstance(target, ast.Subscript):
            self.items[spelled(target.value)].append((target, binding.value))
        elif isinstance(target, ast.Tuple | ast.List):
            how = "item" if binding.how == "value" else binding.how
            for position, element in enumerate(target.elts):
                inner = element.value if isinstance(element, ast.Starred) else element
                self.bind(inner, Binding(binding.value, binding.node, how, position), scope)

    def guard(self, node: ast.If) -> None:
        self.guards.add(node)
        self._guarded.update(node.body)

    def _home(self, scope: ast.AST, name: str) -> ast.AST:
        return self.tree if name in self.globals.get(scope, ()) else scope

    @cached_property
    def attributes_in(self) -> dict[tuple[ast.ClassDef | None, str], list[tuple[ast.Attribute, Binding]]]:
        """(class whose method it is in, attribute) -> its assignments there."""
        found: dict[tuple[ast.ClassDef | None, str], list[tuple[ast.Attribute, Binding]]] = defaultdict(list)
        for name, entries in self.attributes.items():
            for target, binding in entries:
                found[self.class_of(target), name].append((target, binding))
        return found

    def scope(self, node: ast.AST) -> ast.AST:
        """The function, class or module a node is written in (for a definition: the one around it)."""
        return self._scopes[node]

    def function(self, node: ast.AST) -> Function | None:
        """The nearest function around a node, None at module or class level."""
        scope: ast.AST | None = self._scopes.get(node)
        while scope is not None and not isinstance(scope, FUNCTIONS):
            if isinstance(scope, ast.Module):
                return None
            scope = self._scopes[scope]
        return scope

    def class_of(self, node: ast.AST) -> ast.ClassDef | None:
        """The class whose method a node is written in."""
        scope = self._scopes.get(node)
        while scope is not None and not isinstance(scope, ast.Module):
            if isinstance(scope, ast.ClassDef):
                return scope
            scope = self._scopes[scope]
        return None

    def lookup(self, name: str, scope: ast.AST) -> list[Binding]:
        """The assignments a name may refer to, from the innermost scope that binds it."""
        start = scope
        while True:
            if not isinstance(scope, ast.ClassDef) or scope is start:
                found = self.bound.get((self._home(scope, name), name))
                if found:
                    return found
                if isinstance(scope, FUNCTIONS) and parameter(scope, name) is not None:
                    return []
            if isinstance(scope, ast.Module):
                return []
            scope = self._scopes[scope]

    def parameter_owner(self, name: str, scope: ast.AST) -> Function | None:
        """The function around that has a parameter of this name which is not assigned again inside."""
        while not isinstance(scope, ast.Module):
            if isinstance(scope, FUNCTIONS):
                if parameter(scope, name) is not None:
                    return scope
                if (scope, name) in self.bound:
                    return None
            scope = self._scopes[scope]
        return None

    def dotted(self, expr: ast.AST) -> str:
        """The full name of `a.b.c` with imports applied, "" when it is no plain name."""
        root, dot, rest = spelled(expr).partition(".")
        return f"{self.imports.get(root, root)}{dot}{rest}"

    def guarded(self, node: ast.AST) -> bool:
        """Whether a node only runs in the main process, by a main guard around it or an exit before it."""
        if self.exits_unless_main is not None and getattr(node, "lineno", 0) > self.exits_unless_main:
            return True
        return node in self._guarded or any(outer in self._guarded for outer in self.around(node))

    def around(self, node: ast.AST) -> Iterator[ast.AST]:
        """What a node stands in, from the inside out."""
        while node in self.parents:
            node = self.parents[node]
            yield node


def _import(index: SymbolTable, node: ast.Import, scope: ast.AST) -> None:
    for alias in node.names:
        index.modules.add(alias.asname or alias.name.partition(".")[0])
        root = alias.name.partition(".")[0]
        index.imports[alias.asname or root] = alias.name if alias.asname else root


def _import_from(index: SymbolTable, node: ast.ImportFrom, scope: ast.AST) -> None:
    module = "." * node.level + (node.module or "")
    for alias in node.names:
        if alias.name == "*":
            index.star_imports.append(module)
        else:
            index.imports[alias.asname or alias.name] = f"{module}.{alias.name}"


def _assign(index: SymbolTable, node: ast.Assign, scope: ast.AST) -> None:
    for target in node.targets:
        index.bind(target, Binding(node.value, node), scope)


def _annotated(index: SymbolTable, node: ast.AnnAssign | ast.NamedExpr, scope: ast.AST) -> None:
    if node.value is not None:
        index.bind(node.target, Binding(node.value, node), scope)


def _augmented(index: SymbolTable, node: ast.AugAssign, scope: ast.AST) -> None:
    index.bind(node.target, Binding(node.value, node, "plus"), scope)


def _loop(index: SymbolTable, node: ast.For | ast.AsyncFor | ast.comprehension, scope: ast.AST) -> None:
    index.loops.append(node)
    index.bind(node.target, Binding(node.iter, node, "element"), scope)


def _with(index: SymbolTable, node: ast.withitem, scope: ast.AST) -> None:
    if node.optional_vars is not None:
        index.bind(node.optional_vars, Binding(node.context_expr, node, "with"), scope)


def _function(index: SymbolTable, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: ast.AST) -> None:
    index.functions[node.name].append(node)


def _global(index: SymbolTable, node: ast.Global, scope: ast.AST) -> None:
    index.globals[scope].update(node.names)


def _class(index: SymbolTable, node: ast.ClassDef, scope: ast.AST) -> None:
    index.classes[node.name].append(node)


def _call(index: SymbolTable, node: ast.Call, scope: ast.AST) -> None:
    index.calls.append(node)


def _if(index: SymbolTable, node: ast.If, scope: ast.AST) -> None:
    kind = guard_kind(node)
    if kind == "guard":
        index.guard(node)
    elif kind == "exit" and isinstance(scope, ast.Module):
        index.exits_unless_main = node.end_lineno


_VISITORS = {
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.Assign: _assign,
    ast.AnnAssign: _annotated,
    ast.NamedExpr: _annotated,
    ast.AugAssign: _augmented,
    ast.For: _loop,
    ast.AsyncFor: _loop,
    ast.comprehension: _loop,
    ast.withitem: _with,
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.Global: _global,
    ast.ClassDef: _class,
    ast.Call: _call,
    ast.If: _if,
}
