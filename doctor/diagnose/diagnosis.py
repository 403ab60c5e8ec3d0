"""Facts -> report. Pure: no clock, disk, network or printing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from doctor import rules
from doctor.diagnose import verdict
from doctor.diagnose.inference import with_inferred
from doctor.diagnose.judging import Judgement, judge, remedies_of
from doctor.diagnose.root_causes import root_causes_first
from doctor.diagnose.suspects import nearest, suspects
from doctor.diagnose.texts import GIVEN, read_texts
from doctor.facts import Facts
from doctor.intake.inferred import without_inferred
from doctor.model import Broken, Finding, Reading, Severity, Unknown, Verdict
from doctor.report import Report
from doctor.rules import Rule
from doctor.rules.api import CannotTell


def diagnose(facts: Facts, selected: Iterable[Rule] | None = None, *, only: bool = False) -> Report:
    """Judge facts by every rule, or by the selected ones, and error texts among the facts by their signatures.

    `only`: the question is about the selected rules alone, so the verdict is, too.
    """
    chosen = {rule.id: rule for rule in (rules.all_rules() if selected is None else selected)}
    told = without_inferred(facts)
    judged = {rule.id: judge(rule, told) for rule in chosen.values()}
    if told is not facts:
        judged = with_inferred(judged, chosen, facts)
    read = read_texts(facts, judged)
    remedied, failed = _with_remedies(read.findings.values(), chosen, facts)
    broken = (*(j for j in judged.values() if isinstance(j, Broken)), *failed)
    findings = root_causes_first(_with_nearest(remedied, chosen, judged, facts), read.named)
    unknown = tuple(_unknown(judged, chosen, read.findings))
    reasons = verdict.left_open(unknown) if only else verdict.undetermined(told, read)
    reasons = (*reasons, *verdict.of_broken(broken))
    conclusion = _conclude(findings, reasons)
    return Report(
        healthy={Verdict.SICK: False, Verdict.SOUND: True}.get(conclusion),
        verdict=conclusion,
        undetermined=reasons,
        suspects=suspects(facts, findings, judged) if conclusion is Verdict.UNDETERMINED else (),
        broken=broken,
        findings=findings,
        unknown=unknown,
        withdrawn=read.withdrawn,
        facts=facts,
        timings=timings(facts),
    )


def _conclude(findings: Iterable[Finding], reasons: tuple[str, ...]) -> Verdict:
    if any(f.severity is Severity.ERROR for f in findings):
        return Verdict.SICK
    return Verdict.UNDETERMINED if reasons else Verdict.SOUND


def _with_remedies(
    findings: Iterable[Finding], chosen: Mapping[str, Rule], facts: Facts
) -> tuple[list[Finding], list[Broken]]:
    """The findings with what mends them; a rule that fails at that keeps its finding."""
    remedied, failed = [], []
    for finding in findings:
        found = remedies_of(chosen[finding.rule], facts)
        if isinstance(found, Broken):
            failed.append(found)
            found = ()
        remedied.append(msgspec.structs.replace(finding, remedies=found))
    return remedied, failed


def _with_nearest(
    findings: Iterable[Finding], chosen: Mapping[str, Rule], judged: Mapping[str, Judgement], facts: Facts
) -> list[Finding]:
    """Symptoms of many causes with those that the facts leave open."""
    return [
        msgspec.structs.replace(finding, candidates=nearest(chosen[finding.rule].candidates, judged, facts))
        for finding in findings
    ]


def _unknown(
    judged: Mapping[str, Judgement], chosen: Mapping[str, Rule], findings: Mapping[str, Finding]
) -> Iterable[Unknown]:
    """What was to be seen in the facts and was not: what only an error text can tell is no gap in them."""
    for rule_id, answer in judged.items():
        if not isinstance(answer, CannotTell) or answer.missing == GIVEN:
            continue
        if chosen[rule_id].check is not None and rule_id not in findings:
            yield Unknown(rule_id, answer.missing)


def timings(facts: Facts) -> dict[str, float]:
    """Milliseconds each probe took."""
    readings: dict[str, Reading[Any]] = {name: getattr(facts, name) for name in facts.__struct_fields__}
    return {name: round(r.took_ms, 1) for name, r in readings.items() if r.took_ms}
