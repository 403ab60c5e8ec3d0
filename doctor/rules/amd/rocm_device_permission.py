"""The AMD GPU is present, but this user or container is not allowed to open its devices.

## Why it matters
ROCm opens /dev/kfd and /dev/dri/renderD*. They belong to the group `render` (or `video`); in a container they must be
passed in. Without them PyTorch finds no HIP device.

## What to do
Join the groups and log in again, or start the container with `--device=/dev/kfd --device=/dev/dri` and the groups.

## References
- https://rocm.docs.amd.com/projects/install-on-linux/en/latest/install/prerequisites.html
"""

from __future__ import annotations

from doctor.facts import Amd, DeviceNode, Host, Nvidia, Runtime, Torch
from doctor.model import Reading, Severity, Status
from doctor.remedy.actions import Action, Advice, JoinGroups, StartContainer
from doctor.rules import _nvidia
from doctor.rules.amd import _targets
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "PyTorch has no permission to use the AMD GPU: {why}"
FINDS_NONE = "This ROCm build of PyTorch finds no GPU; most often it is not allowed to open the GPU's devices"
SIGNATURES = (
    r"(?i)Unable to open /dev/kfd|/dev/kfd.{0,60}(?:Permission denied|Operation not permitted|No such file)",
    r"(?i)/dev/dri/\S{1,20}.{0,60}(?:Permission denied|failed to open)|Failed to open .{0,10}/dev/dri/renderD",
    r"\bcrw-------\S? .{0,80}\bkfd\b",
    r"No HIP GPUs are available",
    r"HIP initialization: Unexpected error from hipGetDeviceCount\(\)",
    r"ROCk module is NOT loaded",
    r"(?i)is not (?:a )?member of (?:the )?.?(?:render|video).? group",
    r"hipErrorNoDevice|no ROCm-capable device is detected",
    r"HSA_STATUS_ERROR_OUT_OF_RESOURCES.{0,120}|rocminfo.{0,60}hsa api call failure"
    r"|hsa api call failure.{0,200}returned 4104\b",
)
EXPLAINS = ("cuda-unavailable-undetermined", "cuda-unavailable")


ELSEWHERE = "Join the groups render and video, or give the container /dev/kfd and /dev/dri"
_DEVICES = ("--device=/dev/kfd", "--device=/dev/dri", "--group-add", "video", "--group-add", "render")


def check(
    amd: Reading[Amd], torch: Torch | None, runtime: Runtime | None, host: Host | None, nvidia: Nvidia | None
) -> Answer:
    if _nvidia.works(runtime):
        return not_there("runtime.cuda_available", True)
    if torch and _targets.is_other(torch):
        return not_there("torch.build", torch.build or "not a ROCm build")
    if torch is None or not _targets.is_rocm(torch):
        return cannot_tell("torch.hip_version")
    if amd.value is None:
        return _without_gpu(amd, runtime, host, nvidia)
    return _with_gpu(amd.value, host)


def _without_gpu(amd: Reading[Amd], runtime: Runtime | None, host: Host | None, nvidia: Nvidia | None) -> Answer:
    """Nobody gets a build for ROCm by accident: where nothing tells of GPUs, there most likely is one for it."""
    nowhere = amd.status is Status.SKIPPED and not _nvidia.gpus(nvidia) and not _nvidia.on_wsl(host)
    if not (nowhere and _nvidia.fails(runtime)):
        return cannot_tell("amd.device_nodes")
    return there(seen("runtime.cuda_available", "False", "True"), severity=Severity.WARNING, message=FINDS_NONE)


def _with_gpu(amd: Amd, host: Host | None) -> Answer:
    closed = _closed(amd)
    if closed:
        paths = ", ".join(node.path for node in closed)
        groups = " and ".join(sorted({node.group for node in closed if node.group})) or "their group"
        evidence = seen("amd.device_nodes", f"{paths}: closed", f"group {groups}")
        return there(evidence, why=f"{paths} is not open to this user")
    paths_there = {node.path for node in amd.device_nodes}
    if amd.driver_loaded and amd.gpus and "/dev/kfd" not in paths_there and _nvidia.contained(host):
        return there(seen("amd.device_nodes", "no /dev/kfd", "/dev/kfd"), why="/dev/kfd is not in this container")
    return (
        not_there("amd.device_nodes", "/dev/kfd: open")
        if "/dev/kfd" in paths_there
        else cannot_tell("amd.device_nodes")
    )


def _closed(amd: Amd) -> list[DeviceNode]:
    """Closed files that every program needs: kfd, and the render nodes when none of them is open."""
    kfd = [node for node in amd.device_nodes if node.path == "/dev/kfd" and not (node.readable and node.writable)]
    render = [node for node in amd.device_nodes if "renderD" in node.path]
    shut = [node for node in render if not (node.readable and node.writable)]
    return kfd + (shut if shut and len(shut) == len(render) else [])


def remedies(host: Host | None) -> tuple[Action, ...]:
    start = StartContainer(options=_DEVICES, title="Start the container with the AMD devices")
    if _nvidia.contained(host):
        return (start,)
    if host is None or host.os != "linux":  # no other system has these devices, Docker on it neither
        return () if host and host.os else (Advice(title=ELSEWHERE),)
    join = JoinGroups(("render", "video"))
    return (join,) if host.container == "" else (join, start)
