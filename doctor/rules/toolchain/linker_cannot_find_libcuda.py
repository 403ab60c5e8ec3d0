"""The linker does not find libcuda while kernels are compiled.

## Why it matters
Triton and CUDA extensions link against `libcuda.so`. The driver installs `libcuda.so.1`; the link without the
number is missing or in a folder the linker does not search.

## What to do
Make the link (or install the driver's development package), or point LIBRARY_PATH at the toolkit's stubs folder.

## References
- https://docs.pytorch.org/docs/stable/torch.compiler_troubleshooting.html
"""

from __future__ import annotations

from doctor.facts import Nvidia, Toolkits, Torch
from doctor.model import Remedy, Risk, Severity
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "the linker would not find libcuda.so: older Triton releases and CUDA extensions cannot be built here"
SIGNATURES = (
    r"cannot find -lcuda\b",
    r"(?:library not found for|unable to find library) -lcuda\b",
    r"libcuda\.so cannot found|libcuda\.so cannot be found"
    r"|assert any\(os\.path\.exists\(os\.path\.join\(path, 'libcuda\.so",
    r"LINK : fatal error LNK1181: .{0,60}cuda\.lib",
    r"cannot find -l(?:cudart|cublas|cudnn|cufft|curand|cusparse|nvrtc)\b",
)


def check(toolkits: Toolkits, nvidia: Nvidia, torch: Torch) -> Answer | None:
    if toolkits.libcuda_linkable is not False or not nvidia.gpus or not torch.cuda_version:
        return None
    evidence = seen("toolkits.libcuda_linkable", False, "a libcuda.so in the linker's path")
    return there(evidence, severity=Severity.INFO)


def remedies(nvidia: Nvidia | None) -> tuple[Remedy, ...]:
    library = nvidia.libcuda if nvidia else None
    if not library or ".so." not in library:
        return (Remedy("Find libcuda", (("ldconfig", "-p"),), risk=Risk.MANUAL),)
    link = library.partition(".so.")[0] + ".so"
    return (Remedy("Make the link", (("sudo", "ln", "-s", library, link),), risk=Risk.ADMIN, writes=(link,)),)
