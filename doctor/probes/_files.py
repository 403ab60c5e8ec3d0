"""Small files of /proc, /sys and /etc, and device nodes. A root folder is given so that tests lay out their own."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from doctor.facts import DeviceNode
from doctor.files import regular


def read(path: Path, limit: int = 1 << 20) -> str:
    """The text of a small file; "" when it is not there or may not be read. NUL bytes at the end are dropped."""
    try:
        return regular.read(path, limit).decode("utf-8", "replace").rstrip("\0\n ")
    except (OSError, ValueError):
        return ""


def listing(folder: Path, pattern: str = "*") -> list[Path]:
    """What lies in a folder, sorted by name; nothing when it is not there or may not be read."""
    try:
        return sorted(folder.glob(pattern))
    except OSError:
        return []


def exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def resolve_links(path: Path) -> Path:
    """The path without links; itself when they run in a loop."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path


def device_node(path: Path, shown: str) -> DeviceNode:
    """A device node as this user may use it; `shown` is its path on the machine."""
    return DeviceNode(shown, os.access(path, os.R_OK), os.access(path, os.W_OK), _group(path))


def user_groups() -> tuple[str, ...]:
    """The groups of this process that open devices; others are nobody's business."""
    if sys.platform == "win32":
        return ()
    wanted = ("render", "video", "docker", "sudo", "wheel", "root")
    return tuple(name for name in wanted if name in {group_name(gid) for gid in {os.getegid(), *os.getgroups()}})


def group_name(gid: int) -> str:
    """A group's name, or its number where it has none (common in containers)."""
    if sys.platform == "win32":
        return ""
    import grp

    try:
        return grp.getgrgid(gid).gr_name
    except KeyError:
        return str(gid)


def _group(path: Path) -> str:
    try:
        return group_name(path.stat().st_gid)
    except OSError:
        return ""
