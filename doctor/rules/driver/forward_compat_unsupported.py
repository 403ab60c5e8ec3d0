"""CUDA compatibility libraries are used on a GPU that does not allow them (error 804).

## Why it matters
The `cuda-compat` packages let an older driver run a newer CUDA, but only on data-centre GPUs, some workstation
cards and Jetson boards. On a GeForce card CUDA refuses to start. Images that carry them, and a half-updated driver,
bring this about.

## What to do
Take the compatibility folder off the loader's path, and update the driver instead.

## References
- cudaErrorCompatNotSupportedOnDevice (804) in the CUDA runtime API reference
- https://docs.nvidia.com/deploy/cuda-compatibility/
"""

from __future__ import annotations

import re

from doctor.facts import Gpu, Host, Nvidia, Runtime, Torch, Variables
from doctor.model import Remedy, Severity
from doctor.rules import _nvidia
from doctor.rules._driver import install_driver
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "CUDA's forward-compatibility libraries ({library}) do not work with {gpu}"
SIGNATURES = (
    r"forward compatibility was attempted on non supported HW",
    r"cudaErrorCompatNotSupportedOnDevice|CUDA_ERROR_COMPAT_NOT_SUPPORTED_ON_DEVICE",
)
EXPLAINS = ("cuda-unavailable", "cuda-unavailable-undetermined", "driver-userland-mismatch-803", "no-driver")
_TOLD = r"forward compatibility was attempted|COMPAT_NOT_SUPPORTED|\(804\)"


def check(nvidia: Nvidia, torch: Torch | None, runtime: Runtime | None, variables: Variables | None) -> Answer | None:
    found = _nvidia.gpus(nvidia)
    where = _compat_folder(nvidia, variables)
    gpu = _nvidia.names(found) or "this GPU"
    if told := _nvidia.said(_TOLD, nvidia, runtime):
        return there(
            seen("runtime.cuda_warning", told), library=where or "cuda-compat", gpu=gpu, severity=_nvidia.level(torch)
        )
    if not where or _nvidia.works(runtime) or not found or not all(map(_consumer, found)):
        return None
    return there(
        seen("nvidia.libcuda", where, "the driver's own libcuda"), library=where, gpu=gpu, severity=_nvidia.level(torch)
    )


def _compat_folder(nvidia: Nvidia, variables: Variables | None) -> str:
    if nvidia.libcuda and "/compat" in nvidia.libcuda:
        return nvidia.libcuda
    paths = (variables.values.get("LD_LIBRARY_PATH", "") if variables else "").split(":")
    return "" if nvidia.libcuda else next((p for p in paths if re.search(r"/cuda[^/]*/compat/?$", p)), "")


def _consumer(gpu: Gpu) -> bool:
    return "GeForce" in gpu.name or "TITAN" in gpu.name.upper()


def remedies(host: Host | None, nvidia: Nvidia | None, variables: Variables | None) -> tuple[Remedy, ...]:
    off = "Take the `compat` folder off LD_LIBRARY_PATH and out of /etc/ld.so.conf.d, or remove the cuda-compat package"
    return (_nvidia.manual(off, ("ldconfig", "-p")), *install_driver(host))
