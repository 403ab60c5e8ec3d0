"""The Windows page file is too small (WinError 1455).

## Why it matters
Each process that imports a CUDA torch reserves several gigabytes for its DLLs. DataLoader workers are such processes;
the reservations must fit into memory plus page file, although most of it is never used.

## What to do
Let Windows manage the page file, or enlarge it; use fewer workers.

## References
- https://learn.microsoft.com/windows/client-management/determine-appropriate-page-file-size
"""

from __future__ import annotations

from doctor.facts import Host, Memory, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, PageFile
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "The Windows page file has only {size} GB: several processes with torch will not fit (WinError 1455)"
SIGNATURES = (
    r"\[WinError 1455\]",
    r"(?i)\bpaging file (?:is|was|being) too? small\b",
    r"页面文件太小|Auslagerungsdatei (?:ist )?zu klein|archivo de paginación (?:es )?demasiado pequeño"
    r"|[Ff]ichier de pagination (?:est )?(?:trop petit|insuffisant)|[Ff]ile di paging (?:è )?troppo piccolo",
    r"error code: ?[<(]?1455\b|os error 1455",
)
EXPLAINS = (
    "foreign-extension-dll-load",
    "windows-dll-load-1114",
    "dataloader-worker-exited",
)
_SMALL_BYTES = 2 * 2**30
_MUCH_MEMORY_BYTES = 60 * 2**30


def check(host: Host, memory: Memory, torch: Torch | None) -> Answer:
    if host.os not in ("windows", None):
        return not_there("host.os", host.os)
    if host.os is None or memory.swap_bytes is None:
        return cannot_tell("memory.swap_bytes" if host.os else "host.os")
    if memory.swap_bytes >= _SMALL_BYTES or (memory.total_bytes or 0) > _MUCH_MEMORY_BYTES:
        return cannot_tell("error.text")  # more processes need more of it
    grows = memory.page_file_managed or (memory.page_file_managed is None and memory.swap_bytes > 0)
    if grows or not (torch and torch.cuda_version):
        return cannot_tell("error.text")  # no other build reserves as much
    return there(
        seen("memory.swap_bytes", memory.swap_bytes, "managed by Windows, or 16 GB"),
        size=f"{memory.swap_bytes / 2**30:.1f}",
        severity=Severity.WARNING,
    )


def remedies() -> tuple[Action, ...]:
    return (PageFile(),)
