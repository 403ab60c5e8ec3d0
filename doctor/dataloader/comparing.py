"""Samples and random numbers of workers against those without: what differs where it must not, and repeats."""

from __future__ import annotations

from typing import Any

import msgspec

from doctor.dataloader.model import FAILED, PASSED, SKIPPED, Experiment
from doctor.model import Severity

SHARED, REVERTED = "dataloader-shared-handle", "dataloader-global-changed-at-run-time"
UNSHARDED, SEEDED, CLONED = (
    "dataloader-iterable-not-sharded",
    "dataloader-same-numpy-seed",
    "dataloader-cloned-generator",
)
COMPARE = "compare samples, {count} worker{plural} by {method}"
DIFFER = "batch {number} from {workers} by {method} differs from the one without workers"
TWICE = "both workers return the same first batch: the data is read once per worker"
SAME = "two workers draw the same numbers from {stream}"
EACH_EPOCH = "each worker draws the same numbers from {stream} in every epoch"
RANDOM = "the samples are random: two runs without workers differ, so they cannot be compared"
DRAWS = "random numbers"
_GLOBAL = ("numpy", "random", "torch")


def with_comparisons(experiments: list[Experiment], runs: dict[str, Any], methods: list[str]) -> list[Experiment]:
    """The experiments, followed by what the comparison shows."""
    plain = _facts(runs, "without workers")
    found = [*experiments]
    if plain and not plain["repeatable"]:
        found.append(Experiment(name="compare samples", subject="script", outcome=SKIPPED, detail=RANDOM))
    elif plain:
        found += _compare_samples(runs, plain["digests"], methods)
    if random := _facts(runs, DRAWS):
        found += _compare_random_streams(random["epochs"])
    return [_without_stand_in_failure(one, runs) for one in found]


def _without_stand_in_failure(one: Experiment, runs: dict[str, Any]) -> Experiment:
    """The data set in the place of the user's may not suit its functions: where theirs works, that is no fault."""
    if one.name != DRAWS or not one.broken or runs.get("two workers", {}).get("outcome") != PASSED:
        return one
    lines = one.text.strip().splitlines()
    return msgspec.structs.replace(one, outcome=SKIPPED, text="", detail=lines[-1] if lines else one.outcome)


def _facts(runs: dict[str, Any], name: str) -> dict[str, Any]:
    run = runs.get(name, {})
    facts: dict[str, Any] = run.get("facts", {}) if run.get("outcome") == PASSED else {}
    return facts


def _compare_samples(runs: dict[str, Any], plain: list[str], methods: list[str]) -> list[Experiment]:
    tried = [(method, 1, f"one worker by {method}") for method in methods] + [(methods[0], 2, "two workers")]
    known = [(method, n, _facts(runs, name).get("digests", [])) for method, n, name in tried]
    compared = [_compare_method(plain, digests, method, n) for method, n, digests in known if digests]
    broken = [one for one in compared if one.rule]
    return broken or compared


def _compare_method(plain: list[str], digests: list[str], method: str, workers: int) -> Experiment:
    plural = "s" if workers > 1 else ""
    name = COMPARE.format(count=workers, plural=plural, method=method)
    made = Experiment(name=name, subject="script", outcome=PASSED, method=method, workers=workers)
    differ = next((i for i, (a, b) in enumerate(zip(plain, digests, strict=False)) if a != b), None)
    if differ is None and len(digests) <= max(len(plain), 1):
        return made
    if workers > 1 and len(digests) > 1 and digests[0] == digests[1] and (len(plain) < 2 or plain[0] != plain[1]):
        return msgspec.structs.replace(made, outcome=FAILED, rule=UNSHARDED, detail=TWICE, text=TWICE)
    if differ is None:
        return made
    rule = SHARED if method == "fork" else REVERTED
    detail = DIFFER.format(number=differ + 1, workers=f"{workers} worker{plural}", method=method)
    return msgspec.structs.replace(made, outcome=FAILED, rule=rule, detail=detail, text=detail)


def _compare_random_streams(epochs: list[list[dict[str, float]]]) -> list[Experiment]:
    """One experiment for each stream that repeats where it must not."""
    found = []
    for stream in epochs[0][0] if epochs and epochs[0] else ():
        numbers = [worker.get(stream) for worker in epochs[0]]
        later = [worker.get(stream) for worker in epochs[1]]
        stored = stream not in _GLOBAL
        if len(numbers) > 1 and numbers[0] == numbers[1]:
            found.append(_repeated_stream(SAME, CLONED if stored else SEEDED, stream))
        elif numbers == later and not stored:
            found.append(_repeated_stream(EACH_EPOCH, SEEDED, stream))
    return found or [Experiment(name="compare random numbers", subject="script", outcome=PASSED, workers=2)]


def _repeated_stream(message: str, rule: str, stream: str) -> Experiment:
    detail = message.format(stream=stream if stream not in _GLOBAL else f"the global {stream} generator")
    return Experiment(
        name="compare random numbers",
        subject="script",
        outcome=FAILED,
        rule=rule,
        workers=2,
        detail=detail,
        text=detail,
        severity=Severity.WARNING,
    )
