"""One run of `torch-doctor dataloader`: facts, experiments, findings, recommendation."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

import msgspec

from doctor import rules
from doctor.collect import collect
from doctor.dataloader import machine, naming, script, tune
from doctor.dataloader.machine import Batch
from doctor.dataloader.model import FAILED, SKIPPED, DataLoaderReport, Experiment, Recommendation
from doctor.diagnose import diagnose, fields_of, root_causes_first
from doctor.facts import Facts
from doctor.model import DoctorError, Finding, Severity
from doctor.rules import Rule
from doctor.target import Target

ALSO = ("windows-paging-file-1455",)
FIELDS = ("host", "cpu", "memory", "storage", "python")
TUNE_SHARE = 0.6  # of the time, when a script is also examined
MEND_FIRST = "the loader breaks: fix that first"
_LEAST_S = 3.0


class TrialRequest(msgspec.Struct, frozen=True):
    """What the user asked for. Without a script the batch describes what is loaded; times in milliseconds a sample."""

    script: str = ""
    name: str = ""
    tune: bool = False
    workers: tuple[int, ...] | None = None
    methods: tuple[str, ...] = ()  # start methods to try; all when empty
    batch_size: int | None = None
    sample_shape: tuple[int, ...] | None = None
    wait_ms: float = 0.0
    cpu_ms: float = 0.0
    samples: int = 50_000
    limit_s: float = 55.0

    @property
    def batch(self) -> Batch:
        return Batch(self.sample_shape or machine.IMAGE_SHAPE, self.batch_size or machine.IMAGE_BATCH)


Progress = Callable[[dict[str, Any]], None]


def examine(target: Target, request: TrialRequest, on_event: Progress) -> DataLoaderReport:
    """Try workers in the target. Raises DoctorError when a script has no loader of the name that was asked for."""
    begin = time.monotonic()
    chosen = dataloader_rules()
    facts = collect(target, sorted({*FIELDS, *fields_of(chosen)}))
    known = diagnose(facts, chosen).findings

    def left_s() -> float:
        return max(_LEAST_S, request.limit_s - (time.monotonic() - begin))

    outcome = _run_trials(target, request, facts, left_s, on_event)
    experiments = [naming.with_rule(e, facts) for e in outcome.experiments]
    recommendation, more = _tune(target, request, facts, outcome, left_s(), on_event) if request.tune else (None, [])
    experiments += [naming.with_rule(e, facts) for e in more]
    return DataLoaderReport(
        python=target.executable,
        torch=outcome.torch,
        start_methods=machine.methods_of(facts, [e for e in experiments if e.subject == "machine"]),
        experiments=tuple(experiments),
        findings=_ordered_findings(experiments, facts, known),
        loader=outcome.loader,
        recommendation=recommendation,
        took_s=round(time.monotonic() - begin, 1),
    )


def dataloader_rules() -> tuple[Rule, ...]:
    """The rules about data loading that judge facts."""
    return tuple(r for r in rules.all_rules() if r.check and (r.area == "dataloader" or r.id in ALSO))


def _ordered_findings(experiments: list[Experiment], facts: Facts, known: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return root_causes_first(naming.findings_of(experiments, facts, known).values(), {})


def _run_trials(
    target: Target, request: TrialRequest, facts: Facts, left_s: Callable[[], float], on_event: Progress
) -> script.ScriptResult:
    """The script's loader, or else the machine; of a described loader only the tuning."""
    methods = [m for m in machine.start_methods(facts) if not request.methods or m in request.methods]
    if not methods:
        raise DoctorError(
            "dataloader-start-method", "this platform does not have that start method", ", ".join(request.methods)
        )
    if request.script:
        share = 1 - TUNE_SHARE if request.tune else 1.0
        wanted = {"script": request.script, "name": request.name, "batch_size": request.batch_size}
        return script.examine(target, wanted, methods, machine.start_methods(facts)[0], left_s() * share, on_event)
    if request.tune:
        return script.ScriptResult((), batch_bytes=request.batch.bytes)
    groups = machine.trial_groups(facts, methods, request.workers or (0, 1, 2), request.batch)
    together = sys.platform == "linux"
    experiments, torch = machine.examine(target, groups, left_s(), on_event, together=together)
    return script.ScriptResult(tuple(experiments), torch)


def _tune(
    target: Target,
    request: TrialRequest,
    facts: Facts,
    outcome: script.ScriptResult,
    limit_s: float,
    on_event: Progress,
) -> tuple[Recommendation | None, list[Experiment]]:
    """The recommendation; or why there is none, as an experiment."""
    subject = "script" if request.script else "machine"
    if request.script and (outcome.loader is None or _breaks_by_default(outcome, facts)):
        return None, [Experiment(name="tune", subject=subject, outcome=SKIPPED, detail=MEND_FIRST)]
    budget, nvidia = tune.budget_of(facts), facts.nvidia.value
    pin = bool(nvidia and nvidia.gpus)
    tried, limits = tune.trial_settings(budget, outcome.batch_bytes, request.workers, pin)
    method = (outcome.loader or {}).get("multiprocessing_context") or machine.start_methods(facts)[0]
    measured, settled, failure = tune.measure(target, _tuning_request(request), tried, method, limit_s, on_event)
    found = tune.recommend(measured, limits, settled, request.workers is not None)
    failed = [] if found else [Experiment(name="tune", subject=subject, outcome=FAILED, text=failure)]
    return found, failed


def _breaks_by_default(outcome: script.ScriptResult, facts: Facts) -> bool:
    """A loader that breaks with the default start method has no throughput worth measuring."""
    broken = (e for e in outcome.experiments if e.broken)
    return any(naming.severity_of(e, facts, Severity.ERROR) is Severity.ERROR for e in broken)


def _tuning_request(request: TrialRequest) -> dict[str, Any]:
    """What is tuned: the user's loader, or one as described."""
    if request.script:
        return {"script": request.script, "name": request.name, "batch_size": request.batch_size}
    shape, size = request.batch.shape, request.batch.size
    times = {"wait_ms": request.wait_ms, "cpu_ms": request.cpu_ms}
    return {"described": {"shape": shape, "batch_size": size, "samples": request.samples, **times}}
