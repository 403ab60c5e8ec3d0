"""The error texts among the facts, and what they add to a diagnosis. What the facts rule out is withdrawn."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from doctor import explain, rules
from doctor.diagnose.judging import Judgement
from doctor.facts import Facts
from doctor.model import Evidence, Finding, Severity
from doctor.report import Withdrawn
from doctor.rules.api import NotThere

_SHORT = 160  # characters
GIVEN = "error.text"  # what a person saw, unlike what failed while we looked


class TextReading(msgspec.Struct, frozen=True, kw_only=True):
    """What the texts come to: findings by rule, the rules they name with their rank (0 best), what the facts rule
    out, and whether a text that a person gave says nothing known."""

    findings: dict[str, Finding]
    named: dict[str, int]
    withdrawn: tuple[Withdrawn, ...] = ()
    unrecognised: bool = False


def error_texts(facts: Facts) -> list[tuple[str, str]]:
    """Every error text in the facts with its place: what the user saw first, then what failed in the target."""
    texts: list[tuple[str, str]] = []
    if facts.error.value:
        texts.append((GIVEN, facts.error.value.text))
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


def read_texts(facts: Facts, judged: Mapping[str, Judgement]) -> TextReading:
    """What the error texts add to what the rules found in the facts (`judged`, by rule).

    Of the causes a text names, what the facts confirm is taken before a likelier one that they leave open, and what
    they rule out is not taken at all.
    """
    findings = {rule: found for rule, found in judged.items() if isinstance(found, Finding)}
    named: dict[str, int] = {}
    withdrawn: dict[str, Withdrawn] = {}
    unrecognised = False
    for path, text in error_texts(facts):
        if _of_module(path, findings) is Severity.INFO:
            continue  # a module that nothing here needs
        likely = [cause for cause in explain.causes(text) if cause.rule in judged]
        cleared = {cause.rule: answer for cause in likely if (answer := _cleared(judged[cause.rule]))}
        withdrawn |= {
            c.rule: Withdrawn(c.rule, c.matched, cleared[c.rule].evidence) for c in likely if c.rule in cleared
        }
        possible = [cause for cause in likely if cause.rule not in cleared] or _behind(likely, findings)
        confirmed = [cause for cause in possible if cause.rule in findings]
        for cause in _before_symptoms(possible, confirmed)[:1]:
            named.setdefault(cause.rule, len(named))
            findings[cause.rule] = _with_text(findings, cause, path, text)
        unrecognised |= path == GIVEN and not possible
    return TextReading(findings=findings, named=named, withdrawn=tuple(withdrawn.values()), unrecognised=unrecognised)


def _before_symptoms(possible: list[explain.Cause], confirmed: list[explain.Cause]) -> list[explain.Cause]:
    """What the facts confirm, unless that is a symptom of many causes and the text names the cause of it."""
    if not confirmed or not rules.load(confirmed[0].rule).candidates:
        return confirmed or possible
    symptom = confirmed[0]
    likelier = possible[: possible.index(symptom)]
    return [cause for cause in likelier if symptom.rule in rules.load(cause.rule).explains] or confirmed


def _cleared(judged: Judgement) -> NotThere | None:
    return judged if isinstance(judged, NotThere) and judged.evidence else None


def _behind(ruled_out: list[explain.Cause], findings: Mapping[str, Finding]) -> list[explain.Cause]:
    """What the facts show in place of all that a text names: a problem that can lead to one of these."""
    return [
        msgspec.structs.replace(cause, rule=found)
        for cause in ruled_out
        for found in findings
        if cause.rule in rules.load(found).explains and findings[found].severity is not Severity.INFO
    ]


def _with_text(findings: Mapping[str, Finding], cause: explain.Cause, path: str, text: str) -> Finding:
    rule = rules.load(cause.rule)
    known = findings.get(cause.rule)
    if known is None:
        known = Finding(rule.id, _of_module(path, findings) or cause.severity, rule.title, area=rule.area)
    elif path == GIVEN and cause.severity is Severity.ERROR:  # it happened: no longer what the facts forebode
        known = msgspec.structs.replace(known, severity=Severity.ERROR, likely=False)
    evidence = (*known.evidence, Evidence(path, _sentence(text, cause.matched)))
    acquits = cause.acquits and all(found.severity is not Severity.ERROR for found in findings.values())
    return msgspec.structs.replace(known, evidence=evidence, acquits=acquits)


def _sentence(text: str, matched: str) -> str:
    """The line that it stands in, where that is short enough to be read at a glance."""
    line = next((line.strip() for line in text.splitlines() if matched in line), matched)
    return line if len(line) <= _SHORT else matched


def _of_module(path: str, findings: Mapping[str, Finding]) -> Severity | None:
    """How bad it is that a module fails is for the rule to say that judges the module (Triton without a GPU)."""
    failed = path.removeprefix("runtime.modules.")
    seen = ((e, f) for f in findings.values() for e in f.evidence if e.fact == "runtime.modules" and failed != path)
    return next((f.severity for e, f in seen if e.seen.startswith(f"{failed}: ")), None)
