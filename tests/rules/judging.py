"""Judge facts by one rule, and ask whether a line of an error text points to it."""

from __future__ import annotations

import re
from typing import Any

from doctor import rules
from doctor.diagnose import judge
from doctor.facts import Facts
from doctor.model import Finding, Reading, absent, ok


def finding(rule_id: str, **facts: Any) -> Finding | None:
    """The rule's finding on a machine of which only these facts are known; a `Reading` is taken as it is."""
    readings = {name: value if isinstance(value, Reading) else ok(value) for name, value in facts.items()}
    return judge(rules.load(rule_id), Facts(**readings))


def commands(found: Finding | None) -> list[tuple[str, ...]]:
    assert found is not None
    return [command for remedy in found.remedies for command in remedy.commands]


def points_to(rule_id: str, line: str) -> bool:
    """Whether a signature of the rule is in this line."""
    return any(re.search(signature, line) for signature in rules.load(rule_id).signatures)


NOT_THERE = absent("no torch found", "test")
