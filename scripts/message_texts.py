"""An expression as the text it would print, with `{}` for what the program fills in."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from itertools import islice, product

HOLE = "{}"
MAX_FORMS = 4  # of one text, where a name or a condition has several
_PERCENT = re.compile(r"%(?:\(\w+\))?[-#0 +]*[\d*]*(?:\.[\d*]+)?[sdrfgxXeiucFr]")
_COLOUR = re.compile(r"\x1b\[[\d;]*m")
_FIELD = re.compile(r"\{[^{}]*\}")
_HOLES = re.compile(r"\{\}(?:\s*\{\})+")
_KEEPS = {"dedent", "cleandoc", "strip", "lstrip", "rstrip", "str", "colored", "fill", "_"}

Forms = tuple[str, ...]
Names = Mapping[str, Forms]


def forms(node: ast.expr | None, names: Names) -> Forms:
    """Every text that an expression may stand for, at most MAX_FORMS."""
    match node:
        case ast.Constant(value=str(text)):
            return (text,)
        case ast.JoinedStr(values=values):
            return _joined(_inside(value, names) for value in values)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _joined((forms(left, names), forms(right, names)))
        case ast.BinOp(left=left, op=ast.Mod()):
            return tuple(filled(text) for text in forms(left, names))
        case ast.IfExp(body=body, orelse=orelse):
            return (*forms(body, names), *forms(orelse, names))[:MAX_FORMS]
        case ast.Name(id=name):
            return names.get(name, (HOLE,))
        case ast.Lambda(body=body):
            return forms(body, names)
        case ast.Call():
            return _called(node, names)
    return (HOLE,)


def filled(text: str) -> str:
    """A text with `%s` and its kin filled."""
    return _PERCENT.sub(HOLE, text).replace("%%", "%")


def plain(text: str) -> str:
    """Without colours and indentation, runs of holes as one."""
    lines = (" ".join(line.split()) for line in _COLOUR.sub("", text).strip().splitlines())
    return _HOLES.sub(HOLE, "\n".join(line for line in lines if line))


def _inside(value: ast.expr, names: Names) -> Forms:
    """A part of an f-string: a name in it is followed only where it has one text."""
    if isinstance(value, ast.FormattedValue):
        found = forms(value.value, names)
        return found if len(found) == 1 and " " in found[0] else (HOLE,)
    return forms(value, names)


def _called(call: ast.Call, names: Names) -> Forms:
    match call.func:
        case ast.Attribute(value=value, attr="format"):
            return tuple(_FIELD.sub(HOLE, text) for text in forms(value, names))
        case ast.Attribute(value=separator, attr="join") if call.args and isinstance(
            call.args[0], ast.List | ast.Tuple
        ):
            return tuple(
                mark.join(parts)
                for mark in forms(separator, names)
                for parts in islice(product(*(forms(e, names) for e in call.args[0].elts)), MAX_FORMS)
            )
        case ast.Attribute(value=value, attr="strip" | "lstrip" | "rstrip" | "replace"):
            return forms(value, names)
        case ast.Name(id=name) | ast.Attribute(attr=name) if name in _KEEPS and call.args:
            return forms(call.args[0], names)
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return names.get(f"{name}()", (HOLE,))
    return (HOLE,)


def _joined(parts: Iterable[Forms]) -> Forms:
    return tuple("".join(choice) for choice in islice(product(*parts), MAX_FORMS))
