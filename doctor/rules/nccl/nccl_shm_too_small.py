"""Shared memory is too small for NCCL.

## Why it matters
Processes on one machine exchange data through /dev/shm. A container gets 64 MB of it unless told otherwise, which
NCCL's buffers for several GPUs fill.

## What to do
Start the container with `--shm-size` of some gigabytes, or `--ipc=host`. In Kubernetes mount an emptyDir of medium
Memory at /dev/shm.

## References
- https://docs.nvidia.com/deeplearning/nccl/user-guide/docs/troubleshooting.html#shared-memory
"""

from __future__ import annotations

from doctor.facts import Host, Nvidia, Storage
from doctor.model import Remedy, Severity
from doctor.rules import _nvidia
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "/dev/shm holds {size} MB; NCCL may need more for {count} GPUs"
SIGNATURES = (
    r"NCCL WARN.{0,80}posix_fallocate failed ?: No space left on device",
    r"NCCL WARN.{0,160}(?:shared memory|shm).{0,120}(?:No space left|size \d+)",
    r"(?i)(?:creating|extend|create|Error while).{0,40}shared memory segment.{0,20}nccl-",
    r"/dev/shm/nccl-\S{1,60}.{0,80}(?:No space left|failed|Bus error)",
    r"(?i)NCCL.{0,160}Call to ftruncate failed|NCCL.{0,160}Call to mmap failed",
)
EXPLAINS = ("nccl-system-error", "nccl-unhandled-cuda-error", "nccl-shm-permission")
_ENOUGH = 256 << 20  # bytes; NCCL takes about 10 MB a channel and pair of ranks


def check(storage: Storage, nvidia: Nvidia, host: Host | None) -> Answer | None:
    size, count = storage.shm_bytes, len(nvidia.gpus or ())
    if size is None or count < 2 or size >= _ENOUGH or (host and host.os not in (None, "linux")):
        return None
    evidence = seen("storage.shm_bytes", size, _ENOUGH)
    return there(evidence, severity=Severity.WARNING, size=size >> 20, count=count)


def remedies(host: Host | None) -> tuple[Remedy, ...]:
    start = ("docker", "run", "--gpus", "all", "--ipc=host", "IMAGE")
    grow = ("sudo", "mount", "-o", "remount,size=8G", "/dev/shm")
    if _nvidia.contained(host):
        return (_nvidia.manual("Start the container with more shared memory", start),)
    return (_nvidia.manual("Make /dev/shm larger", grow),)
