"""All probes at once, one overall deadline. The only stage that looks at the machine; it never judges."""

from __future__ import annotations

import importlib
import queue
import threading
import time
import traceback
from collections.abc import Callable, Collection
from typing import Any

from doctor.facts import Facts
from doctor.model import Reading, Status, skipped
from doctor.probes import Absent, Crashed, Denied
from doctor.target import Target

FIELDS = tuple(name for name in Facts.__struct_fields__ if name != "error")
OF_THE_MACHINE = ("host", "cpu", "memory", "storage", "nvidia", "amd", "intel", "apple", "variables", "sources")
IMPORTING = ("runtime",)
_SLACK_S = 2.0

Progress = Callable[[str, Reading[Any]], None]


def collect(
    target: Target,
    only: Collection[str] | None = None,
    on_done: Progress | None = None,
    *,
    left_out: str = "not requested",
) -> Facts:
    """Run the probes of the named fields (all when None) side by side and wait for them until the deadline.

    A probe that hangs, raises or is refused becomes a reading that says so. `on_done(field, reading)` is called in
    this thread as each ends. `left_out` is why the other fields are not looked at.
    """
    wanted = [name for name in FIELDS if only is None or name in only]
    readings: dict[str, Reading[Any]] = {name: skipped(left_out) for name in FIELDS if name not in wanted}
    if target.fast:
        readings |= {name: skipped("--fast imports nothing in the target") for name in IMPORTING if name in wanted}
    started = [name for name in sorted(wanted, key=_start_order) if name not in readings]
    done: queue.SimpleQueue[tuple[str, Reading[Any]]] = queue.SimpleQueue()
    begin = time.monotonic()
    for name in started:
        threading.Thread(target=_probe, args=(name, target, done), daemon=True, name=f"probe {name}").start()
    _gather(started, readings, done, begin + target.deadline_s + _SLACK_S, on_done)
    for name in set(started) - set(readings):
        readings[name] = _timed_out(begin)
        if on_done:
            on_done(name, readings[name])
    return Facts(**{name: readings[name] for name in FIELDS})


def _start_order(name: str) -> int:
    """The import of torch takes longest, so it is started first."""
    return 0 if name in IMPORTING else 1


def _gather(
    started: list[str],
    readings: dict[str, Reading[Any]],
    done: queue.SimpleQueue[tuple[str, Reading[Any]]],
    deadline: float,
    on_done: Progress | None,
) -> None:
    for _ in started:
        try:
            name, reading = done.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            return
        readings[name] = reading
        if on_done:
            on_done(name, reading)


def _timed_out(begin: float) -> Reading[Any]:
    took = time.monotonic() - begin
    return Reading(Status.TIMEOUT, reason=f"no answer in {took:.0f} s", took_ms=took * 1000)


def _probe(name: str, target: Target, done: queue.SimpleQueue[tuple[str, Reading[Any]]]) -> None:
    begin = time.perf_counter()  # the other clock moves on every 16 ms on Windows
    status, value, reason = _outcome(name, target)
    took_ms = (time.perf_counter() - begin) * 1000
    done.put((name, Reading(status, value, reason, f"doctor.probes.{name}", took_ms)))


def _outcome(name: str, target: Target) -> tuple[Status, Any, str]:
    try:
        probe = importlib.import_module(f"doctor.probes.{name}")
        return Status.OK, probe.probe(target), ""
    except Absent as why:
        return Status.ABSENT, None, str(why)
    except (Denied, PermissionError) as why:
        return Status.DENIED, None, str(why)
    except TimeoutError as why:
        return Status.TIMEOUT, None, str(why)
    except Crashed as why:
        return Status.CRASHED, None, str(why)
    except Exception as error:  # noqa: BLE001 - a probe that breaks is a result
        where = traceback.extract_tb(error.__traceback__)[-1]
        return Status.CRASHED, None, f"{type(error).__name__}: {error} ({where.name}, line {where.lineno})"
