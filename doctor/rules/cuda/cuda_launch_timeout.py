"""A kernel ran longer than the display driver allows.

## Why it matters
A GPU that also draws the screen must stay responsive. Windows resets it when one kernel takes longer than two seconds
(TDR); on Linux the driver ends the kernel after a few seconds while an X server uses the GPU. The kernel itself may be
right. It also happens when the GPU is throttled or overloaded.

## What to do
Make each kernel shorter: a smaller batch, image or chunk. Connect the screen to another GPU or to the processor's, so
that this one only computes. On Windows the limit can be raised: TdrDelay, in seconds.

## References
- https://learn.microsoft.com/windows-hardware/drivers/display/tdr-registry-keys
- cudaErrorLaunchTimeout (702) in the CUDA runtime API reference
"""

from __future__ import annotations

from doctor.facts import Host
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, Look

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"the launch timed out and was terminated|cudaErrorLaunchTimeout|CUDA_ERROR_LAUNCH_TIMEOUT|hipErrorLaunchTimeOut",
    r"(?i)display driver \w{1,20} stopped responding and has (?:successfully )?recovered",
    r"显示驱动程序 ?\w{1,20} ?已?停止响应|VIDEO_TDR_(?:FAILURE|TIMEOUT_DETECTED|ERROR)",
    r"NVRM: Xid \(.{1,60}\): 8,",
)
EXPLAINS = (
    "cublas-not-initialized",
    "cudnn-internal-error",
    "nccl-unhandled-cuda-error",
    "collective-timeout",
    "native-crash",
)
TDR = (
    "Raise TdrDelay (a DWORD, in seconds{now}) under"
    " HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\GraphicsDrivers and restart Windows"
)


def remedies(host: Host | None) -> tuple[Action, ...]:
    shown = ("nvidia-smi", "--query-gpu=index,name,display_active", "--format=csv")
    limit = host.gpu_timeout_s if host else None
    on_windows = limit != 0 and (host is None or host.os in (None, "windows") or bool(host.wsl))
    return (
        Advice(title="Compute in smaller pieces: a smaller batch, image or chunk"),
        Look(title="See which GPU draws the screen, and compute on another", commands=(shown,)),
        *((Advice(title=TDR.format(now=f", now {limit}" if limit else "")),) if on_windows else ()),
    )
