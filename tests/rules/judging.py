"""Judge facts by one rule, and ask whether a line of an error text points to it."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from doctor import rules
from doctor.diagnose import Judgement, judge, remedies_of
from doctor.facts import Facts
from doctor.model import Broken, Finding, Reading, absent, ok
from doctor.rules.api import CannotTell, NotThere
from doctor.text.fold import fold


def facts_of(**known: Any) -> Facts:
    """Facts of which only these are known; a `Reading` is taken as it is."""
    return Facts(**{name: value if isinstance(value, Reading) else ok(value) for name, value in known.items()})


def answer(rule_id: str, **facts: Any) -> Judgement:
    """The rule's answer on a machine of which only these facts are known, a finding with its remedies."""
    rule, known = rules.load(rule_id), facts_of(**facts)
    judged = judge(rule, known)
    assert not isinstance(judged, Broken), judged
    if not isinstance(judged, Finding):
        return judged
    remedies = remedies_of(rule, known)
    assert not isinstance(remedies, Broken), remedies
    return msgspec.structs.replace(judged, remedies=remedies)


def finding(rule_id: str, **facts: Any) -> Finding | None:
    """The rule's finding, or None when it is not there or cannot be told."""
    judged = answer(rule_id, **facts)
    return judged if isinstance(judged, Finding) else None


def is_cleared(rule_id: str, **facts: Any) -> bool:
    """Whether the facts show that the problem is not there."""
    return isinstance(answer(rule_id, **facts), NotThere)


def is_open(rule_id: str, **facts: Any) -> bool:
    """Whether the facts leave open if the problem is there."""
    return isinstance(answer(rule_id, **facts), CannotTell)


def commands(found: Finding | None) -> list[tuple[str, ...]]:
    assert found is not None
    return [command for remedy in found.remedies for command in remedy.commands]


def points_to(rule_id: str, line: str) -> bool:
    """Whether a signature of the rule is in this line, as it is searched."""
    line = fold(line.encode()).decode()
    return any(re.search(signature, line) for signature in rules.load(rule_id).signatures)


NOT_THERE = absent("no torch found", "test")
