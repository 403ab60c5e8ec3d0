"""Limits that control groups put on this process: versions 1, 2 and both at once, with all groups above.

Source: kernel documentation, admin-guide/cgroup-v1 and cgroup-v2; proc(5) for `cgroup` and `mountinfo`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from doctor.probes._files import read
from doctor.text.numbers import whole

_NO_LIMIT = 1 << 60  # version 1 writes "no limit" as the highest page-aligned number


def cpu_quota(root: Path = Path("/")) -> float | None:
    """CPUs' worth of time per period, the smallest of this group and those above; None when unlimited."""
    quotas = [_cpu_max(read(group / "cpu.max")) for group in _groups(root, "")]
    quotas += [_cfs_quota(read(g / "cpu.cfs_quota_us"), read(g / "cpu.cfs_period_us")) for g in _groups(root, "cpu")]
    return min((quota for quota in quotas if quota is not None), default=None)


def memory_limit(root: Path = Path("/")) -> int | None:
    """Bytes, the smallest limit of this group and those above; None when unlimited."""
    limits = [_bytes(read(group / "memory.max")) for group in _groups(root, "")]
    limits += [_bytes(read(group / "memory.limit_in_bytes")) for group in _groups(root, "memory")]
    return min((limit for limit in limits if limit is not None), default=None)


def _cpu_max(text: str) -> float | None:
    quota, _, period = text.partition(" ")
    return _cfs_quota(quota, period or "100000")


def _cfs_quota(quota: str, period: str) -> float | None:
    some, of = whole(quota), whole(period)
    return some / of if some and of else None


def _bytes(text: str) -> int | None:
    found = whole(text)
    return found if found is not None and found < _NO_LIMIT else None


def _groups(root: Path, controller: str) -> Iterator[Path]:
    """Folders of this process's group and all above it; controller "" is version 2's single tree."""
    mount = _mount(read(root / "proc/self/mountinfo"), controller)
    if mount is None:
        return
    mounted, point = mount
    path = _path(read(root / "proc/self/cgroup"), controller)
    parts = _folders_below(path, mounted)
    top = root / point.lstrip("/")
    for depth in range(len(parts), -1, -1):
        yield top.joinpath(*parts[:depth])


def _path(text: str, controller: str) -> str:
    """This process's group in `/proc/self/cgroup`: "0::/x" is version 2, "4:cpu,cpuacct:/x" version 1."""
    for line in text.splitlines():
        number, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        if controller in controllers.split(",") and (controller or number == "0"):
            return path
    return "/"


def _mount(text: str, controller: str) -> tuple[str, str] | None:
    """What part of the tree is mounted, and where, from `/proc/self/mountinfo`."""
    for line in text.splitlines():
        before, _, after = line.partition(" - ")
        fields, kind = before.split(), after.split()
        if len(fields) < 5 or not kind:
            continue
        options = kind[-1].split(",")
        if kind[0] == "cgroup2" if not controller else kind[0] == "cgroup" and controller in options:
            return fields[3], fields[4]
    return None


def _folders_below(path: str, mounted: str) -> list[str]:
    """The group's folders below the mount point. A group outside of what is mounted is seen as the mount point."""
    if mounted != "/":
        inside = path == mounted or path.startswith(mounted.rstrip("/") + "/")
        path = path[len(mounted) :] if inside else ""
    parts = [part for part in path.split("/") if part]
    return [] if ".." in parts else parts
