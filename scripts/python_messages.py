"""What a Python module says when something is wrong: the texts of its raise, warn and log statements, through `ast`."""

from __future__ import annotations

import ast
import re

from atlas_coverage import Message
from message_texts import HOLE, MAX_FORMS, Forms, filled, forms, plain

LEVELS = {"warning", "warning_once", "warn", "error", "exception", "critical", "fatal"}
WARNS = {"warn", "_warn", "warn_once", "_warn_once", "warning_once", "rank_zero_warn", "_deprecation_warning"}
_CHECK = re.compile(r"_check(?:_with|_value|_type|_index|_not_implemented)?$")
_ERROR = re.compile(r"(?i:error|exception)$")
_WORDS = re.compile(r"[A-Za-z]{3}.*[A-Za-z]{2}", re.DOTALL)


def messages(source: str, where: str) -> list[Message]:
    """The messages of a module, each once, in the order of its lines."""
    tree = ast.parse(source)
    first = _Reader(where, {})
    first.visit(tree)  # functions may be called above the line that defines them
    reader = _Reader(where, first.returned)
    reader.visit(tree)
    return list(dict.fromkeys(reader.found))


class _Reader(ast.NodeVisitor):
    """Follows names that are given texts, and collects what is raised, warned and logged."""

    def __init__(self, where: str, functions: dict[str, Forms]) -> None:
        self.where = where
        self.found: list[Message] = []
        self.returned: dict[str, Forms] = {}
        self.functions: list[str] = []
        self.scopes: list[dict[str, Forms]] = [dict(functions)]

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self.scopes.append({})
        self.functions.append(f"{node.name}()")
        self.generic_visit(node)
        self.functions.pop()
        self.scopes.pop()

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Assign(self, node: ast.Assign) -> None:
        self.generic_visit(node)
        for target in node.targets:
            self._give(target, node.value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.generic_visit(node)
        self._give(node.target, node.value)

    def visit_Return(self, node: ast.Return) -> None:
        self.generic_visit(node)
        if isinstance(node.value, ast.Call) and _ERROR.search(ast.unparse(node.value.func)):
            self._say(node.value.args)  # a helper that makes the exception to be raised
        if self.functions and (texts := self._texts(node.value)):
            name = self.functions[-1]
            self.returned[name] = (*self.returned.get(name, ()), *texts)[:MAX_FORMS]

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self.generic_visit(node)
        if isinstance(node.target, ast.Attribute) and node.target.attr == "strerror":
            self._say([node.value])  # the loader's error, said with more words
        if isinstance(node.target, ast.Name) and node.target.id in (scope := self.scopes[-1]):
            whole = ast.BinOp(ast.Name(node.target.id), node.op, node.value)
            scope[node.target.id] = self._texts(whole)

    def visit_Raise(self, node: ast.Raise) -> None:
        if isinstance(node.exc, ast.Call):
            self._say([*node.exc.args, *(k.value for k in node.exc.keywords)])
        self.generic_visit(node)

    def visit_Assert(self, node: ast.Assert) -> None:
        if node.msg is not None:
            self._say([node.msg])
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if _says(node):
            self._say(
                [*node.args, *(k.value for k in node.keywords if k.arg in ("message", "msg"))], len(node.args) > 1
            )
        self.generic_visit(node)

    def _give(self, target: ast.expr, value: ast.expr | None) -> None:
        """A name keeps every text it was given in its scope: which one is printed depends on the machine."""
        if isinstance(target, ast.Name):
            known = self.scopes[-1].get(target.id, ())
            given = self._texts(value) or (HOLE,)
            self.scopes[-1][target.id] = tuple(dict.fromkeys((*given, *known)))[:MAX_FORMS]

    def _say(self, arguments: list[ast.expr], filling: bool = False) -> None:
        """The first argument that is a text; `filling` where later ones go into it."""
        said = next(filter(None, map(self._texts, arguments)), ())
        self.found += [Message("", None, plain(filled(text) if filling else text), self.where) for text in said]

    def _texts(self, node: ast.expr | None) -> Forms:
        """The forms of an expression that have words of their own."""
        names = {name: texts for scope in self.scopes for name, texts in scope.items()}
        return tuple(text for text in forms(node, names) if _WORDS.search(text.replace(HOLE, "")))


def _says(call: ast.Call) -> bool:
    """Whether a call warns, logs an error, checks, prints to stderr, or is an exception's own constructor."""
    match call.func:
        case ast.Name(id="print"):
            return any(k.arg == "file" and "stderr" in ast.unparse(k.value) for k in call.keywords)
        case ast.Name(id=name):
            return name in WARNS or bool(_CHECK.search(name))
        case ast.Attribute(value=ast.Call(func=ast.Name(id="super")), attr="__init__"):
            return True
        case ast.Attribute(value=value, attr=name):
            return (
                name in WARNS or bool(_CHECK.search(name)) or (name in LEVELS and "log" in ast.unparse(value).lower())
            )
    return False
