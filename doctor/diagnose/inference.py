"""What the rules make of facts that were inferred: a warning at most, and never an all-clear."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from doctor import rules
from doctor.diagnose.judging import Judgement, judge
from doctor.facts import Facts
from doctor.model import Evidence, Finding, Reading, Severity
from doctor.rules import Rule
from doctor.rules.api import CannotTell

INFERRED = "{value} (inferred: {reason})"


def with_inferred(judged: Mapping[str, Judgement], chosen: Mapping[str, Rule], facts: Facts) -> dict[str, Judgement]:
    """`judged` is what the rules make of what is told alone. Where one could not tell, the inferred facts may show a
    likely problem. What is found only as long as they are left out is doubtful, unless that is what they explain."""
    open_ones = [chosen[rule] for rule, answer in judged.items() if isinstance(answer, CannotTell | Finding)]
    fuller = {rule.id: judge(rule, facts) for rule in open_ones if rule.check is not None}
    found = {rule: answer for rule, answer in fuller.items() if isinstance(answer, Finding)}
    likely = {rule: f for rule, f in found.items() if not isinstance(judged[rule], Finding)}
    explained = {symptom for rule in likely for symptom in rules.load(rule).explains}
    doubtful = {
        rule: answer
        for rule, answer in judged.items()
        if isinstance(answer, Finding) and rule in fuller and rule not in found.keys() | explained
    }
    weaker = {rule: _weakened(f, chosen[rule], facts, likely=rule in likely) for rule, f in (likely | doubtful).items()}
    return {**judged, **weaker}


def _weakened(finding: Finding, rule: Rule, facts: Facts, *, likely: bool) -> Finding:
    severity = Severity.WARNING if finding.severity is Severity.ERROR else finding.severity
    evidence = (*finding.evidence, *_inferred(rule, facts))
    return msgspec.structs.replace(finding, severity=severity, evidence=evidence, likely=likely)


def _inferred(rule: Rule, facts: Facts) -> Iterator[Evidence]:
    """The inferred facts among those that the rule asks for; one of those that follow from the same."""
    asked = set(rule.check.__annotations__) if rule.check else set()
    for name in facts.__struct_fields__:
        reading: Reading[Any] = getattr(facts, name)
        reasons = {origin.inferred: field for field, origin in reversed(reading.origins.items()) if origin.inferred}
        for reason, field in reasons.items() if name in asked or "facts" in asked else ():
            shown = _shown(getattr(reading.value, field))
            yield Evidence(f"{name}.{field}", INFERRED.format(value=shown, reason=reason))


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(getattr(entry, "name", str(entry)) for entry in value)
    return "=".join(*value.items()) if isinstance(value, dict) else str(value or "none")
