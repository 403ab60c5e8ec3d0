"""The report of an examination: findings, what could not be judged, and the facts they rest on."""

from __future__ import annotations

import msgspec

from doctor.facts import Facts
from doctor.model import SCHEMA_VERSION, Finding, Severity, Unknown


class Report(msgspec.Struct, frozen=True):
    """What `check` returns. `timings` in milliseconds, one entry a probe."""

    healthy: bool
    findings: tuple[Finding, ...]
    unknown: tuple[Unknown, ...]
    facts: Facts
    timings: dict[str, float]
    schema_version: int = SCHEMA_VERSION
    kind: str = "check"

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.severity is severity)

    @property
    def primary(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.primary)
