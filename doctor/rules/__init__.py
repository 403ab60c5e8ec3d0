"""The rules, one problem per file in `doctor/rules/<area>/`; the file name is the rule's id.

A rule file has a docstring (title, then `## Why it matters`, `## What to do`, `## References`), SEVERITY, and whichever
of these it can: MESSAGE with `check`, SIGNATURES (error texts), `lint(module)`, `remedies`. See CONTRIBUTING.md.
A symptom of many causes has CANDIDATES: the id of each cause's rule, and the one look that tells it from the others.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

from doctor.model import Candidate, Phase, Severity
from doctor.text.docstrings import docstring


class Rule(msgspec.Struct, frozen=True):
    """A rule file, loaded. `explains` names rules whose findings are consequences of this one.

    `signatures` are regular expressions over single lines of an error text, most telling first. They tell nothing in a
    text of which a line matches one of `unless`, nor in one that is of one of the phases in `not_while`; in
    those of `instead_while` they tell what the rule named there is about. `candidates` are what a symptom of many
    causes can mean, likeliest first.

    A rule with `in_own_code`, even an empty one, blames the program: it is silent where an installed package or an
    installer raised. The expressions there prove nothing by themselves: the program's own code must have raised.

    What a notice (`is_notice`) tells never ends a program: beside any other cause it counts for nothing.
    """

    id: str
    area: str
    title: str
    doc: str
    severity: Severity
    message: str
    signatures: tuple[str, ...]
    explains: tuple[str, ...]
    module: Any
    unless: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    not_while: tuple[Phase, ...] = ()
    instead_while: dict[Phase, str] = {}
    in_own_code: tuple[str, ...] | None = None
    is_notice: bool = False

    @property
    def check(self) -> Callable[..., Any] | None:
        return getattr(self.module, "check", None)

    @property
    def remedies(self) -> Callable[..., Any] | None:
        return getattr(self.module, "remedies", None)

    @property
    def lint(self) -> Callable[..., Any] | None:
        return getattr(self.module, "lint", None)


def _ids(area: Path) -> list[str]:
    return sorted(m.name for m in pkgutil.iter_modules([str(area)]) if not m.name.startswith("_"))


@cache
def names() -> dict[str, str]:
    """Rule id -> module name, from the file names alone: nothing is imported."""
    here = Path(__file__).parent
    areas = sorted(p for p in here.iterdir() if p.is_dir() and not p.name.startswith("_"))
    return {m.replace("_", "-"): f"doctor.rules.{area.name}.{m}" for area in areas for m in _ids(area)}


@cache
def load(rule_id: str) -> Rule:
    """The rule of that id. Raises KeyError when there is none."""
    return _rule(rule_id, importlib.import_module(names()[rule_id]))


def all_rules() -> tuple[Rule, ...]:
    """Every rule, by area and id."""
    return tuple(load(rule_id) for rule_id in names())


def _with_candidates(doc: str, candidates: tuple[Candidate, ...]) -> str:
    """The page with what tells the causes apart, before its references."""
    rows = "\n".join(f"- `{one.rule}`: {one.tell}" for one in candidates)
    return doc.replace("## References", f"## Which cause it is\n{rows}\n\n## References") if rows else doc


def _rule(rule_id: str, module: ModuleType) -> Rule:
    candidates = tuple(Candidate(*one) for one in getattr(module, "CANDIDATES", {}).items())
    doc = _with_candidates(docstring(module).strip(), candidates)
    title, _, _ = doc.partition("\n")
    return Rule(
        id=rule_id,
        area=module.__name__.split(".")[2],
        title=title.strip().rstrip("."),
        doc=doc,
        severity=module.SEVERITY,
        message=getattr(module, "MESSAGE", ""),
        signatures=getattr(module, "SIGNATURES", ()),
        unless=getattr(module, "UNLESS", ()),
        candidates=candidates,
        not_while=getattr(module, "NOT_WHILE", ()),
        instead_while=getattr(module, "INSTEAD_WHILE", {}),
        in_own_code=getattr(module, "IN_OWN_CODE", None),
        is_notice=getattr(module, "IS_NOTICE", False),
        explains=getattr(module, "EXPLAINS", ()),
        module=module,
    )
