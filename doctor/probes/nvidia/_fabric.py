"""Programs around the driver: Fabric Manager and the container toolkit. Root is a parameter."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from doctor.probes._files import exists, listing, read

_FABRIC_MANAGER = (
    "usr/bin/nv-fabricmanager",
    "lib/systemd/system/nvidia-fabricmanager.service",
    "usr/lib/systemd/system/nvidia-fabricmanager.service",
    "etc/systemd/system/nvidia-fabricmanager.service",
)
_CONTAINER_TOOLKIT = (
    "usr/bin/nvidia-ctk",
    "usr/bin/nvidia-container-runtime",
    "usr/bin/nvidia-container-cli",
    "etc/nvidia-container-runtime/config.toml",
)
_CONTAINER = re.compile(r"docker|kubepods|containerd|libpod|lxc")


def fabric_manager(root: Path, fabric_states: Iterable[str | None]) -> str | None:
    """ "running", "stopped" (installed) or "absent"; None inside a container, where the host's services are hidden.

    A GPU that has joined its fabric shows that the manager did its work, wherever it runs.
    """
    if "completed" in fabric_states or _runs(root, "nv-fabricmanage"):
        return "running"
    if _in_container(root):
        return None
    return "stopped" if any(exists(root / path) for path in _FABRIC_MANAGER) else "absent"


def container_toolkit(root: Path) -> bool:
    """Whether containers on this machine can be given GPUs."""
    if any(exists(root / path) for path in _CONTAINER_TOOLKIT):
        return True
    return '"nvidia"' in read(root / "etc/docker/daemon.json")


def _runs(root: Path, comm: str) -> bool:
    """The kernel keeps the first 15 characters of a program's name."""
    return any(read(file) == comm for file in listing(root / "proc", "[0-9]*/comm"))


def _in_container(root: Path) -> bool:
    if exists(root / ".dockerenv") or exists(root / "run/.containerenv"):
        return True
    return bool(_CONTAINER.search(read(root / "proc/1/cgroup")))
