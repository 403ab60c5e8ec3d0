"""Syntax by itself, whatever the file around it says: kinds of nodes, names as they are written, parts of literals."""

from __future__ import annotations

import ast
from typing import TypeAlias

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
SCOPES = (*FUNCTIONS, ast.ClassDef, ast.Module)

# Functions whose result holds what they are given (classes, by their capital letter, do so anyway).
HOLDERS = frozenset({"partial", "random_split", "compose", "list", "tuple", "dict", "deepcopy", "copy", "chain"})


def spelled(expr: ast.AST) -> str:
    """`a.b.c` as it is written, "" when it is no plain name."""
    parts: list[str] = []
    while isinstance(expr, ast.Attribute):
        parts.append(expr.attr)
        expr = expr.value
    return ".".join([expr.id, *reversed(parts)]) if isinstance(expr, ast.Name) else ""


def parameter(function: Function, name: str) -> ast.arg | None:
    arguments = function.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    return next((a for a in every if a is not None and a.arg == name), None)


def elements(expr: ast.AST) -> list[ast.expr]:
    """The parts of a literal, choice or comprehension that stay in its value."""
    if isinstance(expr, ast.List | ast.Tuple | ast.Set):
        return expr.elts
    if isinstance(expr, ast.Dict):
        return expr.values
    if isinstance(expr, ast.ListComp | ast.SetComp | ast.GeneratorExp):
        return [expr.elt]
    if isinstance(expr, ast.DictComp | ast.Starred | ast.NamedExpr | ast.Subscript | ast.Await | ast.YieldFrom):
        return [expr.value]
    if isinstance(expr, ast.IfExp):
        return [expr.body, expr.orelse]
    if isinstance(expr, ast.BoolOp):
        return expr.values
    return [expr.left, expr.right] if isinstance(expr, ast.BinOp) else []


def held_names(expr: ast.expr) -> set[str]:
    """Names whose objects stay in the value: through literals, choices and constructors, not through function calls."""
    if isinstance(expr, ast.Name):
        return {expr.id}
    if isinstance(expr, ast.Call):
        last = expr.func.attr if isinstance(expr.func, ast.Attribute) else getattr(expr.func, "id", "")
        holds = last[:1].isupper() or last in HOLDERS
        inner = [*expr.args, *(k.value for k in expr.keywords)] if holds else []
    else:
        inner = elements(expr) if not isinstance(expr, ast.Subscript) else []
    return {name for e in inner for name in held_names(e)}
