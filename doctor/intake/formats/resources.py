"""What a shell tells of its limits: `free`, `df`, `ulimit -a`."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from doctor.facts import Folder, Memory, Storage
from doctor.intake.merge import Partial
from doctor.intake.values import known_sections
from doctor.intake.witness import Witness
from doctor.text.numbers import whole

TITLE = "`free`, `df` or `ulimit -a`"
WITNESS = Witness.SYSTEM
OPENS = ""
LEFT_OUT = (
    r"(?:real-time|core file size|data seg size|scheduling priority|file size|pending signals|max (?:locked memory"
    r"|memory size|user processes)|pipe size|POSIX message queues|stack size|cpu time|file locks"
    r"|virtual memory)\b.*-\w\) ",
    r"-\w: [a-z-]++[ \w()\t]*\s\s(?:\d+|unlimited)$",
)
_FREE_HEAD = re.compile(r"\s+(?:total|总计|gesamt)\s+(?:used|已用|benutzt)\b")
_FREE = re.compile(r"(Mem|Swap|内存|交换|Speicher)\s*:\s*(\d[\d.,]*[A-Za-z]*)((?:\s+\d[\d.,]*[A-Za-z]*)+)$")
_DF_HEAD = re.compile(r"(?:Filesystem|文件系统|Dateisystem)\s.*(?:Size|容量|大小|Größe|1[KM]-|1K-块)")
_DF = re.compile(
    r"(\S+)\s+(?:[a-z]\w+\s+)?(\d[\d.]*[KMGTP]?i?)\s+(\d[\d.]*[KMGTP]?i?)\s+(\d[\d.]*[KMGTP]?i?)\s+(\d+%|-)\s+(/\S*)$"
)
_OPEN_FILES = re.compile(r"(?:open files\s+\(-n\)|-n: file descriptors)\s+(\d{1,9})$")
_PURPOSES = {"/": "temp", "/tmp": "temp", "/home": "home", "/root": "home"}
_UNITS = "KMGTP"


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    used: set[int] = set()
    storage = msgspec.structs.replace(_disks(lines, used), open_files_soft=_open_files(lines, used))
    return known_sections({"memory": _memory(lines, used), "storage": storage}), used


def _memory(lines: Sequence[str], used: set[int]) -> Memory:
    head = next((index for index, line in enumerate(lines) if _FREE_HEAD.match(line)), None)
    if head is None:
        return Memory()
    rows = {
        index: match for index in range(head + 1, min(head + 5, len(lines))) if (match := _FREE.match(lines[index]))
    }
    used |= {head, *rows}
    told = {match[1]: [match[2], *match[3].split()] for match in rows.values()}
    memory = next((told[key] for key in ("Mem", "内存", "Speicher") if key in told), [])
    swap = next((told[key] for key in ("Swap", "交换") if key in told), [])
    unit = _unit_of(memory)
    return Memory(
        total_bytes=_bytes(memory, 0, unit),
        available_bytes=_bytes(memory, 5, unit),
        swap_bytes=_bytes(swap, 0, unit),
        swap_free_bytes=_bytes(swap, 2, unit),
    )


def _unit_of(memory: Sequence[str]) -> str:
    """`free` does not say the unit of bare numbers: their size does, but for what may be a small or a large machine."""
    total = (whole(memory[0]) or 0) if memory else 0
    return "K" if total >= 4_000_000 else "M" if 1000 <= total < 300_000 else ""


def _bytes(values: Sequence[str], place: int, unit: str) -> int | None:
    found = re.fullmatch(
        r"(\d{1,18}(?:[.,]\d{1,9})?)([KMGTPB]?)(?:i|iB|B)?", values[place] if place < len(values) else ""
    )
    if not found or not (found[2] or unit):
        return None if not found or float(found[1]) else 0
    size = float(found[1].replace(",", "."))
    return int(size * 1024 ** (_UNITS.find(found[2] or unit) + 1))


def _disks(lines: Sequence[str], used: set[int]) -> Storage:
    head = next((index for index, line in enumerate(lines) if _DF_HEAD.match(line)), None)
    if head is None:
        return Storage()
    end = head + 1
    while end < len(lines) and _DF.match(lines[end]):
        end += 1
    rows = [match for line in lines[head + 1 : end] if (match := _DF.match(line))]
    used |= set(range(head, end)) if rows else set()
    unit = "M" if "1M-" in lines[head] else "K"
    sizes = {row[6]: (_bytes([row[2]], 0, unit) or 0, _bytes([row[4]], 0, unit) or 0) for row in rows}
    total, free = sizes.get("/dev/shm", (None, None))
    folders = tuple(
        Folder(_PURPOSES[path], path, *size)
        for path, size in sizes.items()
        if path in _PURPOSES and not (path == "/" and "/tmp" in sizes)
    )
    return Storage(folders=folders, shm_bytes=total, shm_free_bytes=free)


def _open_files(lines: Sequence[str], used: set[int]) -> int | None:
    found = next(((index, match[1]) for index, line in enumerate(lines) if (match := _OPEN_FILES.match(line))), None)
    if found is None:
        return None
    rest = re.compile("|".join(LEFT_OUT))
    used |= {found[0]} | {index for index, line in enumerate(lines) if rest.match(line)}
    return int(found[1])
