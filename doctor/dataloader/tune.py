"""How many workers pay: which settings this machine allows, their throughput, and the smallest that is good enough."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from doctor.dataloader import session
from doctor.dataloader.model import PASSED, Recommendation, Setting, Try
from doctor.facts import Facts
from doctor.rules.worker_budget import WORKER_BYTES, job_cpus, shm_free_bytes, shm_need_bytes
from doctor.target import Target
from doctor.target.inside import dataloader_choice as choice

COUNTS = (0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32)
PREFETCH = (2, 4)
TO_MB = 10**6
LIMIT_CPU = "at most {cpus} workers: the number of processors of this job"
LIMIT_SHM = "{workers} workers with prefetch {prefetch} need {need} MB of /dev/shm; {free} MB are free"
LIMIT_MEMORY = "{workers} workers need about {need} MB of memory; {free} MB are free"
NO_WORKERS = "workers do not pay off: none of these settings is measurably faster"
PAY = "{gain:.1f} times as fast as without workers; more workers were not measurably faster"
AT_LIMIT = "{gain:.1f} times as fast as without workers, with the most that were allowed; if samples wait for disks or"
AT_LIMIT += " networks, more may pay off: try --workers 0,{more},{most}"
MOST_TRIED = "{gain:.1f} times as fast as without workers, with the most that were tried"
UNSETTLED = "; time ran out before the difference exceeded the noise"
WINDOW_S = 0.7
MOST_ROUNDS = 8


class Budget(msgspec.Struct, frozen=True):
    """What limits the settings: processors, and bytes that are free. None is not known."""

    cpus: int
    shm_bytes: int | None
    memory_bytes: int | None


def budget_of(facts: Facts) -> Budget:
    memory = facts.memory.value
    limits = [b for b in (memory.available_bytes, memory.cgroup_limit_bytes) if b is not None] if memory else []
    linux = facts.host.value is not None and facts.host.value.os == "linux"
    shm = shm_free_bytes(facts.storage.value) if linux else None
    return Budget(job_cpus(facts.cpu.value) or 2, shm, min(limits, default=None))


def trial_settings(
    budget: Budget, batch_bytes: int, workers: tuple[int, ...] | None, pin: bool
) -> tuple[list[Try], list[str]]:
    """The settings to measure, 0 workers among them, and why others are left out.

    `workers` are the numbers that the user asked for: they may exceed the processors, but no other limit.
    """
    wanted = sorted({0, *workers}) if workers else [n for n in COUNTS if n <= budget.cpus]
    limits = [] if workers else [LIMIT_CPU.format(cpus=budget.cpus)]
    if not workers and budget.cpus not in wanted and budget.cpus < COUNTS[-1]:
        wanted.append(budget.cpus)
    tried: list[Try] = []
    for n in wanted:
        for prefetch in PREFETCH if n else (0,):
            if reason := _over_budget(n, prefetch, batch_bytes, budget):
                limits.append(reason)
                continue
            tried += [Try(n, prefetch, pinned) for pinned in ((False, True) if pin else (False,))]
    return tried, limits


def _over_budget(workers: int, prefetch: int, batch_bytes: int, budget: Budget) -> str:
    shm = shm_need_bytes(workers, batch_bytes, prefetch)
    if budget.shm_bytes is not None and shm > budget.shm_bytes:
        free = budget.shm_bytes // TO_MB
        return LIMIT_SHM.format(workers=workers, prefetch=prefetch, need=-(-shm // TO_MB), free=free)
    memory = workers * WORKER_BYTES + shm
    if workers and budget.memory_bytes is not None and memory > budget.memory_bytes:
        free = budget.memory_bytes // TO_MB
        return LIMIT_MEMORY.format(workers=workers, need=-(-memory // TO_MB), free=free)
    return ""


def measure(
    target: Target,
    request: dict[str, Any],
    tried: list[Try],
    method: str,
    limit_s: float,
    on_event: Callable[[session.Event], None],
) -> tuple[list[dict[str, Any]], bool, str]:
    """Rounds over the settings in the target: (what each measurement gave, whether the answer is settled, errors)."""
    wanted = {
        "settings": [[t.workers, t.prefetch, t.pinned] for t in tried],
        "method": method,
        "window_s": WINDOW_S,
        "most_rounds": MOST_ROUNDS,
        "copy": any(t.pinned for t in tried),
    }
    script = "dataloader_script" if "script" in request else "dataloader_tuning"
    answers, ended = session.ask(target, script, {**request, "check": False, "tune": wanted}, limit_s, on_event)
    runs = [a for a in answers if a.get("experiment") == "tune"]
    failed = [
        f"{run.get('said', '')}\n{run.get('failure', '')}" for run in runs if run["outcome"] not in (PASSED, "skipped")
    ]
    text = "\n".join(failed) or ("" if runs else ended.stderr or ended.story)
    return [r["facts"] for r in runs if r["outcome"] == PASSED], any(a.get("settled") for a in answers), text


def recommend(measured: list[dict[str, Any]], limits: list[str], settled: bool, asked: bool) -> Recommendation | None:
    """The smallest setting within the noise of the best; None when nothing was measured.

    `asked`: the user named the numbers of workers, so that they are not this machine's limit.
    """
    rates: choice.Rates = {}
    starts: dict[choice.Setting, list[float]] = {}
    for row in measured:
        workers, prefetch, pinned = row["setting"]
        rates.setdefault((workers, prefetch, pinned), []).append(row["rate"])
        starts.setdefault((workers, prefetch, pinned), []).append(row["start_s"])
    if not rates:
        return None
    taken = choice.recommend(rates)
    rows = [_setting_of(setting, rates[setting], starts[setting]) for setting in sorted(rates)]
    rate = choice.median(rates[taken])
    base = max((choice.median(v) for s, v in rates.items() if not s[0]), default=rate)
    top = max(setting[0] for setting in rates)
    last = "" if taken[0] < top else MOST_TRIED if asked else AT_LIMIT
    reason = _reason(taken, rate / base if base else 1.0, last)
    return Recommendation(
        num_workers=taken[0],
        prefetch_factor=taken[1] if taken[0] else None,
        pin_memory=taken[2],
        samples_per_s=rate,
        gain=rate / base if base else 1.0,
        noise=choice.noise(rates, taken) or choice.LEAST_GAIN * rate,
        reason=reason if settled else reason + UNSETTLED,
        limits=tuple(limits),
        settled=settled,
        settings=tuple(rows),
    )


def _setting_of(setting: choice.Setting, rates: list[float], starts: list[float]) -> Setting:
    workers, prefetch, pinned = setting
    spread = (max(rates) - min(rates)) / 2
    return Setting(workers, prefetch, pinned, choice.median(rates), spread, len(rates), choice.median(starts))


def _reason(taken: choice.Setting, gain: float, last: str) -> str:
    """`last` is what to say of a setting that has as many workers as were tried."""
    if not taken[0]:
        return NO_WORKERS
    return (last or PAY).format(gain=gain, more=taken[0] * 2, most=taken[0] * 4)
