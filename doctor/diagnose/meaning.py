"""What a cause means: the rule's own words, and what this machine's facts add to them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from doctor import rules
from doctor.diagnose.judging import judge, remedies_of
from doctor.explain.rank import Cause
from doctor.facts import Facts
from doctor.model import Broken, Evidence, Finding, Remedy, Severity
from doctor.rules import Rule
from doctor.rules.api import NotThere

NOT_ENVIRONMENT = "not_environment"


class Explanation(msgspec.Struct, frozen=True):
    """One cause in plain words.

    `confirmed` tells whether this machine's facts show the problem: True, False, or None when they cannot tell or
    were not looked at. `meaning` is the finding on this machine when confirmed, else why the problem matters.
    """

    rule: str
    matched: str
    line: str
    line_number: int
    title: str
    severity: Severity
    environment: bool
    meaning: str
    to_do: str
    confirmed: bool | None
    evidence: tuple[Evidence, ...]
    remedies: tuple[Remedy, ...]
    groups: dict[str, str]


def explain(causes: Sequence[Cause], facts: Facts | None) -> tuple[Explanation, ...]:
    """Causes in plain words, best first.

    Where one line names several rules, those that the facts show come first, and those that they rule out last.
    """
    if facts is None:
        return tuple(_explanation(cause, None) for cause in causes)
    explained = [_explanation(cause, facts) for cause in (*_behind(causes, facts), *causes)]
    first_of_line: dict[int, int] = {}
    for place, one in enumerate(explained):
        first_of_line.setdefault(one.line_number, place)
    order = {True: 0, None: 1, False: 2}
    return tuple(sorted(explained, key=lambda one: (first_of_line[one.line_number], order[one.confirmed])))


def roots_of(rule_id: str) -> tuple[Rule, ...]:
    """The rules that may be behind another one and can look at facts."""
    return tuple(rule for rule in rules.all_rules() if rule_id in rule.explains and rule.check is not None)


def _behind(causes: Sequence[Cause], facts: Facts) -> tuple[Cause, ...]:
    """What this machine's facts show to be behind the likeliest cause, when the text does not name it itself."""
    if not causes or _verdict(rules.load(causes[0].rule), facts)[0]:
        return ()
    named = {cause.rule for cause in causes}
    found = [root for root in roots_of(causes[0].rule) if root.id not in named and _verdict(root, facts)[0]]
    return tuple(msgspec.structs.replace(causes[0], rule=root.id, groups={}) for root in found[:1])


def _explanation(cause: Cause, facts: Facts | None) -> Explanation:
    rule = rules.load(cause.rule)
    confirmed, finding = _verdict(rule, facts)
    return Explanation(
        rule=rule.id,
        matched=cause.matched,
        line=cause.line,
        line_number=cause.line_number,
        title=rule.title,
        severity=cause.severity,
        environment=rule.area != NOT_ENVIRONMENT,
        meaning=finding.message if finding else section(rule, "Why it matters"),
        to_do=section(rule, "What to do"),
        confirmed=confirmed,
        evidence=finding.evidence if finding else (),
        remedies=_remedies(rule, _where_to_act(facts) if finding is None else facts or Facts()),
        groups=cause.groups,
    )


def _verdict(rule: Rule, facts: Facts | None) -> tuple[bool | None, Finding | None]:
    """What the rule finds on this machine, and whether it could look."""
    if facts is None or rule.check is None:
        return None, None
    answer = judge(rule, facts)
    if isinstance(answer, Finding):
        return True, answer
    return (False if isinstance(answer, NotThere) else None), None


def _remedies(rule: Rule, facts: Facts) -> tuple[Remedy, ...]:
    found = remedies_of(rule, facts)
    return () if isinstance(found, Broken) else found


def _where_to_act(facts: Facts | None) -> Facts:
    """What a remedy may use of a machine that does not show the problem: how it installs, not what it has."""
    if facts is None:
        return Facts()
    return Facts(host=facts.host, python=facts.python, conda=facts.conda)


def section(rule: Rule, heading: str) -> str:
    """One section of a rule's page as running text."""
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", rule.doc, re.MULTILINE | re.DOTALL)
    return found[1].strip() if found else ""
