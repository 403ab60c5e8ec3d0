"""The disk of the environment is nearly full.

## Why it matters
An upgrade of a CUDA build of torch temporarily needs about 7 GB: for the download, the unpacked new files and the old
ones.

## What to do
Free up space before the next installation.

## References
- https://pip.pypa.io/en/stable/cli/pip_cache/
"""

from __future__ import annotations

from doctor.facts import Folder, Storage
from doctor.model import Severity
from doctor.remedy.actions import Action, EmptyCache
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.WARNING
MESSAGE = "Only {free} GB are free on the disk of {purpose} ({path})"
SIGNATURES = ()
_LOW_BYTES = 2 * 2**30
_FULL_BYTES = 50 * 2**20


def check(storage: Storage) -> Answer:
    low = next((f for f in storage.folders if _is_low(f)), None)
    if low is None:
        measured = any(f.total_bytes for f in storage.folders)
        return not_there("storage.folders", "enough space") if measured else cannot_tell("storage.folders")
    free = f"{low.free_bytes / 2**30:.1f}"
    evidence = seen("storage.folders", f"{low.path}: {low.free_bytes} bytes free", "7 GB for an upgrade of torch")
    return there(evidence, free=free, purpose=low.purpose, path=low.path)


def remedies() -> tuple[Action, ...]:
    return (EmptyCache(),)


def _is_low(folder: Folder) -> bool:
    wanted = folder.purpose in ("environment", "home") and folder.writable and folder.total_bytes > 0
    return wanted and _FULL_BYTES <= folder.free_bytes < _LOW_BYTES
