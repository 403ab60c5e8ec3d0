"""What a rule makes of facts that were inferred: a warning at most, and never an all-clear."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from doctor.diagnose.judging import Judgement, judge
from doctor.facts import Facts
from doctor.model import Evidence, Finding, Reading, Severity
from doctor.rules import Rule
from doctor.rules.api import CannotTell

INFERRED = "{value} (inferred: {reason})"


def with_inferred(answer: Judgement, rule: Rule, facts: Facts) -> Judgement:
    """`answer` is the rule's for what is told alone. Where it could not tell, the inferred facts may show a problem;
    what it finds only as long as they are left out gives way to what they show."""
    if rule.check is None or not isinstance(answer, CannotTell | Finding):
        return answer
    likely = judge(rule, facts)
    if isinstance(answer, Finding):
        return answer if isinstance(likely, Finding) else _weakened(answer, rule, facts)
    return _weakened(likely, rule, facts) if isinstance(likely, Finding) else answer


def _weakened(finding: Finding, rule: Rule, facts: Facts) -> Finding:
    severity = Severity.WARNING if finding.severity is Severity.ERROR else finding.severity
    evidence = (*finding.evidence, *_inferred(rule, facts))
    return msgspec.structs.replace(finding, severity=severity, evidence=evidence)


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
