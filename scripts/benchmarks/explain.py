"""`explain` of a large log and of lines made to keep it busy: processor time of the whole process, and peak memory."""

from __future__ import annotations

import os
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from benchmarks.check import DOCTOR
from benchmarks.measure import Row, peak_memory, seconds

LOG_BYTES = 50_000_000
ERROR = "RuntimeError: CUDA error: no kernel image is available for execution on the device\n"
LINES = (
    "2024-01-02 03:04:05,678 [INFO] [rank{0}]: epoch 1 step {0} loss 0.{0} torch cuda nccl device memory\n",
    "  {0}%|██████▌   | {0}/60 [00:10<00:50,  3.2it/s]\r  9{0}%|███▌   | {0}/60\n",
    "\x1b[32mINFO\x1b[0m {0} “train” – it’s fine，好的\n",
    '{{"level": "info", "msg": "step {0}\\n  Done\\n  \\"next\\"", "t": {0}}}\n',
    "/env/lib/python3.12/site-packages/torch/nn/module.py:{0}: UserWarning: a &gt; b\n",
)
BUSY = ('File "', "\\n", "\\", "’", "aWarning", "exit code ", "CUDA error ", "[1;1;", "&amp;", "| ", " ", "a.")
BUSY_BYTES = 1_000_000


def measure(python: str, runs: int) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "train.log")
        with log.open("w", encoding="utf-8") as file:
            file.writelines(_lines())  # held in memory, it would count as the child's, which begins as a copy of us
        argv = ("explain", "--no-facts", "--format", "json", str(log))
        took = statistics.median(_processor_seconds((*DOCTOR, *argv)) for _ in range(runs))
        rows = [
            Row("explain, a log of 50 MB", took, 5, "s"),
            Row("explain: peak memory of that", peak_memory(argv), 80, "MiB"),
        ]
        line = Path(folder, "line.log")
        for words in BUSY:
            line.write_text(words * (BUSY_BYTES // len(words.encode())), "utf-8")
            rows.append(
                Row(f"explain, a line of {words!r}", _processor_seconds((*DOCTOR, *argv[:-1], str(line))), 2, "s")
            )
        return rows


def _processor_seconds(argv: Sequence[str]) -> float:
    """Of a child: what else the machine does matters less than to the clock on the wall."""
    before = os.times()
    seconds(argv)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def _lines() -> Iterator[str]:
    size = 0
    for number in count():
        line = LINES[0 if number % 10 < 6 else number % len(LINES)].format(number)
        size += len(line.encode())
        if size > LOG_BYTES:
            break
        yield line
    yield ERROR
