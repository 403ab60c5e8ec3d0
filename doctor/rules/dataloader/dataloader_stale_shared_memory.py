"""Shared memory of dead processes is left in /dev/shm.

## Why it matters
Segments named `torch_…` whose process is gone take up space until they are removed or the machine is restarted. They
come from killed runs with the file_system sharing strategy, and may leave the next run with a full `/dev/shm`.

## What to do
Remove the files when none of your programs is running; prefer the file_descriptor strategy.

## References
- https://docs.pytorch.org/docs/stable/multiprocessing.html#file-system-file-system
"""

from __future__ import annotations

from doctor.facts import Storage
from doctor.model import Severity
from doctor.remedy.actions import Action, Delete
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.WARNING
MESSAGE = "{count} shared memory files of dead processes are left in /dev/shm, such as {example}"


def check(storage: Storage) -> Answer:
    if not storage.stale_shm:
        looked = storage.shm_bytes is not None
        return not_there("storage.stale_shm", "none") if looked else cannot_tell("storage.stale_shm")
    names = ", ".join(storage.stale_shm[:3])
    return there(
        seen("storage.stale_shm", names, "no torch_* files without a live process"),
        count=len(storage.stale_shm),
        example=storage.stale_shm[0],
    )


def remedies(storage: Storage) -> tuple[Action, ...]:
    files = tuple(f if f.startswith("/") else f"/dev/shm/{f}" for f in storage.stale_shm)
    return (Delete(title="Delete the files once none of your programs is running", paths=files),) if files else ()
