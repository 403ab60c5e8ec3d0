"""The user's loader, tried in the target: what was found becomes experiments, each with the rule that explains it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from doctor import explain
from doctor.dataloader import session
from doctor.dataloader.comparing import with_comparisons
from doctor.dataloader.model import CRASHED, FAILED, HUNG, PASSED, SKIPPED, Experiment
from doctor.model import DoctorError, Severity
from doctor.target import Target

UNPICKLABLE, GUARD = "dataloader-unpicklable", "dataloader-spawn-no-main-guard"
SENDABLE, COPIED = "dataloader-batch-not-sendable", "dataloader-large-dataset-pickled"
STARTS = "the script starts workers when it is imported: it has no main guard"
PART = "{attribute} ({holds}) cannot be pickled: {error}"
STAYS = "; it stays in the main process, so that does no harm"
LARGE = "{part} is pickled for each worker: {mb} MB"
CANNOT_SEND = "a worker cannot send the batch: {error}"
_LARGE_BYTES = 100 * 10**6
_EACH_S = 20.0
_METHODS = ("fork", "forkserver", "spawn")


class ScriptResult(msgspec.Struct, frozen=True):
    """What a script gave. `loader` tells what was found, None when nothing was; `batch_bytes` is 0 when not known."""

    experiments: tuple[Experiment, ...]
    torch: str = ""
    loader: dict[str, Any] | None = None
    batch_bytes: int = 0


def examine(
    target: Target,
    request: dict[str, Any],
    methods: list[str],
    default: str,
    limit_s: float,
    on_event: Callable[[session.Event], None],
) -> ScriptResult:
    """Import the script and try its loader by these start methods; `default` is the target's own.

    Raises DoctorError when there is no loader of that name in it.
    """
    wanted = {**request, "methods": methods, "each_s": min(_EACH_S, limit_s / 2)}
    answers, ended = session.ask(target, "dataloader_script", wanted, limit_s, on_event)
    told = {key: value for answer in answers for key, value in answer.items() if "experiment" not in answer}
    if "not_found" in told:
        raise DoctorError(
            "dataloader-script", "the script has no loader to examine", told["not_found"], "name it: SCRIPT:NAME"
        )
    loader: dict[str, Any] | None = told.get("loader")
    runs = {a["experiment"]: a for a in answers if "experiment" in a}
    experiments = list(_preparation_steps(told, ended, default))
    for name, run in runs.items():
        experiments.append(_experiment_of(name, run, loader or {}))
        experiments += _part_experiments(run, default) if name == "pickle" else ()
        experiments += _sending_experiments(run) if name == "batch" else ()
    experiments = with_comparisons(experiments, runs, methods)
    return ScriptResult(tuple(experiments), told.get("torch", ""), loader, _batch_bytes(runs))


def _batch_bytes(runs: dict[str, Any]) -> int:
    return int(runs.get("batch", {}).get("facts", {}).get("bytes", 0))


def _preparation_steps(told: dict[str, Any], ended: Any, default: str) -> Iterator[Experiment]:
    """What came before the experiments: the import of torch, of the script, and the search for the loader."""
    if "torch" not in told:
        yield _broken_step("import torch", ended)
    elif told.get("stopped"):
        name = "find the loader" if told.get("imported") else "import the script"
        yield Experiment(name=name, subject="script", outcome=FAILED, text=told["stopped"])
    elif "loader" not in told:
        yield _broken_step("import the script" if told.get("step") == "import" else "find the loader", ended)
    elif told.get("unguarded"):
        severity = Severity.WARNING if default == "fork" else Severity.ERROR
        yield Experiment(
            name="import the script", subject="script", outcome=PASSED, rule=GUARD, detail=STARTS, severity=severity
        )
    else:
        yield Experiment(name="import the script", subject="script", outcome=PASSED)


def _broken_step(name: str, ended: Any) -> Experiment:
    outcome = HUNG if ended.timed_out else CRASHED if ended.signal else FAILED
    return Experiment(
        name=name, subject="script", outcome=outcome, text=ended.stderr or ended.story, detail=ended.story
    )


def _experiment_of(name: str, run: dict[str, Any], loader: dict[str, Any]) -> Experiment:
    facts = {k: v for k, v in run.get("facts", {}).items() if k not in ("digests", "epochs", "parts")}
    method, workers = _method_and_workers(name, loader)
    if name == "as written":
        facts.update(prefetch=loader.get("prefetch_factor"))
    return Experiment(
        name=name,
        subject="script",
        outcome=run["outcome"],
        method=method,
        workers=workers,
        seconds=run.get("seconds", 0.0),
        detail=run.get("detail", ""),
        facts=facts,
        text="" if run["outcome"] in (PASSED, SKIPPED) else f"{run.get('said', '')}\n{run.get('failure', '')}".strip(),
    )


def _method_and_workers(name: str, loader: dict[str, Any]) -> tuple[str, int]:
    """Start method and workers of an experiment, from its name."""
    if name == "as written":
        return loader.get("multiprocessing_context") or "", loader.get("num_workers", 0)
    last = name.rpartition(" ")[2]
    if last in _METHODS:
        return last, 1
    return "", 2 if name in ("two workers", "random numbers") else 0


def _part_experiments(run: dict[str, Any], default: str) -> Iterator[Experiment]:
    """One experiment for each part that cannot be pickled, or that is large.

    A sampler that holds the data set fails as that does: it is told only when it fails by itself.
    """
    rows = run.get("facts", {}).get("parts", ())
    known = {row["error"] for row in rows if row["sent"]}
    for row in rows:
        if not row["sent"] and row["error"] in known:
            continue
        name = f"pickle {row['part']}"
        if row["error"]:
            yield _unpicklable(name, row, default)
        elif row["sent"] and row["bytes"] > _LARGE_BYTES:
            detail = LARGE.format(part=row["part"], mb=row["bytes"] // 10**6)
            yield Experiment(name=name, subject="script", outcome=PASSED, rule=COPIED, detail=detail, facts=row)


def _unpicklable(name: str, row: dict[str, Any], default: str) -> Experiment:
    detail = PART.format(**row)
    if not row["sent"]:
        return Experiment(name=name, subject="script", outcome=PASSED, detail=detail + STAYS, facts=row)
    likely = [cause.rule for cause in explain.causes(row["error"])]
    severity = Severity.WARNING if default == "fork" else Severity.ERROR
    rule = likely[0] if likely else UNPICKLABLE
    return Experiment(
        name=name, subject="script", outcome=FAILED, rule=rule, detail=detail, text=detail, facts=row, severity=severity
    )


def _sending_experiments(run: dict[str, Any]) -> Iterator[Experiment]:
    """A batch that no worker can send: nothing with workers is tried then."""
    if error := run.get("facts", {}).get("cannot_be_sent", ""):
        said = CANNOT_SEND.format(error=error)
        yield Experiment(name="send the batch", subject="script", outcome=FAILED, rule=SENDABLE, text=said, detail=said)
