"""The worker of the recipes; what it does is tested through the harness (tests/smoke)."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

INSIDE = Path(__file__).resolve().parents[3] / "doctor" / "target" / "inside"
RECIPES = Path(__file__).resolve().parents[3] / "recipes"


def test_it_is_written_for_python_3_7():
    ast.parse((INSIDE / "recipe_worker.py").read_text(encoding="utf-8"), feature_version=(3, 7))


@pytest.mark.parametrize("path", sorted(RECIPES.glob("*.py")), ids=lambda path: path.stem)
def test_recipes_are_written_for_python_3_8(path):
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 8))
    newer = re.compile(
        r"\.removeprefix\(|\.removesuffix\(|zip\([^\n]*strict=|\bmatch \w+:$|functools\.cache\b", re.MULTILINE
    )
    assert not newer.search(source)
    assert ast.get_docstring(tree)


def test_it_imports_the_standard_library_only():
    tree = ast.parse((INSIDE / "recipe_worker.py").read_text(encoding="utf-8"))
    names = {alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names}
    assert names <= sys.stdlib_module_names
