"""The report of an examination: its verdict, the findings, what could not be judged, and the facts they rest on."""

from __future__ import annotations

import msgspec

from doctor.facts import Facts
from doctor.model import SCHEMA_VERSION, Broken, Candidate, Evidence, Finding, Severity, Unknown, Verdict


class Withdrawn(msgspec.Struct, frozen=True):
    """A cause that an error text names and the facts of the same machine rule out; `evidence` is what rules it out."""

    rule: str
    matched: str
    evidence: tuple[Evidence, ...] = ()


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What `check` returns. `healthy` is the verdict as true, false or null; `undetermined` says in sentences what
    decides and could not be looked at; `suspects` what would explain the symptom, nearest first; `timings` in
    milliseconds, one entry a probe."""

    schema_version: int = SCHEMA_VERSION
    kind: str = "check"
    healthy: bool | None
    verdict: Verdict
    undetermined: tuple[str, ...] = ()
    suspects: tuple[Candidate, ...] = ()
    broken: tuple[Broken, ...] = ()
    findings: tuple[Finding, ...]
    unknown: tuple[Unknown, ...]
    withdrawn: tuple[Withdrawn, ...] = ()
    facts: Facts
    timings: dict[str, float]

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.severity is severity)

    @property
    def primary(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.primary)
