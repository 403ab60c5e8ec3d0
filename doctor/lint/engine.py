"""One file through all lint rules: severities by start method, ignore comments, configuration."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import msgspec

from doctor.lint.prefilter import relevant
from doctor.model import Severity
from doctor.rules import Rule, load, names
from doctor.source.methods import LABELS
from doctor.source.spots import ANY, FORK, SPAWN, LintFinding, Note, Spot
from doctor.source.text import Unreadable, decode, notebook_source, parse, read_bytes
from doctor.source.view import ModuleView

ELSEWHERE = " (works where workers are forked, as here; fails on Windows, on macOS, and on Linux with Python 3.14)"
FAILED = "torch-doctor itself failed on it, which is a bug: {what}"
THERE = " [{methods}]"
_IGNORE = re.compile(r"#\s*doctor:\s*ignore(?P<file>-file)?(?:\s*\[(?P<rules>[^\]]*)\])?")


class LintSettings(msgspec.Struct, frozen=True):
    """What files are judged by: rule ids to `select` and `ignore`, severities to replace; `cpus` see ModuleView."""

    platforms: tuple[str, ...] = ("linux",)
    python: tuple[int, int] = (3, 11)
    cpus: int | None = None
    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    severity: dict[str, Severity] = {}


@cache
def lint_rules() -> tuple[Rule, ...]:
    """The rules that read source. They live in the dataloader area, so no other is loaded."""
    found = (load(i) for i, module in names().items() if module.startswith("doctor.rules.dataloader."))
    return tuple(rule for rule in found if rule.lint is not None)


def lint_file(path: str, settings: LintSettings) -> tuple[list[LintFinding], Note | None]:
    """Findings of one file, or the note why it could not be judged."""
    try:
        data = read_bytes(path)
        if not relevant(data):
            return [], None
        is_notebook = path.endswith(".ipynb")
        text = notebook_source(data) if is_notebook else decode(data)
        return lint_text(text, path, settings, is_notebook=is_notebook), None
    except Unreadable as trouble:
        return [], trouble.note(path)
    except RecursionError:
        return [], Note(path, "too-deep", "nested too deeply to be judged")
    except Exception as error:  # noqa: BLE001  # a defect of a rule must not cost the other files their findings
        return [], Note(path, "failed", FAILED.format(what=f"{type(error).__name__}: {error}"))


def lint_text(text: str, path: str, settings: LintSettings, *, is_notebook: bool = False) -> list[LintFinding]:
    """Findings in a source text, in the order of their lines. Raises Unreadable when it cannot be parsed."""
    view = view_of(text, settings, is_notebook=is_notebook)
    ignored = ignored_rules(text)
    found = {
        finding
        for rule in lint_rules()
        if (not settings.select or rule.id in settings.select) and rule.id not in settings.ignore
        for finding in _findings_of_rule(rule, view, path, settings)
        if not _is_ignored(finding, ignored)
    }
    return sorted(found)


def view_of(text: str, settings: LintSettings, *, is_notebook: bool = False) -> ModuleView:
    return ModuleView(
        parse(text), platforms=settings.platforms, python=settings.python, cpus=settings.cpus, is_notebook=is_notebook
    )


def _findings_of_rule(rule: Rule, view: ModuleView, path: str, settings: LintSettings) -> Iterator[LintFinding]:
    assert rule.lint is not None
    for spot in rule.lint(view):
        severity, suffix = effective_severity(spot, rule.severity, view)
        if severity is None:
            continue
        message = (spot.message or rule.message).format(**spot.values) + suffix
        column = getattr(spot.node, "col_offset", 0) + 1
        chosen = settings.severity.get(rule.id, severity)
        yield LintFinding(path, view.line(spot.node), column, rule.id, chosen, message)


def effective_severity(spot: Spot, default: Severity, view: ModuleView) -> tuple[Severity | None, str]:
    """A spot's severity under the judged start methods, None when it does not apply, and where it bites."""
    severity = spot.severity or default
    methods = view.methods(spot.loader)
    if spot.platforms:
        methods = {p: m for p, m in methods.items() if p in spot.platforms}
        if not methods:
            return None, ""
    if spot.under == ANY:
        return severity, ""
    hit = {p: m for p, m in methods.items() if (m == "fork") == (spot.under == FORK)}
    if hit:
        where = ", ".join(f"{LABELS[p]}: {m}" for p, m in hit.items())
        return severity, THERE.format(methods=where)
    if spot.under == SPAWN and spot.portable:
        return Severity.INFO, ELSEWHERE
    return None, ""


def ignored_rules(text: str) -> dict[int, set[str]]:
    """Line -> rules ignored there (`# doctor: ignore[rule]`); line 0 is the file (`ignore-file`), "*" every rule."""
    found: dict[int, set[str]] = {}
    if "doctor:" not in text:
        return found
    for number, line in enumerate(text.splitlines(), 1):
        match = _IGNORE.search(line)
        if match:
            rules = {r.strip() for r in (match["rules"] or "*").split(",")}
            found.setdefault(0 if match["file"] else number, set()).update(rules)
            if line.lstrip().startswith("#") and not match["file"]:
                found.setdefault(number + 1, set()).update(rules)  # a comment of its own speaks for the next line
    return found


def _is_ignored(finding: LintFinding, ignored: dict[int, set[str]]) -> bool:
    rules = ignored.get(0, set()) | ignored.get(finding.line, set())
    return "*" in rules or finding.rule in rules
