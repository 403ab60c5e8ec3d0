"""How texts begin and end: the style that CONTRIBUTING.md names, held over every message, error line and note."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import doctor
from doctor import rules
from tests.each import each

MODULES = sorted(Path(doctor.__file__).parent.rglob("*.py"))
# names that are written small, also at the beginning
NAMES = {
    "torch",
    "torchvision",
    "torchaudio",
    "torchcodec",
    "nvcc",
    "libcuda",
    "conda",
    "pip",
    "pixi",
    "uv",
    "ldconfig",
    "macOS",
    "timeout",
}
CAPITAL = re.compile(r"[A-Z][a-z]+(?![\w.-])")
PROPER = {"Python", "Miniforge", "Windows"}


def is_sentence(text: str) -> bool:
    """Whether it begins as a message or a title does, and has no full stop."""
    first = text.split()[0].rstrip(",:").removesuffix("'s")
    return (not first[0].islower() or first in NAMES or bool(set("_=.") & set(first))) and not text.endswith(".")


def is_error_line(text: str) -> bool:
    """Whether it can follow `torch-doctor: `: in lower case unless with a name, and without a full stop."""
    capital = CAPITAL.match(text)
    return (not capital or capital[0] in PROPER) and not text.rstrip().endswith((".", "!"))


def shown(node: ast.expr | None) -> str | None:
    """A text as it is in the source, what is filled in standing as {}; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


def name_of(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def error_messages(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The message of every DoctorError, and of calls of a function here that passes its `message` on to one."""
    place = {"DoctorError": 1}
    constants = {name_of(n.targets[0]): shown(n.value) for n in tree.body if isinstance(n, ast.Assign)}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and "message" in [a.arg for a in node.args.args]:
            names = [a.arg for a in node.args.args if a.arg not in ("self", "cls")]
            if any(isinstance(n, ast.Call) and name_of(n.func) == "DoctorError" for n in ast.walk(node)):
                place[node.name] = names.index("message")
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func) in place and len(node.args) > place[name_of(node.func)]:
            argument = node.args[place[name_of(node.func)]]
            text = shown(argument) or constants.get(name_of(argument))
            if text:
                yield node.lineno, text


def error_lines(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """What follows the program's name and a colon."""
    for node in ast.walk(tree):
        text = shown(node) if isinstance(node, ast.expr) else None
        first = node.values[0] if isinstance(node, ast.JoinedStr) and node.values else None
        if text and isinstance(first, ast.FormattedValue) and name_of(first.value) == "PROGRAM":
            text = text.replace("{}", "torch-doctor", 1)
        if text and text.startswith("torch-doctor: "):
            yield getattr(node, "lineno", 0), text.removeprefix("torch-doctor: ")


@each("rule", [rule for rule in rules.all_rules() if rule.message], ids=lambda rule: rule.id)
def test_a_message_begins_with_a_capital_and_has_no_full_stop(rule: rules.Rule) -> None:
    assert is_sentence(rule.message), rule.message


@each("rule", rules.all_rules(), ids=lambda rule: rule.id)
def test_a_page_has_sentences(rule: rules.Rule) -> None:
    title, *sections = re.split(r"^## .*\n", rule.doc, flags=re.M)
    why, what = sections[:2]
    paragraphs = [text for part in (title, why, what) for text in part.strip().split("\n\n")]
    assert [text for text in paragraphs if not text.endswith((".", ".)"))] == []


@each("path", MODULES, ids=str)
def test_error_lines_go_on_in_lower_case_without_a_full_stop(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [(n, text) for n, text in (*error_messages(tree), *error_lines(tree)) if not is_error_line(text)] == []


def test_notes_are_sentences() -> None:
    texts = [
        value
        for name, value in vars(importlib.import_module("doctor.match.notes")).items()
        if name.isupper() and isinstance(value, str)
    ]
    assert len(texts) > 15
    assert [text for text in texts if not text.endswith(".") or not is_sentence(text.removesuffix("."))] == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("there is no rule of that name", True),
        ("There is no rule of that name", False),
        ("there is no rule of that name.", False),
        ("PyTorch has no wheels", True),
        ("{} is not a folder", True),
    ],
)
def test_an_error_line(text: str, right: bool) -> None:
    assert is_error_line(text) is right
    assert list(error_messages(ast.parse(f"raise DoctorError('id', {text!r})"))) == [(1, text)]


def test_a_message() -> None:
    assert is_sentence("torch {torch} is old") and is_sentence("{gpu} is old") and is_sentence("The disk is full")
    assert not is_sentence("the disk is full") and not is_sentence("The disk is full.")
