"""`run-recipes` beside the rungs run as plain scripts, the harness beside nothing, rungs beside the plainest loops."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measure import Row, seconds

HERE = Path(__file__).resolve().parent
RECIPES = HERE.parents[1] / "recipes"
LADDER = sorted(path.stem for path in RECIPES.glob("0*_*.py"))
# What the harness sets for itself: the comparison is with scripts on the same terms
SAME = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
TIMED = (
    "import sys, time, importlib; sys.path.insert(0, {folder!r}); recipe = importlib.import_module({name!r});"
    "begin = time.perf_counter(); recipe.run(quick=True); print(time.perf_counter() - begin)"
)
TRIVIAL = (
    "def run(device, quick, below):\n    return {'losses': [1.0], 'first_loss': 1.0, 'final_loss': 1.0, 'detail': ''}\n"
)
MANY = 40


def measure(python: str, runs: int) -> list[Row]:
    rows = [ladder(python, runs), overhead(python)]
    for name, (ours, plain) in output(python, str(HERE / "plain" / "loops.py"), str(RECIPES)).items():
        detail = f"{ours * 1e6:.0f} µs / {plain * 1e6:.0f} µs"
        rows.append(Row(f"{name}: a step / the plainest loop", ours / plain, 1.05, detail=detail))
    return rows


def output(*argv: str) -> dict[str, tuple[float, float]]:
    done = subprocess.run(argv, capture_output=True, text=True, check=True, env=SAME)
    return dict(json.loads(done.stdout))


def doctor(python: str, *words: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "doctor", "run-recipes", "--python", python, "--device", "cpu", "--quick", *words)


def ladder(python: str, runs: int) -> Row:
    """Rungs 1 to 9 in one process, beside one import of torch and the rungs as scripts without their imports."""
    pairs = []
    for _ in range(runs):
        ours = seconds(doctor(python, "1-9"), SAME)
        theirs = seconds((python, "-c", "import torch"), SAME) + sum(alone(python, name) for name in LADDER)
        pairs.append((ours, theirs))
    a, b = (statistics.median(side) for side in zip(*pairs, strict=True))
    middle = statistics.median(x / y for x, y in pairs)
    return Row("rungs 1-9 / import torch + the rungs as scripts", middle, 1.15, detail=f"{a:.1f} s / {b:.1f} s")


def alone(python: str, name: str) -> float:
    """Seconds of a rung run as a script, its imports left out."""
    argv = (python, "-c", TIMED.format(folder=str(RECIPES), name=name))
    return float(subprocess.run(argv, capture_output=True, text=True, check=True, env=SAME).stdout)


def overhead(python: str) -> Row:
    """What the harness adds to a recipe: many that do nothing, beside two."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "ladder.py").write_text("def check_device(device):\n    pass\n")
        for number in range(1, MANY + 1):
            (Path(folder) / f"{number:02d}_nothing.py").write_text(TRIVIAL)

        def took(words: str) -> float:
            begin = time.perf_counter()
            seconds(doctor(python, "--folder", folder, words), SAME)
            return time.perf_counter() - begin

        took("1-2")
        each = [(took(f"1-{MANY}") - took("1-2")) / (MANY - 2) for _ in range(3)]
    return Row("the harness, a recipe", statistics.median(each) * 1000, 50, "ms")
