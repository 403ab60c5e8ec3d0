"""Rules and reports made for tests of the stages behind them."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from doctor.facts import Facts
from doctor.model import Severity, Verdict
from doctor.report import Report
from doctor.rules import Rule

_HEALTHY = {Verdict.SICK: False, Verdict.SOUND: True, Verdict.UNDETERMINED: None}


def rule(check: Any = None, rule_id: str = "disk-full", **more: Any) -> Rule:
    """A rule of that id whose check is the given function; MESSAGE is "torch is {version}"."""
    fields: dict[str, Any] = {"severity": Severity.ERROR, "message": "torch is {version}", "signatures": ()}
    module = ModuleType(rule_id)
    module.__file__ = sys.modules[check.__module__].__file__ if check else __file__
    module.check, module.remedies = check, more.pop("remedies", None)  # type: ignore[attr-defined]
    return Rule(
        id=rule_id, area="torch", title="A title", doc="A title.", explains=(), module=module, **{**fields, **more}
    )


def report(verdict: Verdict, facts: Facts | None = None, **more: Any) -> Report:
    """A report of that verdict, otherwise empty."""
    empty: dict[str, Any] = {"findings": (), "unknown": (), "timings": {}}
    return Report(verdict=verdict, healthy=_HEALTHY[verdict], facts=facts or Facts(), **{**empty, **more})
