"""/dev/shm is too small for batches from DataLoader workers.

## Why it matters
Batches go from workers to the main process through `/dev/shm`; Docker gives it 64 MB. When it is full, a worker dies of
a bus error, or the main process waits forever (with a custom collate function). The space needed is about (workers x
prefetch_factor + 1) x bytes per batch, plus 10 MB (measured: 46, 83 and 156 MB where the formula gives 37, 74 and 147).

## What to do
On Linux: start the container with `--shm-size=2g` or `--ipc=host`; in Kubernetes mount an emptyDir with `medium:
Memory` at `/dev/shm`. Or use fewer workers, a smaller `prefetch_factor`, or smaller batches.

## References
- https://docs.docker.com/reference/cli/docker/container/run/
- https://docs.pytorch.org/docs/stable/multiprocessing.html#sharing-strategies
- https://github.com/pytorch/pytorch/issues/5040
"""

from __future__ import annotations

from doctor.facts import Cpu, Host, Storage
from doctor.model import Severity
from doctor.remedy.actions import Action
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.rules.worker_budget import (
    IMAGE_BATCH_BYTES,
    room_for,
    shm_free_bytes,
    shm_need_bytes,
    suggested_workers,
)

SEVERITY = Severity.WARNING
MESSAGE = (
    "/dev/shm has {free} MB free of {total} MB; {workers} workers with batches of 64 images of 224 x 224 need {need} MB"
)
SIGNATURES = (
    r"insufficient shared memory \(shm\)",
    r"killed by signal: Bus",
    r"(?i)\b(?:in|with|using) (?:a )?docker\b.{0,80}\bbus error\b",
    r"workers are out of shared",
    r"unable to (?:allocate shared memory|(?:write to|resize|mmap \d+ bytes from) file <).{0,80}"
    r"No space left on device",
    r"Unexpected bus error encountered in worker",
    r"unable to (?:write to file </?torch_|allocate shared memory ?\(shm\))",
    r"No space left on device: '/(?:dev/shm\b|psm_|torch_\d)",
)
EXPLAINS = (
    "dataloader-worker-exited",
    "dataloader-batch-not-sendable",
    "disk-full",
)  # "No space left on device" is said of /dev/shm then
MEGABYTE = 10**6


def check(host: Host, storage: Storage | None, cpu: Cpu | None) -> Answer:
    if host.os not in (None, "linux"):
        return not_there("host.os", host.os)
    total, free = storage.shm_bytes if storage else None, shm_free_bytes(storage)
    if host.os is None or total is None or free is None:
        return cannot_tell("storage.shm_bytes" if host.os else "host.os")
    workers = suggested_workers(cpu)
    need = shm_need_bytes(workers, IMAGE_BATCH_BYTES)
    if free >= need:
        return cannot_tell("error.text")  # the program's own batches may need more
    return there(
        seen("storage.shm_free_bytes", free, need),
        free=free // MEGABYTE,
        total=total // MEGABYTE,
        workers=workers,
        need=need // MEGABYTE,
    )


def remedies(host: Host | None) -> tuple[Action, ...]:
    return room_for(0, host)
