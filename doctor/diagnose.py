"""Rules over facts, root causes first. Pure: no clock, disk, network or printing."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable
from typing import Any

from doctor import rules
from doctor.facts import Facts
from doctor.model import Finding, Reading, Remedy, Severity, Unknown
from doctor.report import Report
from doctor.rules import Rule
from doctor.rules.api import Hit

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


class Missing(Exception):
    """A rule needs a fact that is not there to judge; the text says why."""


def diagnose(facts: Facts, selected: Iterable[Rule] | None = None) -> Report:
    """Judge facts by every rule, or by the selected ones."""
    findings: list[Finding] = []
    unknown: list[Unknown] = []
    for rule in rules.all_rules() if selected is None else selected:
        if rule.check is None:
            continue
        try:
            finding = judge(rule, facts)
        except Missing as why:
            unknown.append(Unknown(rule.id, str(why)))
            continue
        if finding is not None:
            findings.append(finding)
    ordered = root_causes_first(findings)
    healthy = not any(f.severity is Severity.ERROR for f in ordered)
    return Report(healthy, ordered, tuple(unknown), facts, timings(facts))


def judge(rule: Rule, facts: Facts) -> Finding | None:
    """One rule's finding. Raises Missing when what it needs could not be looked at; a rule that breaks says so."""
    assert rule.check is not None
    try:
        answer: Hit | None = rule.check(**arguments(rule.check, facts))
    except Missing:
        raise
    except Exception as error:
        raise Missing(f"the rule itself failed: {_where(error)}") from error
    if answer is None:
        return None
    template = answer.message or rule.message
    return Finding(
        rule=rule.id,
        severity=answer.severity or rule.severity,
        message=template.format(**answer.values),
        evidence=answer.evidence,
        remedies=remedies_of(rule, facts),
        area=rule.area,
    )


def remedies_of(rule: Rule, facts: Facts) -> tuple[Remedy, ...]:
    """The rule's remedies for this machine; those that need facts that are missing are left out."""
    if rule.remedies is None:
        return ()
    try:
        return tuple(rule.remedies(**arguments(rule.remedies, facts)))
    except Missing:
        return ()


def arguments(function: Callable[..., Any], facts: Facts) -> dict[str, Any]:
    """What a rule function asks for by parameter name.

    `T` needs a value, `T | None` takes absence, `Reading[T]` gets the reading, `facts` gets all of them.
    """
    return {
        name: _argument(name, str(kind), facts) for name, kind in function.__annotations__.items() if name != "return"
    }


def _argument(name: str, kind: str, facts: Facts) -> Any:
    if name == "facts":
        return facts
    reading: Reading[Any] = getattr(facts, name)
    if kind.startswith("Reading["):
        return reading
    if reading.ok:
        return reading.value
    if kind.endswith("| None"):
        return None
    raise Missing(f"{name}: {reading.reason or reading.status.value}")


def root_causes_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Mark what each finding is caused by, mark the primary ones, and put them in reading order."""
    found = {f.rule: f for f in findings}
    causes = {f.rule: _cause(f.rule, found) for f in found.values()}
    marked = [_mark(f, causes[f.rule]) for f in found.values()]
    return tuple(sorted(marked, key=lambda f: (_ORDER[f.severity], not f.primary, f.caused_by or "")))


def _cause(rule_id: str, found: dict[str, Finding]) -> str | None:
    """The root among the findings that explain this one; loops are cut."""
    seen = {rule_id}
    cause = None
    current = rule_id
    while True:
        nearer = next((f for f in found if f not in seen and current in rules.load(f).explains), None)
        if nearer is None:
            return cause
        seen.add(nearer)
        cause = current = nearer


def _mark(finding: Finding, cause: str | None) -> Finding:
    primary = cause is None and finding.severity is Severity.ERROR
    fields = {name: getattr(finding, name) for name in finding.__struct_fields__}
    return Finding(**{**fields, "primary": primary, "caused_by": cause})


def timings(facts: Facts) -> dict[str, float]:
    """Milliseconds each probe took."""
    readings = {name: getattr(facts, name) for name in facts.__struct_fields__}
    return {name: round(r.took_ms, 1) for name, r in readings.items() if r.took_ms}


def _where(error: BaseException) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({last.name}, line {last.lineno})"
