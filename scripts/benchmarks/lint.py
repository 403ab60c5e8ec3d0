"""`lint` beside TorchFix, PyTorch's own linter, over torchvision's source: the same files, so the ratio of times."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.measure import Row, seconds

TORCHFIX = ("-m", "uv", "tool", "run", "torchfix", "--select", "ALL")


def measure(python: str, runs: int) -> list[Row]:
    """One run of TorchFix, which takes a minute, between two rounds of ours; `uv` fetches it from PyPI."""
    where = subprocess.run(
        [python, "-c", "import importlib.util as u; print(u.find_spec('torchvision').submodule_search_locations[0])"],
        capture_output=True,
        text=True,
        check=True,
    )
    folder = where.stdout.strip()
    files = len(list(Path(folder).rglob("*.py")))
    ours = (sys.executable, "-m", "doctor", "lint", folder)
    seconds((sys.executable, *TORCHFIX, __file__), allowed=None)  # fetched, and its cache warm
    rounds = [seconds(ours) for _ in range(runs)]
    theirs = seconds((sys.executable, *TORCHFIX, folder), allowed=None)
    best = sorted(rounds)[len(rounds) // 2]
    detail = f"{files} files: {best:.2f} s / {theirs:.1f} s"
    return [Row("lint: files per second, times TorchFix's", theirs / best, 50, detail=detail, at_least=True)]
