"""There is no space left where PyTorch or the installer writes.

## Why it matters
torch with CUDA unpacks to several gigabytes; pip needs the same amount again in the temporary folder, in addition to
any datasets. Files that could not be written completely cause errors later.

## What to do
Free up space, or point TMPDIR and the caches to a larger disk; then reinstall what was interrupted.

## References
- https://pip.pypa.io/en/stable/topics/caching/
"""

from __future__ import annotations

from doctor.facts import Folder, Host, Storage
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, EmptyCache, Look
from doctor.rules.api import Answer, cannot_tell, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "The disk is full: {free} MB left for {purpose} ({path})"
UNLESS = (
    r"(?i)(?:/dev/shm|shared memory|\bshm\b|</torch_\d).{0,200}No space left on device"
    r"|No space left on device: '/(?:dev/shm\b|psm_|torch_\d)",
)
SIGNATURES = (
    r"(?i:no space left on device)",
    r"\[Errno 28\]|\bENOSPC\b",
    r"\[WinError 112\]|There is not enough space on the disk|Es steht nicht genug Speicherplatz",
    r"(?i:disk quota exceeded)|NoSpaceLeftError|os error 28\b"
    r"|You don't have enough free space in /",
    r"PytorchStreamWriter failed writing file|unexpected pos \d+ vs \d+",
)
EXPLAINS = ("disk-nearly-full", "damaged-torch-files")
_FULL_BYTES = 50 * 2**20
_MATTERS = ("environment", "temp", "home", "pip cache", "torch cache")


def check(storage: Storage) -> Answer:
    full = next((f for f in storage.folders if _is_full(f)), None)
    if full is None:
        return cannot_tell("error.text")  # another disk, or another moment
    free = full.free_bytes // 2**20
    evidence = seen("storage.folders", f"{full.path}: {full.free_bytes} bytes free", "some gigabytes")
    return there(evidence, free=free, purpose=full.purpose, path=full.path)


def remedies(host: Host | None) -> tuple[Action, ...]:
    temporary = "TEMP" if host and host.os == "windows" else "TMPDIR"
    return (
        EmptyCache(),
        Advice(title=f"Free up a few gigabytes, or move {temporary} and the caches to a larger disk"),
        Look(commands=(("df", "-h"),), title="Show which disk is full"),
    )


def _is_full(folder: Folder) -> bool:
    # a folder of no size is one that could not be measured, and a read-only one is no place to write to
    return folder.purpose in _MATTERS and folder.writable and folder.total_bytes > 0 and folder.free_bytes < _FULL_BYTES
