"""What a cause means: the rule's own words, and what this machine's facts add to them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from doctor import rules
from doctor.diagnose.judging import judge, remedies_of
from doctor.diagnose.provenance import Origin, facts_for, origin_of
from doctor.diagnose.suspects import tellable
from doctor.explain.gist import Gist
from doctor.explain.rank import Cause
from doctor.facts import ErrorText, Facts
from doctor.model import Broken, Candidate, Evidence, Finding, Remedy, Severity, ok
from doctor.privacy import redact
from doctor.report import Withdrawn
from doctor.rules import Rule
from doctor.rules.api import NotThere

NOT_ENVIRONMENT = "not_environment"


class Explanation(msgspec.Struct, frozen=True):
    """One cause in plain words.

    `confirmed` tells whether the facts show the problem: True, False (nothing of it was seen), or None when they
    cannot tell. `acquits` tells whether the text clears the environment. `meaning` is the finding on that machine when
    confirmed, else why the problem matters.
    """

    rule: str
    matched: str
    line: str
    line_number: int
    title: str
    severity: Severity
    environment: bool
    acquits: bool
    meaning: str
    to_do: str
    confirmed: bool | None
    evidence: tuple[Evidence, ...]
    remedies: tuple[Remedy, ...]
    groups: dict[str, str]
    candidates: tuple[Candidate, ...] = ()  # where this is a symptom of many causes: those, likeliest first


class Explained(msgspec.Struct, frozen=True):
    """The causes that a text names, best first, those that the facts of the same machine rule out, and what the text
    tells besides."""

    judged_by: Origin
    causes: tuple[Explanation, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()
    gist: Gist = Gist()


def explain(causes: Sequence[Cause], told: Mapping[str, Any], machine: Facts | None) -> Explained:
    """Causes in plain words, by the facts that the text tells (`told`) and, where it can be of there, a machine's.

    Where one line names several rules, those that the facts show come first. What they rule out is withdrawn.
    """
    origin = origin_of(told, machine, [cause.rule for cause in causes])
    facts = facts_for(told, machine, origin)
    if not facts.error.ok:
        facts = msgspec.structs.replace(facts, error=ok(ErrorText("\n".join(cause.line for cause in causes))))
    judged = {cause.rule: judge(rules.load(cause.rule), facts) for cause in causes}
    out = tuple(
        Withdrawn(cause.rule, redact(cause.matched), answer.evidence)
        for cause in causes
        if isinstance(answer := judged[cause.rule], NotThere) and answer.evidence
    )
    possible = [cause for cause in causes if cause.rule not in {one.rule for one in out}]
    explained = [_explanation(cause, facts) for cause in (*_behind(causes, facts), *possible)]
    first_of_line: dict[int, int] = {}
    for place, one in enumerate(explained):
        first_of_line.setdefault(one.line_number, place)
    ordered = sorted(explained, key=lambda one: (first_of_line[one.line_number], one.confirmed is not True))
    return Explained(origin, tuple(ordered), out)


def roots_of(rule_id: str) -> tuple[Rule, ...]:
    """The rules that may be behind another one and can look at facts."""
    return tuple(rule for rule in rules.all_rules() if rule_id in rule.explains and rule.check is not None)


def _behind(causes: Sequence[Cause], facts: Facts) -> tuple[Cause, ...]:
    """What the facts show to be behind the likeliest cause, when the text does not name it itself."""
    if not causes or isinstance(judge(rules.load(causes[0].rule), facts), Finding):
        return ()
    named = {cause.rule for cause in causes}
    roots = [root for root in roots_of(causes[0].rule) if root.id not in named]
    found = [root for root in roots if isinstance(judge(root, facts), Finding)]
    return tuple(msgspec.structs.replace(causes[0], rule=root.id, groups={}) for root in found[:1])


def _explanation(cause: Cause, facts: Facts) -> Explanation:
    rule = rules.load(cause.rule)
    answer = judge(rule, facts)
    finding = answer if isinstance(answer, Finding) else None
    remedies = remedies_of(rule, msgspec.structs.replace(facts, error=ok(ErrorText(cause.line))))
    return Explanation(
        rule=rule.id,
        matched=redact(cause.matched),
        line=redact(cause.line),
        line_number=cause.line_number,
        title=rule.title,
        severity=cause.severity,
        environment=rule.area != NOT_ENVIRONMENT,
        acquits=cause.acquits,
        meaning=finding.message if finding else section(rule, "Why it matters"),
        to_do=section(rule, "What to do"),
        confirmed=True if finding else False if isinstance(answer, NotThere) else None,
        evidence=finding.evidence if finding else (),
        remedies=() if isinstance(remedies, Broken) else remedies,
        groups=cause.groups,
        candidates=tellable(rule.candidates, facts),
    )


def section(rule: Rule, heading: str) -> str:
    """One section of a rule's page as running text."""
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", rule.doc, re.MULTILINE | re.DOTALL)
    return found[1].strip() if found else ""
