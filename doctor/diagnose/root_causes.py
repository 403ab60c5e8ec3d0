"""Which finding explains which: root causes first, consequences under the cause that explains them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from doctor import rules
from doctor.model import Finding, Severity

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def root_causes_first(findings: Iterable[Finding], named: Mapping[str, int]) -> tuple[Finding, ...]:
    """Mark what each finding is caused by, mark the primary ones, and put them in reading order.

    `named` holds the rules an error text points to, with their rank: they come before what only the facts show.
    """
    found = {f.rule: f for f in findings}
    marked = [_mark(f, _cause(f.rule, found)) for f in found.values()]
    last = len(named)
    return tuple(sorted(marked, key=lambda f: (_ORDER[f.severity], bool(f.caused_by), named.get(f.rule, last))))


def _cause(rule_id: str, found: Mapping[str, Finding]) -> str | None:
    """The root among the findings that explain this one; loops are cut."""
    seen = {rule_id}
    cause = None
    current = rule_id
    while True:
        nearer = next((f for f in found if f not in seen and _accounts_for(found[f], found[current])), None)
        if nearer is None:
            return cause
        seen.add(nearer)
        cause = current = nearer


def _accounts_for(one: Finding, other: Finding) -> bool:
    """Whether one finding explains another; what is less severe cannot be the cause of what is more."""
    return other.rule in rules.load(one.rule).explains and _ORDER[one.severity] <= _ORDER[other.severity]


def _mark(finding: Finding, cause: str | None) -> Finding:
    primary = cause is None and finding.severity is Severity.ERROR
    return msgspec.structs.replace(finding, primary=primary, caused_by=cause)
