"""Which finding explains which: root causes first, consequences under the cause that explains them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from doctor import rules
from doctor.model import Finding, Severity

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def root_causes_first(findings: Iterable[Finding], named: Mapping[str, int]) -> tuple[Finding, ...]:
    """Mark what each finding is caused by, mark the primary ones, and put them in reading order.

    `named` holds the rules an error text points to, with their rank: they come before what only the facts show. What
    is likely takes the rank and the place of what it would explain.
    """
    found = {f.rule: f for f in findings}
    causes = {rule: _cause(rule, found) for rule in found}
    last = len(named)
    ranks = {rule: (_ORDER[f.severity], named.get(rule, last)) for rule, f in found.items()}
    for rule, cause in causes.items():
        if cause is not None and found[cause].likely:
            ranks[cause] = min(ranks[cause], ranks[rule])
    marked = [_mark(f, causes[f.rule], ranks[f.rule][0]) for f in found.values()]
    # of notes, those first that there is something to do about
    return tuple(sorted(marked, key=lambda f: (ranks[f.rule][0], bool(f.caused_by), ranks[f.rule][1], not f.remedies)))


def _cause(rule_id: str, found: Mapping[str, Finding]) -> str | None:
    """The root among the findings that explain this one, what is certain before what is likely; loops are cut."""
    certain_first = sorted(found.values(), key=lambda f: f.likely)
    seen = {rule_id}
    cause = None
    current = rule_id
    while True:
        left = (f for f in certain_first if f.rule not in seen)
        nearer = next((f.rule for f in left if _accounts_for(f, found[current])), None)
        if nearer is None:
            return cause
        seen.add(nearer)
        cause = current = nearer


def _accounts_for(one: Finding, other: Finding) -> bool:
    """Whether one finding explains another; what is less severe cannot be the cause of what is more."""
    severe = _ORDER[one.severity] <= _ORDER[other.severity] or (one.likely and one.severity is Severity.WARNING)
    return severe and other.rule in rules.load(one.rule).explains


def _mark(finding: Finding, cause: str | None, rank: int) -> Finding:
    primary = cause is None and rank == _ORDER[Severity.ERROR]
    return msgspec.structs.replace(finding, primary=primary, caused_by=cause)
