"""Shared memory is too small for NCCL.

## Why it matters
Processes on one machine exchange data through /dev/shm. A container gets 64 MB of it by default, which is too little
for NCCL's buffers for several GPUs.

## What to do
Start the container with a `--shm-size` of a few gigabytes, or with `--ipc=host`. In Kubernetes mount an emptyDir with
`medium: Memory` at /dev/shm.

## References
- https://docs.nvidia.com/deeplearning/nccl/user-guide/docs/troubleshooting.html#shared-memory
"""

from __future__ import annotations

from doctor.facts import Host, Nvidia, Storage
from doctor.model import Severity
from doctor.remedy.actions import Action, SharedMemory
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "/dev/shm holds {size} MB; NCCL may need more for {count} GPUs"
UNLESS = (
    r"(?:shm_open|shmutils\.cc|shared memory segment|/dev/shm).{0,160}"
    r"(?:Permission denied|not permitted|Read-only|No such file)",
)
SIGNATURES = (
    r"failed to extend /dev/shm/nccl-",
    r"NCCL WARN.{0,80}posix_fallocate failed ?: No space left on device",
    r"NCCL WARN.{0,160}(?:shared memory|shm).{0,120}(?:No space left|size \d+)",
    r"(?i)(?:creating|extend|create|Error while).{0,40}shared memory segment.{0,20}nccl-",
    r"/dev/shm/nccl-\S{1,60}.{0,80}(?:No space left|failed|Bus error)",
)
EXPLAINS = ("nccl-system-error", "nccl-unhandled-cuda-error", "nccl-shm-permission")
_ENOUGH = 256 << 20  # bytes; NCCL takes about 10 MB a channel and pair of ranks


def check(storage: Storage, nvidia: Nvidia, host: Host | None) -> Answer:
    size, free = storage.shm_bytes, storage.shm_free_bytes
    if host and host.os not in (None, "linux"):
        return not_there("host.os", host.os)
    if nvidia.gpus is None or size is None:
        return cannot_tell("nvidia.gpus" if nvidia.gpus is None else "storage.shm_bytes")
    count = len(nvidia.gpus)
    if count < 2:
        return not_there("nvidia.gpus", count, "2 or more")
    if size < _ENOUGH:
        evidence = seen("storage.shm_bytes", f"{size >> 20} MB", f"{_ENOUGH >> 20} MB")
        return there(evidence, severity=Severity.WARNING, size=size >> 20, count=count)
    if free is None or free < _ENOUGH:
        return cannot_tell("storage.shm_free_bytes")
    return not_there("storage.shm_free_bytes", f"{free >> 20} MB")


def remedies() -> tuple[Action, ...]:
    return (SharedMemory(gigabytes=8),)
