"""From what broke to a finding: the rule that an experiment's text names, or that its circumstances do."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from doctor import explain, rules
from doctor.dataloader.model import CRASHED, HUNG, Experiment
from doctor.diagnose import remedies_of
from doctor.facts import Facts
from doctor.model import Broken, Evidence, Finding, Remedy, Severity
from doctor.remedy import prescribe
from doctor.rules import Rule
from doctor.rules.worker_budget import room_for, shm_free_bytes, shm_need_bytes

SHM, FILES = "dataloader-shm-too-small", "dataloader-too-many-open-files"
EXITED, TIMED_OUT, NOT_OURS = "dataloader-worker-exited", "dataloader-timed-out", "user-code-error"
NO_ANSWER = "no answer in {seconds:.0f} s"
BROKE = "{experiment}: {outcome}: {line}"
SHM_MESSAGE = (
    "/dev/shm has {free} MB free of {total} MB; {workers} workers that prefetch {prefetch} batches of {batch} MB each"
    " need {need} MB"
)
SHM_NEEDED = "{need} bytes: ({workers} workers x {prefetch} + 1) x {batch} bytes and a margin"
MEGABYTE = 10**6
PREFETCH = 2


def with_rule(experiment: Experiment, facts: Facts) -> Experiment:
    """The experiment with the rule that explains why it broke."""
    if not experiment.broken or experiment.rule:
        return experiment
    return msgspec.structs.replace(experiment, rule=_rule_of(experiment, facts))


def _rule_of(experiment: Experiment, facts: Facts) -> str:
    likely = [cause.rule for cause in explain.causes(experiment.text)]
    if likely and likely[0] not in (EXITED, TIMED_OUT, NOT_OURS):
        return likely[0]
    if _too_large(experiment, facts):
        return SHM
    if likely:
        return likely[0]
    if experiment.outcome == HUNG:
        return TIMED_OUT
    return EXITED if experiment.workers else NOT_OURS


def _too_large(experiment: Experiment, facts: Facts) -> bool:
    free, need = shm_free_bytes(facts.storage.value), needed_bytes(experiment)
    return free is not None and need > free


def needed_bytes(experiment: Experiment) -> int:
    """Bytes of `/dev/shm` that the experiment's batches need; 0 when they are small or their size is not known."""
    facts = experiment.facts
    return shm_need_bytes(experiment.workers, facts.get("batch_bytes", 0), facts.get("prefetch") or PREFETCH) * bool(
        facts.get("batch_bytes")
    )


def findings_of(experiments: Iterable[Experiment], facts: Facts, known: Iterable[Finding]) -> dict[str, Finding]:
    """Findings by rule: what the facts showed, and what was seen to break. A break under the default is an error."""
    found = {finding.rule: finding for finding in known}
    for experiment in experiments:
        if experiment.rule:
            found[experiment.rule] = _with_evidence(found.get(experiment.rule), experiment, facts)
    return found


def _with_evidence(known: Finding | None, experiment: Experiment, facts: Facts) -> Finding:
    rule = rules.load(experiment.rule)
    severity = severity_of(experiment, facts, rule.severity)
    seen = _evidence(experiment)
    if known is None:
        known = Finding(rule.id, severity, _message(experiment, facts), remedies=_remedies(rule, facts), area=rule.area)
    worst = min(severity, known.severity, key=list(Severity).index)
    known = msgspec.structs.replace(known, severity=worst, evidence=(*known.evidence, seen))
    if experiment.rule != SHM or not (need := needed_bytes(experiment)):
        return known
    remedies = prescribe(room_for(need, facts.host.value), facts)
    return msgspec.structs.replace(known, message=_message(experiment, facts), remedies=remedies)


def _remedies(rule: Rule, facts: Facts) -> tuple[Remedy, ...]:
    found = remedies_of(rule, facts)
    return () if isinstance(found, Broken) else found


def severity_of(experiment: Experiment, facts: Facts, usual: Severity) -> Severity:
    """What breaks under a start method that is not the default here is a matter of portability."""
    if experiment.severity is not None or not experiment.broken:
        return experiment.severity or usual
    python = facts.python.value
    default = python.start_method if python else None
    elsewhere = bool(experiment.method and default and experiment.method != default)
    return Severity.WARNING if elsewhere else Severity.ERROR


def _evidence(experiment: Experiment) -> Evidence:
    needed = ""
    if experiment.rule == SHM and (need := needed_bytes(experiment)):
        values = _shm_values(experiment)
        needed = SHM_NEEDED.format(**{**values, "need": need, "batch": experiment.facts["batch_bytes"]})
    return Evidence(f"experiments.{experiment.name}", last_line(experiment), needed)


def _message(experiment: Experiment, facts: Facts) -> str:
    storage = facts.storage.value
    if experiment.rule == SHM and storage and storage.shm_bytes is not None and needed_bytes(experiment):
        free = (shm_free_bytes(storage) or 0) // MEGABYTE
        values = _shm_values(experiment)
        return SHM_MESSAGE.format(free=free, total=storage.shm_bytes // MEGABYTE, **values)
    if experiment.detail and experiment.text in ("", experiment.detail):
        return experiment.detail
    return BROKE.format(experiment=experiment.name, outcome=experiment.outcome, line=last_line(experiment))


def _shm_values(experiment: Experiment) -> dict[str, int]:
    return {
        "workers": experiment.workers,
        "prefetch": experiment.facts.get("prefetch") or PREFETCH,
        "batch": -(-experiment.facts["batch_bytes"] // MEGABYTE),
        "need": -(-needed_bytes(experiment) // MEGABYTE),
    }


def last_line(experiment: Experiment) -> str:
    """What names the failure in one line: the last line of an error, or how the experiment ended."""
    causes = explain.causes(experiment.text)
    line = next((c.line for c in causes if c.rule == experiment.rule), "")
    if not line and experiment.outcome == HUNG:
        return NO_ANSWER.format(seconds=experiment.seconds)
    if not line and experiment.outcome == CRASHED and experiment.detail:
        return experiment.detail
    if not line:
        lines = [line.strip() for line in experiment.text.splitlines() if line.strip()]
        line = lines[-1] if lines else experiment.detail or experiment.outcome
    return line if len(line) <= 300 else f"{line[:300]} …"
