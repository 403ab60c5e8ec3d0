"""`check` beside the import of torch, `check --fast` beside torch's own collect_env, `--help` beside a bare Python."""

from __future__ import annotations

import sys

from benchmarks.measure import Row, peak_memory, ratio

DOCTOR = (sys.executable, "-m", "doctor")


def measure(python: str, runs: int) -> list[Row]:
    check = (*DOCTOR, "check", "--python", python, "--format", "json")
    importing = (python, "-c", "import torch, torchvision")
    dump = (python, "-m", "torch.utils.collect_env")
    own = (*DOCTOR, "check", "--python", python, "--fast", "--format", "json")
    return [
        ratio("check / import torch, torchvision", check, importing, 1.25, runs),
        ratio("check --fast / torch.utils.collect_env", own, dump, 0.2, runs),
        ratio("--help / python -c pass", (*DOCTOR, "--help"), (sys.executable, "-c", "pass"), 8, 3 * runs),
        Row("check: the doctor's own peak memory", peak_memory(check[3:]), 80, "MiB"),
    ]
