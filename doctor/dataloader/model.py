"""What the live experiments give: rows, a recommendation, and the document of `dataloader --format json`."""

from __future__ import annotations

from typing import Any

import msgspec

from doctor.model import Finding, Severity

PASSED, FAILED, CRASHED, HUNG, SKIPPED = "passed", "failed", "crashed", "hung", "skipped"
BROKEN = (FAILED, CRASHED, HUNG)


class Experiment(msgspec.Struct, frozen=True, kw_only=True):
    """One thing tried. `subject` is "machine" or "script"; `rule` names what broke it, "" when nothing did.

    `seconds` includes the start of the workers; `text` is what the target wrote when it broke.
    """

    name: str
    subject: str
    outcome: str
    method: str = ""  # "fork", "forkserver", "spawn"; "" without workers
    workers: int = 0
    strategy: str = ""  # sharing strategy: "file_descriptor", "file_system"
    seconds: float = 0.0
    rule: str = ""
    detail: str = ""
    facts: dict[str, Any] = {}
    text: str = ""
    severity: Severity | None = None  # of what `rule` says; None: as bad as its breaking is

    @property
    def broken(self) -> bool:
        return self.outcome in BROKEN


class StartMethod(msgspec.Struct, frozen=True):
    """`works` is None when it was not tried; `seconds` of the first loop with workers include their start."""

    default: bool
    works: bool | None = None
    seconds: float | None = None


class Try(msgspec.Struct, frozen=True):
    """One setting as it is measured."""

    workers: int
    prefetch: int
    pinned: bool = False


class Setting(msgspec.Struct, frozen=True):
    """Throughput of one setting in samples a second: the middle of its rounds, and half the width they spread over.

    `start_s` is the time to the first batch.
    """

    workers: int
    prefetch: int
    pinned: bool
    rate: float
    spread: float
    rounds: int
    start_s: float


class Recommendation(msgspec.Struct, frozen=True):
    """The smallest setting within the noise of the best; `gain` is its rate over that without workers."""

    num_workers: int
    prefetch_factor: int | None
    pin_memory: bool
    samples_per_s: float
    gain: float
    noise: float
    reason: str
    limits: tuple[str, ...] = ()
    settled: bool = True
    settings: tuple[Setting, ...] = ()


class DataLoaderReport(msgspec.Struct, frozen=True, kw_only=True):
    """The result of one run."""

    python: str = ""
    torch: str = ""
    start_methods: dict[str, StartMethod] = {}
    experiments: tuple[Experiment, ...] = ()
    findings: tuple[Finding, ...] = ()
    loader: dict[str, Any] | None = None
    recommendation: Recommendation | None = None
    took_s: float = 0.0
