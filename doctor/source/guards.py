"""Main guards: the ways a script says that something is only for the main process."""

from __future__ import annotations

import ast


def guard_kind(node: ast.If) -> str:
    """ "guard" when the body is only for the main process, "exit" when it leaves every other process, else ""."""
    if not _asks_for_main(node.test):
        return ""
    negated = isinstance(node.test, ast.UnaryOp) or any(isinstance(n, ast.NotEq) for n in ast.walk(node.test))
    if not negated:
        return "guard"
    return "exit" if isinstance(node.body[-1], ast.Expr | ast.Raise | ast.Return) else ""


def _asks_for_main(test: ast.expr) -> bool:
    """`__name__ == "__main__"` in any spelling, or a question to multiprocessing for the main process."""
    inside = list(ast.walk(test))
    names = {n.id for n in inside if isinstance(n, ast.Name)} | {n.attr for n in inside if isinstance(n, ast.Attribute)}
    constants = {n.value for n in inside if isinstance(n, ast.Constant)}
    return ("__name__" in names and "__main__" in constants) or "parent_process" in names or "MainProcess" in constants
