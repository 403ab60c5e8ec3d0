"""Mechanical, safe edits of a source text: the main guard, persistent workers, seeds of workers.

Edits keep every character that they do not have to change. What cannot be done surely is not done.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from doctor.lint.engine import LintSettings, lint_rules, view_of
from doctor.model import Severity
from doctor.rules import load
from doctor.source.loader import YES, Loader
from doctor.source.spots import SPAWN
from doctor.source.view import ModuleView

GUARD = 'if __name__ == "__main__":'
NO_GUARD = "dataloader-spawn-no-main-guard"
SEED = "{torch}.initial_seed() % 2**32"
_STAYS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_SEEDERS = ("numpy.random.seed", "random.seed")


class TextEdit(NamedTuple):
    """Replace the text between two places (line from 1, column in bytes of UTF-8) of a source."""

    start: tuple[int, int]
    end: tuple[int, int]
    text: str


def fixed_text(text: str, settings: LintSettings) -> str:
    """The text with what can be mended, the same text when nothing can. Raises Unreadable when it cannot be parsed."""
    view = view_of(text, settings)
    edits = [*_persistent_worker_edits(view), *_seed_edits(view)]
    text = _apply_edits(text, edits) if edits else text
    return _with_main_guard(text, settings)


def _persistent_worker_edits(view: ModuleView) -> Iterator[TextEdit]:
    """`persistent_workers=True` where workers are surely there and are started again every epoch."""
    wanted = {spot.node for spot in load("dataloader-workers-restarted").module.lint(view) if not spot.message}
    for loader in view.loaders:
        sure = loader.kind == "torch" and loader.workers.certainty == YES
        if loader.node in wanted and sure and _takes_keywords(loader):
            arguments = [*loader.node.args, *(k.value for k in loader.node.keywords)]
            last = max(arguments, key=lambda a: (a.end_lineno or 0, a.end_col_offset or 0))
            place = (last.end_lineno or 0, last.end_col_offset or 0)
            yield TextEdit(place, place, ", persistent_workers=True")


def _takes_keywords(loader: Loader) -> bool:
    return bool(loader.node.keywords) and not loader.open and all(k.arg for k in loader.node.keywords)


def _seed_edits(view: ModuleView) -> Iterator[TextEdit]:
    """The constant seed of a `worker_init_fn` replaced by the one that torch gives each worker."""
    torch = next((name for name, full in view.index.imports.items() if full == "torch"), "")
    wanted = {spot.node for spot in load("dataloader-same-numpy-seed").module.lint(view)} if torch else set()
    for call in view.calls(*_SEEDERS):
        if call in wanted and len(call.args) == 1:
            seed = call.args[0]
            end = (seed.end_lineno or 0, seed.end_col_offset or 0)
            yield TextEdit((seed.lineno, seed.col_offset), end, SEED.format(torch=torch))


def _apply_edits(text: str, edits: Iterable[TextEdit]) -> str:
    lines = text.splitlines(keepends=True)
    for edit in sorted(edits, reverse=True):
        head = lines[edit.start[0] - 1].encode()[: edit.start[1]].decode()
        tail = lines[edit.end[0] - 1].encode()[edit.end[1] :].decode()
        lines[edit.start[0] - 1 : edit.end[0]] = [head + edit.text + tail]
    return "".join(lines)


def _with_main_guard(text: str, settings: LintSettings) -> str:
    """The text with the statements that start workers, and all that follow them, under a main guard."""
    view = view_of(text, settings)
    flagged = [spot.node for spot in load(NO_GUARD).module.lint(view) if spot.under == SPAWN]
    if not flagged:
        return text
    first = min(view.line(node) for node in flagged)
    blocks = _blocks_to_guard(view.tree, first)
    if blocks is None or _needed_outside(view, blocks):
        return text
    guarded = _indent_blocks(text, blocks)
    return guarded if _same_program(view, guarded, settings) else text


def _blocks_to_guard(tree: ast.Module, first: int) -> list[tuple[int, int]] | None:
    """Line ranges to guard, from the statement that holds line `first` on; None when statements share a line."""
    ends: dict[int, ast.stmt] = {}
    blocks: list[tuple[int, int]] = []
    joined = False  # nothing that stays outside of guards was passed since the last block
    for statement in tree.body:
        start, end = _first_line(statement), statement.end_lineno or statement.lineno
        if start in ends:
            return None
        ends[end] = statement
        if end < first or isinstance(statement, _STAYS):
            joined = False
            continue
        blocks[-1:] = [(blocks[-1][0], end)] if joined else [*blocks[-1:], (start, end)]
        joined = True
    return blocks


def _needed_outside(view: ModuleView, blocks: list[tuple[int, int]]) -> bool:
    """Whether a definition that stays outside is made with a name that is only set inside of the blocks."""
    outside = [s for s in view.tree.body if isinstance(s, _STAYS)]
    needed = {name for statement in outside for name in _names_at_definition(statement)}
    return any(
        all(any(a <= view.line(b.value) <= z for a, z in blocks) for b in view.index.bound[view.tree, name])
        for name in needed
        if (view.tree, name) in view.index.bound
    )


def _names_at_definition(statement: ast.AST) -> Iterator[str]:
    """Names that decorators, defaults, annotations, bases and class bodies read."""
    stack: list[ast.AST] = [statement]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id
        bodies = node.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else []
        stack += [child for child in ast.iter_child_nodes(node) if child not in bodies]


def _first_line(statement: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(d.lineno for d in decorators)])


def _indent_blocks(text: str, blocks: list[tuple[int, int]]) -> str:
    """Each block under a guard of its own; lines inside of strings stay as they are."""
    lines = text.splitlines(keepends=True)
    unit, inside = _indentation(text)
    newline = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    for start, end in reversed(blocks):
        for number in range(start, end + 1):
            if lines[number - 1].strip() and number not in inside:
                lines[number - 1] = unit + lines[number - 1]
        lines.insert(start - 1, GUARD + newline)
    return "".join(lines)


def _indentation(text: str) -> tuple[str, set[int]]:
    """The indentation the file uses, and the lines that begin inside a string."""
    unit = ""
    inside: set[int] = set()
    opened = 0
    for token in tokenize.generate_tokens(io.StringIO(text, newline="").readline):
        name = tokenize.tok_name[token.type]
        if name == "INDENT" and not unit:
            unit = token.string
        elif name == "STRING":
            inside.update(range(token.start[0] + 1, token.end[0] + 1))
        elif name.endswith("STRING_START"):
            opened = opened or token.start[0]
        elif name.endswith("STRING_END") and opened:
            inside.update(range(opened + 1, token.end[0] + 1))
            opened = 0
    return unit or "    ", inside


def _same_program(before: ModuleView, after: str, settings: LintSettings) -> bool:
    """Whether only guards were added, the hazard is gone, and no other took its place."""
    now = view_of(after, settings)
    same, hazards = _without_guards(before.tree) == _without_guards(now.tree), _hazards(now)
    return same and NO_GUARD not in hazards and hazards <= _hazards(before)


def _hazards(view: ModuleView) -> set[str]:
    return {r.id for r in lint_rules() if r.severity is not Severity.INFO and any(True for _ in r.module.lint(view))}


def _without_guards(tree: ast.Module) -> list[str]:
    """The statements, guards opened."""
    return [ast.dump(inner) for s in tree.body for inner in (s.body if _is_added_guard(s) else [s])]  # type: ignore[attr-defined]


def _is_added_guard(statement: ast.stmt) -> bool:
    is_guard = isinstance(statement, ast.If) and not statement.orelse
    return is_guard and ast.unparse(statement.test) == "__name__ == '__main__'"  # type: ignore[attr-defined]
