"""Remedies as ordered steps. Pure: nothing is run here."""

from __future__ import annotations

from collections.abc import Collection

from doctor.model import Finding, Plan, Remedy, Risk, Severity, Step
from doctor.report import Report


def plan(report: Report, wanted: Collection[str] = ()) -> Plan:
    """Root causes first, one remedy each: the first safe one is a step, else the first one is left to a person.

    `wanted` names rules; without it every error and warning that nothing else explains is planned for.
    """
    steps: dict[tuple[str, ...], Step] = {}
    manual: list[Step] = []
    for finding in report.findings:
        if not _is_wanted(finding, wanted) or not finding.remedies:
            continue
        remedy = next((r for r in finding.remedies if r.risk is Risk.SAFE and r.commands), None)
        if remedy is None:
            manual += _steps(finding, finding.remedies[0])
            continue
        for step in _steps(finding, remedy):
            steps.setdefault(step.argv, step)
    return Plan(tuple(steps.values()), tuple(manual))


def _is_wanted(finding: Finding, wanted: Collection[str]) -> bool:
    if wanted:
        return finding.rule in wanted
    return finding.caused_by is None and finding.severity is not Severity.INFO


def _steps(finding: Finding, remedy: Remedy) -> list[Step]:
    commands = remedy.commands or ((),)
    return [Step(remedy.title, argv, remedy.risk, finding.rule, remedy.writes) for argv in commands]
