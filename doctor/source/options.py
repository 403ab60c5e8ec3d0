"""Default values of command-line options: argparse, click and typer, absl flags, plain settings classes."""

from __future__ import annotations

import ast
from collections import defaultdict

from doctor.source.index import SymbolTable

MISSING = ast.Constant(None)


def option_defaults(index: SymbolTable) -> dict[str, list[ast.expr]]:
    """Option name as an attribute (`args.num_workers`) -> its default expressions in this file."""
    defaults: dict[str, list[ast.expr]] = defaultdict(list)
    for call in index.calls:
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        if name in ("add_argument", "add"):
            _argparse(call, defaults)
        elif name in ("set_defaults", "parse_known_args", "parse_args"):
            for keyword in call.keywords:
                if name == "set_defaults" and keyword.arg:
                    defaults[keyword.arg] = [keyword.value]
        elif name.startswith("DEFINE_"):
            _absl(call, defaults)
        elif name == "option":
            _click(call, defaults)
    return defaults


def keywords(call: ast.Call) -> dict[str, ast.expr]:
    return {k.arg: k.value for k in call.keywords if k.arg}


def _argparse(call: ast.Call, defaults: dict[str, list[ast.expr]]) -> None:
    flags = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    given = keywords(call)
    dest = given.get("dest")
    if isinstance(dest, ast.Constant) and isinstance(dest.value, str):
        name = dest.value
    elif flags:
        name = next((f for f in flags if f.startswith("--")), flags[0]).lstrip("-").replace("-", "_")
    else:
        return
    action = given.get("action")
    if isinstance(action, ast.Constant) and action.value in ("store_true", "store_false"):
        given.setdefault("default", ast.Constant(action.value == "store_false"))
        defaults[name].append(ast.Constant(action.value == "store_true"))
    defaults[name].append(given.get("default", MISSING))


def _absl(call: ast.Call, defaults: dict[str, list[ast.expr]]) -> None:
    given = keywords(call)
    name = call.args[0] if call.args else given.get("name")
    value = call.args[1] if len(call.args) > 1 else given.get("default")
    if isinstance(name, ast.Constant) and isinstance(name.value, str) and value is not None:
        defaults[name.value].append(value)


def _click(call: ast.Call, defaults: dict[str, list[ast.expr]]) -> None:
    for flag in call.args:
        text = flag.value if isinstance(flag, ast.Constant) else None
        if isinstance(text, str) and text.startswith("--"):
            name = text.lstrip("-").replace("-", "_")
            defaults[name].append(keywords(call).get("default", MISSING))
