"""Rules over facts, root causes first. Pure: no clock, disk, network or printing."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

import msgspec

from doctor import explain, rules
from doctor.facts import Facts
from doctor.model import Evidence, Finding, Reading, Remedy, Severity, Status, Unknown
from doctor.report import Report
from doctor.rules import Rule
from doctor.rules.api import Hit

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


class Missing(Exception):
    """A rule needs a fact that is not there to judge; the text says why."""


class NotThere(Missing):
    """A rule needs a thing that this machine is known not to have: it does not apply."""


def diagnose(facts: Facts, selected: Iterable[Rule] | None = None) -> Report:
    """Judge facts by every rule, or by the selected ones, and error texts among the facts by their signatures."""
    chosen = tuple(rules.all_rules() if selected is None else selected)
    findings: dict[str, Finding] = {}
    unknown: list[Unknown] = []
    for rule in chosen:
        if rule.check is None:
            continue
        try:
            finding = judge(rule, facts)
        except NotThere:
            continue
        except Missing as why:
            unknown.append(Unknown(rule.id, str(why)))
            continue
        if finding is not None:
            findings[rule.id] = finding
    named = _from_texts(facts, {rule.id for rule in chosen}, findings)
    ordered = root_causes_first(findings.values(), named)
    healthy = not any(f.severity is Severity.ERROR for f in ordered)
    return Report(healthy, ordered, tuple(u for u in unknown if u.rule not in findings), facts, timings(facts))


def _from_texts(facts: Facts, allowed: Collection[str], findings: dict[str, Finding]) -> dict[str, int]:
    """Add what the error texts among the facts say; returns the rules they name with their rank, 0 best.

    A cause that the facts confirm is taken before a likelier one that they do not.
    """
    named: dict[str, int] = {}
    for path, text in error_texts(facts):
        likely = [cause for cause in explain.causes(text) if cause.rule in allowed]
        confirmed = [cause for cause in likely if cause.rule in findings]
        for cause in (confirmed or likely)[:1]:
            named.setdefault(cause.rule, len(named))
            findings[cause.rule] = _with_text(findings.get(cause.rule), cause, path, facts)
    return named


def error_texts(facts: Facts) -> list[tuple[str, str]]:
    """Every error text in the facts with its place: what the user saw first, then what failed in the target."""
    texts: list[tuple[str, str]] = []
    if facts.error.value:
        texts.append(("error.text", facts.error.value.text))
    if runtime := facts.runtime.value:
        failures = [("runtime.failure", runtime.failure)]
        failures += [(f"runtime.modules.{m.name}", m.failure) for m in runtime.modules]
        texts += [(path, f"{failure.text}\n{failure.message}") for path, failure in failures if failure]
        texts += [(f"runtime.devices.{d.device}", d.error) for d in runtime.devices if d.error]
        texts.append(("runtime.cuda_warning", runtime.cuda_warning))
    if nvidia := facts.nvidia.value:
        texts.append(("nvidia.nvml_message", nvidia.nvml_message))
        # libcuda is asked without CUDA_VISIBLE_DEVICES: "no device" says no more than the list of GPUs does
        if not nvidia.libcuda_error.startswith("CUDA_ERROR_NO_DEVICE"):
            texts.append(("nvidia.libcuda_error", nvidia.libcuda_error))
    return [(path, text) for path, text in texts if text.strip()]


def _with_text(known: Finding | None, cause: explain.Cause, path: str, facts: Facts) -> Finding:
    line = Evidence(path, cause.matched)
    if known is not None:
        return msgspec.structs.replace(known, evidence=(*known.evidence, line))
    rule = rules.load(cause.rule)
    return Finding(rule.id, cause.severity, rule.title, (line,), remedies_of(rule, facts), area=rule.area)


def judge(rule: Rule, facts: Facts) -> Finding | None:
    """One rule's finding. Raises Missing when what it needs could not be looked at; a rule that breaks says so."""
    assert rule.check is not None
    try:
        answer: Hit | None = rule.check(**arguments(rule.check, facts))
    except Missing:
        raise
    except Exception as error:
        raise Missing(f"the rule itself failed: {_where(error)}") from error
    if answer is None:
        return None
    template = answer.message or rule.message
    return Finding(
        rule=rule.id,
        severity=answer.severity or rule.severity,
        message=template.format(**answer.values),
        evidence=answer.evidence,
        remedies=remedies_of(rule, facts),
        area=rule.area,
    )


def remedies_of(rule: Rule, facts: Facts) -> tuple[Remedy, ...]:
    """The rule's remedies for this machine; those that need facts that are missing are left out."""
    if rule.remedies is None:
        return ()
    try:
        return tuple(rule.remedies(**arguments(rule.remedies, facts)))
    except Missing:
        return ()


def arguments(function: Callable[..., Any], facts: Facts) -> dict[str, Any]:
    """What a rule function asks for by parameter name.

    `T` needs a value, `T | None` takes absence, `Reading[T]` gets the reading, `facts` gets all of them.
    """
    return {
        name: _argument(name, str(kind), facts) for name, kind in function.__annotations__.items() if name != "return"
    }


def fields_of(selected: Iterable[Rule]) -> tuple[str, ...]:
    """The facts that these rules ask for: all a `check --only` needs to collect."""
    functions = [f for rule in selected for f in (rule.check, rule.remedies) if f is not None]
    asked = {name for function in functions for name in function.__annotations__ if name != "return"}
    return tuple(Facts.__struct_fields__) if "facts" in asked else tuple(sorted(asked))


def _argument(name: str, kind: str, facts: Facts) -> Any:
    if name == "facts":
        return facts
    reading: Reading[Any] = getattr(facts, name)
    if kind.startswith("Reading["):
        return reading
    if reading.ok:
        return reading.value
    if kind.endswith("| None"):
        return None
    reason = f"{name}: {reading.reason or reading.status.value}"
    raise NotThere(reason) if reading.status is Status.ABSENT else Missing(reason)


def root_causes_first(findings: Iterable[Finding], named: Mapping[str, int]) -> tuple[Finding, ...]:
    """Mark what each finding is caused by, mark the primary ones, and put them in reading order.

    `named` holds the rules an error text points to, with their rank: they come before what only the facts show.
    """
    found = {f.rule: f for f in findings}
    marked = [_mark(f, _cause(f.rule, found)) for f in found.values()]
    last = len(named)
    return tuple(sorted(marked, key=lambda f: (_ORDER[f.severity], not f.primary, named.get(f.rule, last))))


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


def timings(facts: Facts) -> dict[str, float]:
    """Milliseconds each probe took."""
    readings = {name: getattr(facts, name) for name in facts.__struct_fields__}
    return {name: round(r.took_ms, 1) for name, r in readings.items() if r.took_ms}


def _where(error: BaseException) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({last.name}, line {last.lineno})"
