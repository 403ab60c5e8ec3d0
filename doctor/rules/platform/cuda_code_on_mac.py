"""The program asks for CUDA on a Mac.

## Why it matters
Macs have no CUDA: PyTorch uses Apple's GPUs through the `mps` device. The installation is sound; the program chooses
the wrong device, or a package is built that has code for CUDA alone.

## What to do
Choose the device in the program: `mps` if `torch.backends.mps.is_available()`, otherwise `cpu`. Look whether the
package has a build without CUDA, or another for Apple's GPUs.

## References
- https://docs.pytorch.org/docs/stable/notes/mps.html
"""

from __future__ import annotations

from doctor.facts import ErrorText, Host
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "The program asks for CUDA, which no Mac has; use `mps` or `cpu`"
BUILT = "The build of a package asks for the CUDA toolkit, which no Mac has"
SIGNATURES = (
    r"/(?:Users|opt/homebrew)/.{0,200}torch/cuda/__init__\.py\"?,? (?:line \d+,? )?in _lazy_init",
    r"/(?:Users|opt/homebrew)/.{0,200}torch/serialization\.py\", line \d+, in (?:validate|_validate|_cuda)\w*device",
    r"/(?:Users|opt/homebrew)/.{0,200}, line \d+, in .{0,120}(?:\.cuda\(|\.to\(['\"]cuda)",
    r"/(?:Users|opt/homebrew)/.{0,200}Torch not compiled with CUDA enabled",
    r"/(?:Users|opt/homebrew)/.{0,200}, in (?:parse|sanitize)_gpu_ids\b",
    r"(?i)(?:macos|darwin|apple silicon|macbook|\bimac\b|\bM[1-5] (?:Pro|Max|Ultra|mac)\b).{0,80}"
    r"Torch not compiled with CUDA enabled?\b",
    r"(?<![\w:/])/(?:private/var/folders|Users|opt/homebrew)/.{0,300}\bnvcc was not found",
)
EXPLAINS = ("cpu-only-build-on-gpu-machine", "cuda-unavailable-undetermined", "cuda-toolkit-missing")
_TOLD = (
    r"Torch not compiled with CUDA enabled?\b|Found no NVIDIA driver|No CUDA GPUs are available|CUDA is not available"
    r"|But your machine only has: \[\]|^assert torch\.cuda\.is_available\(\)"
    r"|torch\.cuda\.is_available\(\) should be True but is False|deserialize object on a CUDA device"
)
_BUILDS = (
    r"CUDA_HOME environment variable is not set|CUDA was not found on the system|\bnvcc was not found"
    r"|name 'bare_metal_version' is not defined|No such file or directory: '[^']{0,200}\bnvcc'"
)


WITHOUT = "Look whether the package can be built without CUDA, or has a counterpart for Apple's GPUs"
CHOOSE = 'Choose the device in the program: device = "mps" if torch.backends.mps.is_available() else "cpu"'


def check(error: ErrorText | None, host: Host) -> Answer:
    if host.os != "macos":
        return not_there("host.os", host.os) if host.os else cannot_tell("host.os")
    built = _nvidia.matching_line(_BUILDS, None, None, error)
    told = built or _nvidia.matching_line(_TOLD, None, None, error)
    if not told or "BackendCompilerFailed" in told:  # torch.compile itself asked for CUDA: a fault of torch 2.0
        return cannot_tell("error.text")
    return there(seen("error.text", told), seen("host.os", "macos"), message=BUILT if built else "")


def remedies(error: ErrorText | None) -> tuple[Action, ...]:
    built = _nvidia.matching_line(_BUILDS, None, None, error)
    return (Advice(title=WITHOUT if built else CHOOSE),)
