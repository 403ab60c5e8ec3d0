"""The NVIDIA device files exist, but this user is not allowed to open them.

## Why it matters
CUDA opens /dev/nvidia0, /dev/nvidiactl and /dev/nvidia-uvm. If their permissions, the user's groups or a container's
device rules forbid it, CUDA reports that there is no device, although the GPU works for an administrator.

## What to do
Join the group that owns the files (often `video` or `render`) and log in again, or restore their default permissions.

## References
- NVML_ERROR_NO_PERMISSION (4) in NVIDIA's NVML reference
"""

from __future__ import annotations

from doctor.facts import DeviceNode, Host, Nvidia, Runtime, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, AsRoot, JoinGroups, StartContainer
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "This user is not allowed to open {nodes}"
SIGNATURES = (
    r"Failed to initialize NVML: Insufficient Permissions|NVML_ERROR_NO_PERMISSION|NVMLError_NoPermission",
    r"NVIDIA-SMI has failed because you do not have suf\w{4,8} permissions",
    r"/dev/nvidia\S{0,20}.{0,60}(?:Permission denied|Operation not permitted)",
)
EXPLAINS = (
    "cuda-unavailable",
    "cuda-unavailable-undetermined",
    "cuda-unknown-error-999",
    "cuda-init-failed",
    "no-driver",
)


def check(nvidia: Nvidia, torch: Torch | None, runtime: Runtime | None) -> Answer:
    if _nvidia.works(runtime):
        return _nvidia.WORKS
    level = _nvidia.level(torch)
    if nvidia.nvml_error == "NVML_ERROR_NO_PERMISSION":
        return there(seen("nvidia.nvml_error", nvidia.nvml_error), nodes="the NVIDIA devices", severity=level)
    closed = _closed(nvidia)
    if not closed:
        needed = any(_needed(node.path) for node in nvidia.device_nodes or ())
        return not_there("nvidia.device_nodes", "open") if needed else cannot_tell("nvidia.device_nodes")
    nodes = ", ".join(node.path for node in closed)
    groups = ", ".join(sorted({node.group for node in closed if node.group})) or "their owner"
    evidence = seen("nvidia.device_nodes", f"{nodes}: not readable and writable", f"group {groups}")
    return there(evidence, nodes=nodes, severity=level)


def _closed(nvidia: Nvidia) -> list[DeviceNode]:
    return [node for node in nvidia.device_nodes or () if _needed(node.path) and not (node.readable and node.writable)]


def _needed(path: str) -> bool:
    """The files a CUDA program opens; capability and modeset nodes may well be closed."""
    name = path.rpartition("/")[2]
    return name in ("nvidiactl", "nvidia-uvm") or name.removeprefix("nvidia").isdigit()


def remedies(nvidia: Nvidia | None, host: Host | None) -> tuple[Action, ...]:
    if _nvidia.contained(host):
        return (StartContainer(gpus=True),)
    closed = _closed(nvidia) if nvidia else []
    groups = tuple(sorted({node.group for node in closed if node.group not in ("", "root")}))
    if groups:
        return (JoinGroups(groups=groups),)
    anew = "Recreate the device files with their default permissions"
    return (AsRoot(title=anew, commands=(("nvidia-modprobe", "-c", "0", "-u"),)),)
