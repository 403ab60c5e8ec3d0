"""Timing of whole processes in pairs, and their peak memory."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True)
class Row:
    """One figure and its limit. `unit` is "x" for ratios, or a unit such as "MiB"; `at_least` turns the limit round."""

    what: str
    value: float
    limit: float
    unit: str = "x"
    detail: str = ""
    at_least: bool = False

    @property
    def good(self) -> bool:
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    @property
    def shown(self) -> str:
        return f"{self.value:.2f} {self.unit}" + (f" ({self.detail})" if self.detail else "")

    @property
    def limit_shown(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.limit:g} {self.unit}"


def seconds(
    argv: Sequence[str],
    env: Mapping[str, str] | None = None,
    cwd: str | None = None,
    allowed: Collection[int] | None = (0, 1),
) -> float:
    """Wall-clock seconds of one run; an exit code that is not allowed is an error (None: every one is)."""
    begin = time.perf_counter()
    done = subprocess.run(argv, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=env, cwd=cwd, check=False)
    took = time.perf_counter() - begin
    if allowed is not None and done.returncode not in allowed:
        raise RuntimeError(f"{argv} ended with {done.returncode}: {done.stderr.decode()[-500:]}")
    return took


def ratio(
    what: str, ours: Sequence[str], theirs: Sequence[str], limit: float, runs: int, cwd: str | None = None
) -> Row:
    """Median over pairs of our seconds divided by theirs."""
    seconds(ours, cwd=cwd)
    seconds(theirs, cwd=cwd)
    pairs = [(seconds(ours, cwd=cwd), seconds(theirs, cwd=cwd)) for _ in range(runs)]
    a, b = (statistics.median(side) for side in zip(*pairs, strict=True))
    return Row(what, statistics.median(x / y for x, y in pairs), limit, detail=f"{a:.3f} s / {b:.3f} s")


def peak_memory(words: Sequence[str]) -> float:
    """Peak resident memory in MiB of the doctor's own process, children not counted: `words` are its arguments."""
    program = (
        "import resource, sys; from doctor.cli import main; main(sys.argv[1:]);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
    )
    argv = [sys.executable, "-c", program, *words]
    done = subprocess.run(argv, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True)
    return int(done.stderr.split()[-1]) * (1 if sys.platform == "darwin" else 1024) / MIB
