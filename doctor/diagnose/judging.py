"""One rule over facts: there, not there, cannot tell, or broken. What breaks is our bug and is told as one."""

from __future__ import annotations

import traceback
from pathlib import PurePath

from doctor.diagnose.needs import arguments
from doctor.facts import Facts
from doctor.model import Broken, Finding, Remedy
from doctor.remedy import prescribe
from doctor.rules import Rule
from doctor.rules.api import CannotTell, NotThere, There

Judgement = Finding | NotThere | CannotTell | Broken


def judge(rule: Rule, facts: Facts) -> Judgement:
    """The rule's answer for a machine, a finding still without remedies. A rule without `check` cannot tell."""
    if rule.check is None:
        return CannotTell("the rule knows error texts only")
    given = arguments(rule.check, facts)
    if not isinstance(given, dict):
        return given
    try:
        answer = rule.check(**given)
        return _finding(rule, answer) if isinstance(answer, There) else _checked(answer)
    except Exception as error:  # noqa: BLE001 - a rule that breaks is a result, and must not take the others down
        return broken(rule, error)


def remedies_of(rule: Rule, facts: Facts) -> tuple[Remedy, ...] | Broken:
    """What mends it on this machine; empty where what it needs to know is missing."""
    if rule.remedies is None:
        return ()
    given = arguments(rule.remedies, facts)
    if not isinstance(given, dict):
        return ()
    try:
        return prescribe(rule.remedies(**given), facts)
    except Exception as error:  # noqa: BLE001 - as above: the finding stands without its remedies
        return broken(rule, error)


def _finding(rule: Rule, answer: There) -> Finding:
    template = answer.message or rule.message
    return Finding(
        rule=rule.id,
        severity=answer.severity or rule.severity,
        message=template.format(**answer.values),
        evidence=answer.evidence,
        area=rule.area,
    )


def _checked(answer: object) -> NotThere | CannotTell:
    if isinstance(answer, NotThere | CannotTell):
        return answer
    raise TypeError(f"check returned {answer!r}, not there(...), not_there(...) or cannot_tell(...)")


def broken(rule: Rule, error: Exception) -> Broken:
    """A rule's failure, with the deepest place of it that lies in the rule's own file."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if PurePath(f.filename) == PurePath(rule.module.__file__ or "")]
    place = (own or list(frames))[-1]
    return Broken(rule.id, f"{type(error).__name__}: {error}", f"{PurePath(place.filename).name}, line {place.lineno}")
