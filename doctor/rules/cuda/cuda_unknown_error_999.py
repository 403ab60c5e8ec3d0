"""CUDA reports "unknown error" (999) when it starts.

## Why it matters
Most often the `nvidia_uvm` kernel module is missing or stale: after suspend and resume, in a container, or because the
module is not loaded automatically. Setting CUDA_VISIBLE_DEVICES in a program that has already used CUDA leads to the
same message.

## What to do
Reload nvidia_uvm while no program uses the GPU, or restart. Set CUDA_VISIBLE_DEVICES before the program starts.

## References
- cudaErrorUnknown (999) in the CUDA runtime API reference
"""

from __future__ import annotations

from doctor.facts import Host, Nvidia, Runtime, Torch
from doctor.model import Evidence, Severity
from doctor.remedy.actions import Action, Advice, LoadModule, Reboot, StartContainer
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "CUDA does not start ({why})"
SIGNATURES = (
    r"\bunknown error - this may be due to an incorrectly set up environment",
    r"CUDA_ERROR_UNKNOWN|cudaErrorUnknown|\bError 999\b: unknown error",
    r"(?:cuda runtime error \((?:30|999)\)|CUDA (?:driver )?error(?: 30| 999)?) ?: unknown error",
    r"nvidia-container-cli: initialization error: cuda error: unknown error",
    r"error=(?:30|999) : unknown error|CUDA failed with error unknown error",
    r"\[999\] Call to cu\w{2,40} results in\b",  # Numba
    r"CUDA initialization failure with error: 999\b",  # TensorRT
)
EXPLAINS = ("cuda-unavailable", "cuda-unavailable-undetermined", "cuda-init-failed", "bitsandbytes-library-missing")
CANDIDATES = {
    "cuda-unknown-error-999": "nvidia-smi works and CUDA fails in a fresh Python too, often since a suspend of the"
    " machine",
    "cuda-visible-devices-bad": "the program sets CUDA_VISIBLE_DEVICES itself; set before the start, it works",
    "nvml-driver-library-mismatch": "the driver was updated since the machine started, and nvidia-smi fails too",
    "gpu-lost": "the kernel log has an Xid (`dmesg`), or nvidia-smi does not list the GPU",
}
_TOLD = r"CUDA unknown error|CUDA_ERROR_UNKNOWN|\(999\)"


def check(nvidia: Nvidia, torch: Torch | None, runtime: Runtime | None, host: Host | None) -> Answer:
    if _nvidia.works(runtime):
        return cannot_tell("runtime.cuda_warning")
    uvm = _without_uvm(nvidia)
    if told := _nvidia.matching_line(_TOLD, nvidia, runtime):
        why = "unknown error; the kernel module nvidia_uvm is missing" if uvm else "unknown error, 999"
        return there(
            seen("runtime.cuda_warning", told), *([uvm] if uvm else []), why=why, severity=_nvidia.level(torch)
        )
    if uvm and _nvidia.fails(runtime) and _nvidia.cuda_build(torch) and not _has_other_driver(host):
        return there(uvm, why="the kernel module nvidia_uvm is missing", severity=_nvidia.level(torch))
    return cannot_tell("runtime.cuda_warning")


def _without_uvm(nvidia: Nvidia) -> Evidence | None:
    """nvidia_uvm loads on first use, so its absence tells only where CUDA did not start."""
    if nvidia.modules is not None and "nvidia" in nvidia.modules and "nvidia_uvm" not in nvidia.modules:
        return seen("nvidia.modules", ", ".join(nvidia.modules), "nvidia_uvm")
    nodes = [node.path for node in nvidia.device_nodes or ()]
    if "/dev/nvidiactl" in nodes and "/dev/nvidia-uvm" not in nodes:
        return seen("nvidia.device_nodes", ", ".join(nodes), "/dev/nvidia-uvm")
    return None


def _has_other_driver(host: Host | None) -> bool:
    """WSL and Jetson reach the GPU without nvidia_uvm."""
    return host is not None and bool(host.wsl or host.jetson)


def remedies(host: Host | None, nvidia: Nvidia | None) -> tuple[Action, ...]:
    if _nvidia.contained(host):
        title = "Load nvidia_uvm on the host (nvidia-modprobe -u), then start the container again"
        return (StartContainer(title=title, gpus=True, options=("--device", "/dev/nvidia-uvm")), Reboot())
    missing = nvidia is not None and _without_uvm(nvidia) is not None
    before = Advice(title="Set CUDA_VISIBLE_DEVICES before the program starts, never inside it")
    reload = LoadModule(names=("nvidia_uvm",), reload=not missing)
    return (*(() if missing else (before,)), reload, Reboot())
