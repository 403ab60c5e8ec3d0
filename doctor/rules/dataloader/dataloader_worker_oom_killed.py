"""A DataLoader worker was killed because memory ran out.

## Why it matters
Each worker is a process with torch in it; with Python lists and dicts in the dataset its memory grows while it reads
(every access changes a reference count, so forked pages are copied). When the total exceeds the limit of the machine or
container, the kernel kills a worker.

## What to do
Use fewer workers or a smaller `prefetch_factor`, and keep metadata in NumPy arrays or tensors instead of Python
objects. `dmesg` and the cgroup's memory.events show whether the kernel did it.

## References
- https://docs.pytorch.org/docs/stable/data.html#multi-process-data-loading
- https://github.com/pytorch/pytorch/issues/8976
- https://github.com/pytorch/pytorch/issues/13246
"""

from __future__ import annotations

from doctor.facts import Cpu, Memory
from doctor.model import Severity
from doctor.rules.api import Answer, cannot_tell, seen, there
from doctor.rules.worker_budget import WORKER_BYTES, suggested_workers

SEVERITY = Severity.INFO
MESSAGE = "{available} MB of memory are left for workers: enough for about {fits}, while the processors allow {workers}"
SIGNATURES = (r"DataLoader worker.{0,40} is killed by\s{1,3}signal: Killed", r"killed by signal: Killed")
EXPLAINS = (
    "out-of-memory",
    "process-killed-out-of-memory",
    "dataloader-worker-exited",
)  # the kernel's own line about the worker


def check(memory: Memory, cpu: Cpu | None) -> Answer:
    limits = {"available_bytes": memory.available_bytes, "cgroup_limit_bytes": memory.cgroup_limit_bytes}
    known = {name: limit for name, limit in limits.items() if limit is not None}
    if not known:
        return cannot_tell("memory.available_bytes")
    tightest = min(known, key=known.__getitem__)
    left, workers = known[tightest], suggested_workers(cpu)
    needed = (workers + 1) * WORKER_BYTES
    if left >= needed:
        return cannot_tell("error.text")  # the program's own workers may need more
    fits = max(0, left // WORKER_BYTES - 1)
    return there(seen(f"memory.{tightest}", left, needed), available=left // 10**6, fits=fits, workers=workers)
