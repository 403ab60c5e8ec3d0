"""What a module says of itself, which users read."""

from __future__ import annotations

from types import ModuleType


def docstring(module: ModuleType) -> str:
    """From the source where `python -OO` has kept none."""
    if module.__doc__ is not None:
        return module.__doc__
    import ast
    import inspect

    return ast.get_docstring(ast.parse(inspect.getsource(module)), clean=False) or ""
