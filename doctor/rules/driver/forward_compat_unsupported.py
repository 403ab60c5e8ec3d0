"""CUDA compatibility libraries are used on a GPU that does not support them (error 804).

## Why it matters
The `cuda-compat` packages let an older driver run a newer CUDA, but only on data-centre GPUs, some workstation cards
and Jetson boards. On a GeForce card CUDA refuses to start. The usual causes are images that contain these packages, and
a driver that was only partly updated.

## What to do
Remove the compatibility folder from the loader's path, and update the driver instead.

## References
- cudaErrorCompatNotSupportedOnDevice (804) in the CUDA runtime API reference
- https://docs.nvidia.com/deploy/cuda-compatibility/
"""

from __future__ import annotations

import re

from doctor.facts import ErrorText, Gpu, Host, Nvidia, Runtime, Torch, Variables
from doctor.model import Evidence, Severity
from doctor.remedy.actions import Action, Advice, Driver, Look
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "CUDA's forward-compatibility libraries ({library}) do not work with {gpu}"
SIGNATURES = (
    r"(?i)forward compatibility was attempted on non supported HW",
    r"cudaErrorCompatNotSupportedOnDevice|CUDA_ERROR_COMPAT_NOT_SUPPORTED_ON_DEVICE",
)
EXPLAINS = ("cuda-unavailable", "cuda-unavailable-undetermined", "driver-userland-mismatch-803", "no-driver")
_TOLD = r"forward compatibility was attempted|COMPAT_NOT_SUPPORTED|\(804\)"


def check(
    nvidia: Nvidia, torch: Torch | None, runtime: Runtime | None, variables: Variables | None, error: ErrorText | None
) -> Answer:
    found, level = _nvidia.gpus(nvidia), _nvidia.level(torch)
    folder = _compat_folder(nvidia, variables)
    gpu = _nvidia.names(found) or "this GPU"
    if not _nvidia.works(runtime) and (told := _nvidia.matching_line(SIGNATURES, None, None, error)):
        return there(seen("error.text", told), library=folder.seen if folder else "cuda-compat", gpu=gpu)
    if told := _nvidia.matching_line(_TOLD, nvidia, runtime):
        library = folder.seen if folder else "cuda-compat"
        return there(seen("runtime.cuda_warning", told), library=library, gpu=gpu, severity=level)
    if folder is None or _nvidia.works(runtime) or not found or not all(map(_consumer, found)):
        return cannot_tell("runtime.cuda_warning")
    seen_to_fail = _nvidia.fails(runtime) or nvidia.libcuda_error
    return there(folder, library=folder.seen, gpu=gpu, severity=level if seen_to_fail else Severity.WARNING)


def _compat_folder(nvidia: Nvidia, variables: Variables | None) -> Evidence | None:
    """The compatibility library that is loaded, or the folder that would bring it where that is not known."""
    if nvidia.libcuda:
        library = seen("nvidia.libcuda", nvidia.libcuda, "the driver's own libcuda")
        return library if "/compat" in nvidia.libcuda else None
    paths = (variables.values.get("LD_LIBRARY_PATH", "") if variables else "").split(":")
    folder = next((p for p in paths if re.search(r"/cuda[^/]*/compat/?$", p)), None)
    return seen("variables.values.LD_LIBRARY_PATH", folder, "without it") if folder else None


def _consumer(gpu: Gpu) -> bool:
    return "GeForce" in gpu.name or "TITAN" in gpu.name.upper()


def remedies(host: Host | None) -> tuple[Action, ...]:
    if host and host.os not in (None, "linux"):
        return (Driver(),)
    off = "Remove the `compat` folder from LD_LIBRARY_PATH and /etc/ld.so.conf.d, or remove the cuda-compat package"
    look = Look(title="List the copies of libcuda that the loader knows", commands=(("ldconfig", "-p"),))
    return (Advice(title=off), look, Driver())
