"""The linker does not find libcuda while kernels are compiled.

## Why it matters
Triton and CUDA extensions link against `libcuda.so`. The driver installs `libcuda.so.1`; the link without the number is
missing, or is in a folder that the linker does not search.

## What to do
Create the link (or install the driver's development package), or point LIBRARY_PATH at the toolkit's stubs folder.

## References
- https://docs.pytorch.org/docs/stable/torch.compiler_troubleshooting.html
"""

from __future__ import annotations

from doctor.facts import Host, Nvidia, Toolkits, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, AsRoot, Look, Rerun
from doctor.rules.api import Answer, cannot_tell, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "The linker cannot find libcuda.so: older Triton releases and CUDA extensions cannot be built here"
SIGNATURES = (
    r"(?:cannot find|找不到) -lcuda\b",
    r"(?:library not found for|unable to find library) -lcuda\b",
    r"libcuda\.so cannot found|libcuda\.so cannot be found"
    r"|assert any\(os\.path\.exists\(os\.path\.join\(path, 'libcuda\.so",
    r"LINK : fatal error LNK1181: .{0,60}\bcuda\.lib",
)
EXPLAINS = ("triton-helper-not-compiled", "jit-extension-not-built")


def check(toolkits: Toolkits, nvidia: Nvidia, torch: Torch) -> Answer:
    if toolkits.libcuda_linkable is None:
        return cannot_tell("toolkits.libcuda_linkable")
    if toolkits.libcuda_linkable or not nvidia.gpus or not torch.cuda_version:
        return cannot_tell("error.text")  # the other libraries of CUDA are not looked for
    evidence = seen("toolkits.libcuda_linkable", False, "a libcuda.so in the linker's path")
    return there(evidence, severity=Severity.INFO)


def remedies(host: Host | None, nvidia: Nvidia | None, toolkits: Toolkits | None) -> tuple[Action, ...]:
    if host and host.os == "windows":
        return ()
    library, home = (nvidia.libcuda if nvidia else None), (toolkits.cuda_home if toolkits else None)
    stubs = (Rerun(set=(("LIBRARY_PATH", f"{home}/lib64/stubs"),)),) if home else ()
    if not library or ".so." not in library:
        return *stubs, Look(commands=(("ldconfig", "-p"),), title="Find out where libcuda is")
    link = library.partition(".so.")[0] + ".so"
    return *stubs, AsRoot(commands=(("ln", "-s", library, link),), writes=(link,), title="Create the link")
