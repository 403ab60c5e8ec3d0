"""The program asks for CUDA on a Mac.

## Why it matters
Macs have no CUDA: Apple's GPUs are reached through the `mps` device. The installation is sound; the program chooses
the wrong device.

## What to do
Choose the device in the program: `mps` where `torch.backends.mps.is_available()`, else `cpu`.

## References
- https://docs.pytorch.org/docs/stable/notes/mps.html
"""

from __future__ import annotations

from doctor.facts import ErrorText, Host
from doctor.model import Remedy, Severity
from doctor.rules import _nvidia
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "The program asks for CUDA, which no Mac has; use `mps` or `cpu`"
SIGNATURES = (
    r"/(?:Users|opt/homebrew)/.{0,200}torch/cuda/__init__\.py\"?,? (?:line \d+,? )?in _lazy_init",
    r"/(?:Users|opt/homebrew)/.{0,200}Torch not compiled with CUDA enabled",
    r"(?i)(?:macos|darwin|apple silicon|\bM[1-5] (?:Pro|Max|Ultra)\b).{0,80}Torch not compiled with CUDA enabled",
)
EXPLAINS = ("cpu-only-build-on-gpu-machine", "cuda-unavailable-undetermined")
_TOLD = r"Torch not compiled with CUDA enabled|Found no NVIDIA driver|No CUDA GPUs are available|CUDA is not available"


def check(error: ErrorText | None, host: Host) -> Answer | None:
    told = _nvidia.said(_TOLD, None, None, error)
    return there(seen("error.text", told), seen("host.os", "macos")) if told and host.os == "macos" else None


def remedies() -> tuple[Remedy, ...]:
    choose = 'device = "mps" if torch.backends.mps.is_available() else "cpu"'
    return (_nvidia.manual(f"In the program: {choose}"),)
