"""Remedies as ordered steps. Pure: nothing is run here."""

from __future__ import annotations

from collections.abc import Collection

from doctor.model import Finding, Plan, Remedy, Risk, Severity, Step
from doctor.report import Report


def plan(report: Report, wanted: Collection[str] = ()) -> Plan:
    """Root causes first, one remedy each: the first safe one is a step, else the first one is left to a person.

    `wanted` names rules; without it every error and warning that nothing else explains is planned for. A remedy that
    two findings share is done once.
    """
    steps: dict[Remedy, Step] = {}
    manual: list[Step] = []
    for finding in report.findings:
        if not _is_wanted(finding, wanted) or not finding.remedies:
            continue
        remedy = next(iter(safe(finding)), None)
        if remedy is None:
            manual.append(Step(finding.rule, finding.remedies[0]))
        else:
            steps.setdefault(remedy, Step(finding.rule, remedy))
    return Plan(tuple(steps.values()), tuple(manual))


def safe(finding: Finding) -> list[Remedy]:
    """The remedies that may be carried out without a person at hand, in their order."""
    return [remedy for remedy in finding.remedies if remedy.risk is Risk.SAFE and remedy.commands]


def _is_wanted(finding: Finding, wanted: Collection[str]) -> bool:
    if wanted:
        return finding.rule in wanted
    return finding.caused_by is None and finding.severity is not Severity.INFO
