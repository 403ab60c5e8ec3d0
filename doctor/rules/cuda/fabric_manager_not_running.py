"""NVSwitch machines need a running NVIDIA Fabric Manager (error 802).

## Why it matters
On HGX and DGX systems NVSwitches connect the GPUs. Until Fabric Manager has set them up, CUDA reports "system not yet
initialized", although nvidia-smi shows every GPU. Its version must match the driver's exactly.

## What to do
Install nvidia-fabricmanager in the version of the driver, then enable and start it. In a virtual machine it runs on the
host.

## References
- cudaErrorSystemNotReady (802) in the CUDA runtime API reference
- https://docs.nvidia.com/datacenter/tesla/fabric-manager-user-guide/
"""

from __future__ import annotations

from doctor import catalog
from doctor.facts import Nvidia, Runtime, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, FabricManager
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "The NVSwitch fabric is not set up: Fabric Manager is {state}"
SIGNATURES = (
    r"(?i)system not yet initialized",
    r"(?i)\bCUDA (?:runtime |driver )?error:? 802\b",
    r"cudaErrorSystemNotReady|CUDA_ERROR_SYSTEM_NOT_READY",
    r"(?i)Failed to start .{0,40}fabric ?manager",
    r"nvidia-fabricmanager\.service.{0,300}(?:Active: (?:failed|inactive)|: Failed with result)",
    r"(?i)fabric manager NVIDIA GPU driver interface version \S{1,20} don't match with driver version",
)
EXPLAINS = (
    "cuda-unavailable",
    "cuda-unavailable-undetermined",
    "cuda-init-failed",
    "cuda-unknown-error-999",
    "nccl-unhandled-cuda-error",
)
_JOINED = ("data-center",)
_TOLD = r"(?i)system not yet initialized|SYSTEM_NOT_READY|\(802\)"


def check(nvidia: Nvidia, torch: Torch | None, runtime: Runtime | None) -> Answer:
    state = nvidia.fabric_manager
    if state == "running":
        return not_there("nvidia.fabric_manager", state)
    if _nvidia.works(runtime):
        return cannot_tell("nvidia.fabric_manager")
    shown = {None: "not ready", "absent": "not installed"}.get(state, "stopped")
    level = _nvidia.level(torch)
    if told := _nvidia.matching_line(_TOLD, nvidia, runtime):
        return there(seen("runtime.cuda_warning", told), state=shown, severity=level)
    if boards := "" if nvidia.nvswitches else _without_nvswitch(nvidia):
        return not_there("nvidia.gpus", boards, "GPUs that are joined by NVSwitch")
    if not nvidia.nvswitches or state is None:
        return cannot_tell("nvidia.fabric_manager")
    found = (seen("nvidia.fabric_manager", state, "running"), seen("nvidia.nvswitches", nvidia.nvswitches))
    return there(*found, state=shown, severity=level if _nvidia.fails(runtime) else Severity.WARNING)


def _without_nvswitch(nvidia: Nvidia) -> str:
    """The names of the GPUs, where all are known models of which none is joined by NVSwitch."""
    models = [catalog.gpu(gpu.name) for gpu in nvidia.gpus or ()]
    return _nvidia.names(nvidia.gpus or ()) if all(m and m.family not in _JOINED for m in models) else ""


def remedies() -> tuple[Action, ...]:
    return (FabricManager(),)
