"""NCCL is not allowed to use shared memory (/dev/shm).

## Why it matters
NCCL exchanges data between processes through files in /dev/shm. If their permissions, a security module or the settings
of a container forbid it, communicators cannot be created.

## What to do
Restore the permissions of /dev/shm, or mount it writable in the container. NCCL_SHM_DISABLE=1 avoids it, but is slower.

## References
- https://docs.nvidia.com/deeplearning/nccl/user-guide/docs/troubleshooting.html
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, AsRoot, Rerun

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"(?i)(?:shm_open|/dev/shm|shared memory (?:file|segment)).{0,160}(?:Permission denied|not permitted|Read-only)",
    r"NCCL WARN.{0,80}(?:shmem|shm).{0,80}(?:Permission denied|Operation not permitted)",
    r"\bshm(?:utils)?\.(?:cc|h):\d+ NCCL WARN Call to \w{1,20} failed ?: (?:Permission denied|Operation not permitted)",
)
EXPLAINS = ("nccl-system-error", "nccl-unhandled-cuda-error")


def remedies() -> tuple[Action, ...]:
    without = (("NCCL_SHM_DISABLE", "1"),)
    mend = (("chmod", "1777", "/dev/shm"),)
    return (
        Rerun(title="Run without shared memory, which is slower", set=without, program=("torchrun", "PROGRAM.py")),
        AsRoot(title="Restore the permissions of shared memory", commands=mend, writes=("/dev/shm",)),
    )
