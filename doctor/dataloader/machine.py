"""Does the machine let workers work? A synthetic data set under every start method, with both sharing strategies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from doctor.dataloader import session
from doctor.dataloader.model import CRASHED, FAILED, HUNG, SKIPPED, Experiment, StartMethod
from doctor.facts import Facts
from doctor.target import Target

DESCRIPTOR, BY_NAME = "file_descriptor", "file_system"
IMAGE_SHAPE, IMAGE_BATCH = (3, 224, 224), 64
NOT_REACHED = "an earlier step in the same process did not end"
NO_TIME = "no time left"
LABELS = {
    "few": "a few small batches",
    "large": "batches of {mb} MB",
    "kept": "100 batches, all kept",
    "pinned": "pinned memory",
}
_CASE_S = {"fork": 10.0, "forkserver": 25.0, "spawn": 30.0}
_LEAST_FREE_BYTES = 2 * 10**9  # memory that must be free for a trial with large batches


class Batch(msgspec.Struct, frozen=True):
    """A batch as described by flags: the shape of a float32 sample, and samples in a batch."""

    shape: tuple[int, ...] = IMAGE_SHAPE
    size: int = IMAGE_BATCH

    @property
    def bytes(self) -> int:
        count = self.size * 4
        for side in self.shape:
            count *= side
        return count


def start_methods(facts: Facts) -> list[str]:
    """The platform's start methods, the target's default first."""
    host, python = facts.host.value, facts.python.value
    default = (python and python.start_method) or ("spawn" if host and host.os == "windows" else "fork")
    all_methods = ["spawn"] if host and host.os == "windows" else ["fork", "forkserver", "spawn"]
    return sorted(all_methods, key=lambda method: method != default)


def trial_groups(facts: Facts, methods: list[str], workers: tuple[int, ...], batch: Batch) -> list[dict[str, Any]]:
    """What is tried, in the order of importance; the cases of a group share a process."""
    strategies = [DESCRIPTOR, BY_NAME] if facts.host.value and facts.host.value.os == "linux" else [BY_NAME]
    default, positive = methods[0], [n for n in workers if n] or [1]
    few = [_case("few", "", 0, "", batch)] if 0 in workers else []
    tried = [_group(default, few + _cases(default, positive, strategies, batch))]
    if _has_memory(facts, batch):
        tried.append(_group("large", [_case("large", default, 2, strategies[0], batch)]))
    tried.append(_group("kept", [_case("kept", default, 2, strategies[0], batch)]))
    tried.append(_group("pinned", [_case("pinned", default, 2, strategies[0], batch)]))
    return tried + [_group(method, _cases(method, positive, strategies, batch)) for method in methods[1:]]


def _cases(method: str, workers: list[int], strategies: list[str], batch: Batch) -> list[dict[str, Any]]:
    """Every combination; of spawn, where each worker takes seconds to start, every number and strategy once."""
    if method == "spawn":
        pairs = [(n, strategies[place % len(strategies)]) for place, n in enumerate(reversed(workers))]
    else:
        pairs = [(n, strategy) for strategy in strategies for n in workers]
    return [_case("few", method, n, strategy, batch) for n, strategy in pairs]


def _case(kind: str, method: str, workers: int, strategy: str, batch: Batch) -> dict[str, Any]:
    timeout_s = _CASE_S.get(method, 10.0)
    shared = {"kind": kind, "method": method, "workers": workers, "strategy": strategy, "timeout_s": timeout_s}
    return {**shared, "shape": batch.shape, "batch_size": batch.size}


def _group(name: str, cases: list[dict[str, Any]]) -> dict[str, Any]:
    return {"name": name, "cases": cases, "limit_s": 2 + max(c["timeout_s"] for c in cases)}


def _has_memory(facts: Facts, batch: Batch) -> bool:
    memory = facts.memory.value
    limits = [b for b in (memory.available_bytes, memory.cgroup_limit_bytes) if b is not None] if memory else []
    return not limits or min(limits) >= max(_LEAST_FREE_BYTES, 12 * batch.bytes)


def examine(
    target: Target,
    wanted: list[dict[str, Any]],
    limit_s: float,
    on_event: Callable[[session.Event], None],
    *,
    together: bool,
) -> tuple[list[Experiment], str]:
    """Run the groups; returns the experiments and torch's version. Without a safe fork each group has its own process.

    torch's version is "" when it could not be imported; the only experiment tells why then.
    """
    asked = [wanted] if together else [[group] for group in wanted]
    done: list[Experiment] = []
    torch = ""
    for part in asked:
        answers, ended = session.ask(target, "dataloader_synthetic", {"groups": part}, limit_s / len(asked), on_event)
        torch = torch or next((a["torch"] for a in answers if "torch" in a), "")
        if not any("torch" in a for a in answers):
            text = ended.stderr or ended.story
            outcome = HUNG if ended.timed_out else CRASHED if ended.signal else FAILED
            return [Experiment(name="import torch", subject="machine", outcome=outcome, text=text)], ""
        for group in part:
            done += _outcomes(group, answers, ended.stderr)
    return done, torch


def _outcomes(group: dict[str, Any], answers: list[dict[str, Any]], stderr: str) -> list[Experiment]:
    end = next((a for a in answers if a.get("experiment") == group["name"]), None)
    told = [a for a in answers if a.get("part_of") == group["name"]]
    return [_outcome(number, case, told, end, stderr) for number, case in enumerate(group["cases"])]


def _outcome(
    number: int, case: dict[str, Any], told: list[dict[str, Any]], end: dict[str, Any] | None, stderr: str
) -> Experiment:
    facts = {"batch_bytes": Batch(tuple(case["shape"]), case["batch_size"]).bytes} if case["kind"] == "large" else {}
    made = Experiment(
        name=label(case),
        subject="machine",
        outcome=SKIPPED,
        method=case["method"],
        workers=case["workers"],
        strategy=case["strategy"],
        facts=facts,
    )
    said = end["said"] if end and "said" in end else stderr
    if own := next((a for a in told if a["case"] == number and "outcome" in a), None):
        detail = own.get("facts", {}).get("reason", "")
        text = "\n".join(part for part in (said, own.get("failure", "")) if part) if own["outcome"] == FAILED else ""
        known = {**facts, **own.get("facts", {})}
        return msgspec.structs.replace(
            made, outcome=own["outcome"], seconds=own["seconds"], detail=detail, facts=known, text=text
        )
    if not any(a["case"] == number for a in told):
        no_time = end is None or end["outcome"] == SKIPPED
        return msgspec.structs.replace(made, detail=NO_TIME if no_time else NOT_REACHED)
    outcome = end["outcome"] if end else HUNG
    outcome = CRASHED if outcome == "passed" else outcome
    return msgspec.structs.replace(
        made, outcome=outcome, seconds=(end or {}).get("seconds", 0.0), detail=(end or {}).get("detail", ""), text=said
    )


def label(case: dict[str, Any]) -> str:
    """What was tried, for people: "2 workers by fork, file_descriptor: a few small batches"."""
    mb = -(-Batch(tuple(case["shape"]), case["batch_size"]).bytes // 10**6)
    what = LABELS[case["kind"]].format(mb=mb)
    if not case["workers"]:
        return f"no workers: {what}"
    plural = "s" if case["workers"] > 1 else ""
    return f"{case['workers']} worker{plural} by {case['method']}, {case['strategy']}: {what}"


def methods_of(facts: Facts, experiments: list[Experiment]) -> dict[str, StartMethod]:
    """What is known of each start method from the experiments with small batches."""
    methods = start_methods(facts)
    known = {}
    for method in methods:
        tried = [e for e in experiments if e.method == method and e.outcome != SKIPPED and LABELS["few"] in e.name]
        works = not any(e.broken for e in tried) if tried else None
        seconds = next((e.seconds for e in tried if not e.broken), None)
        known[method] = StartMethod(method == methods[0], works, seconds)
    return known
