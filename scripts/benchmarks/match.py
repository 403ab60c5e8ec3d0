"""`match` as a whole process beside a bare Python: of a described machine, with a wish, and of this machine."""

from __future__ import annotations

import sys

from benchmarks.check import DOCTOR
from benchmarks.measure import Row, ratio


def measure(python: str, runs: int) -> list[Row]:
    described = ("--os", "linux", "--arch", "x86_64", "--python", "3.12", "--gpu", "V100", "--driver", "580.65.06")
    cases = {
        "match, a described machine": described,
        "match, a described machine and a wish": (*described, "--torch", ">=2.4,<2.7"),
        "match, this machine": ("--python", python),
    }
    bare = (sys.executable, "-c", "pass")
    return [
        ratio(f"{what} / python -c pass", (*DOCTOR, "match", *words, "--format", "json"), bare, 12, 3 * runs)
        for what, words in cases.items()
    ]
