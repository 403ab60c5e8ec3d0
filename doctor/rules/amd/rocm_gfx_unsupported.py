"""This ROCm build has no code for the AMD GPU's architecture.

## Why it matters
ROCm builds carry code for named targets (gfx90a, gfx1030, gfx1100 …), and a target runs nothing made for another.
On the rest HIP answers "invalid device function" or stops the program.

## What to do
Install a build that has the target. Within the same family HSA_OVERRIDE_GFX_VERSION often works (gfx1031 as 10.3.0,
gfx1101 as 11.0.0).

## References
- https://rocm.docs.amd.com/projects/install-on-linux/en/latest/reference/system-requirements.html
"""

from __future__ import annotations

import re

from doctor import catalog
from doctor.facts import Amd, Runtime, Torch, Variables
from doctor.model import Remedy, Severity
from doctor.rules import _nvidia
from doctor.rules.api import Answer, seen, there
from doctor.rules.gpu._support import released

SEVERITY = Severity.ERROR
MESSAGE = "{gpu} ({gfx}) has no code in this ROCm build of torch {torch}"
SIGNATURES = (
    r"HIP error: invalid device function|hipErrorInvalidDeviceFunction",
    r"hipErrorNoBinaryForGpu",
    r"HIP error: (?:no kernel image is available|shared object initialization failed|invalid kernel file)",
    r"rocBLAS error: Cannot read .{0,200}TensileLibrary\.dat.{0,80}(?:gfx\w+)?",
    r"(?i)TensileLibrary\w*\.(?:dat|co).{0,80}No such file.{0,80}gfx",
    r"rocBLAS error: Tensile\w*.{0,80}not found|Could not initialize Tensile host",
    r"(?i)\bgfx\d\w{2,4} (?:is )?not (?:currently )?supported|unsupported (?:GPU )?arch(?:itecture)?:? gfx",
    r"HSA_STATUS_ERROR_INVALID_ISA",
    r"Memory access fault by GPU node-\d{1,3} \(Agent handle",
    r"(?i)no code object for (?:device|gfx)|Unable to find code object for all current devices",
)
EXPLAINS = (
    "cuda-unavailable-undetermined",
    "rocm-device-permission",
    "extension-arch-mismatch",
    "gpu-arch-newer-than-build",
)


def check(amd: Amd, torch: Torch, runtime: Runtime | None, variables: Variables | None) -> Answer | None:
    targets = targets_of(torch, runtime)
    if not targets or overridden(amd, variables):
        return None
    known = [(gpu.name, gfx) for gpu in amd.gpus if (gfx := (gpu.gfx or catalog.amd_gfx(gpu.name) or "").split(":")[0])]
    missing = [(name, gfx) for name, gfx in known if gfx not in targets]
    if not missing:
        return None
    level = Severity.ERROR if len(missing) == len(amd.gpus) else Severity.INFO
    name, gfx = missing[0]
    evidence = seen("runtime.arch_list", " ".join(sorted(targets)), gfx)
    return there(seen("amd.gpus", f"{name}: {gfx}"), evidence, severity=level, gpu=name, gfx=gfx, torch=torch.version)


def targets_of(torch: Torch, runtime: Runtime | None) -> set[str]:
    """gfx targets of a ROCm build; empty when it is none or they are not known."""
    build = catalog.build_of(torch)
    if build.kind != "rocm":
        return set()
    if runtime and runtime.arch_list:
        return {arch.split(":")[0] for arch in runtime.arch_list if arch.startswith("gfx")}
    row = catalog.arch_list(released(torch.version or ""), build.tag, "linux-x86_64")
    return set(row.gfx) if row else set()


def overridden(amd: Amd, variables: Variables | None) -> bool:
    return bool(amd.override or (variables and variables.values.get("HSA_OVERRIDE_GFX_VERSION")))


def remedies(amd: Amd) -> tuple[Remedy, ...]:
    near = {"gfx1031": "10.3.0", "gfx1032": "10.3.0", "gfx1034": "10.3.0", "gfx1035": "10.3.0", "gfx1036": "10.3.0"}
    near |= {"gfx1101": "11.0.0", "gfx1102": "11.0.0", "gfx1103": "11.0.0", "gfx90c": "9.0.0"}
    found = [re.sub(":.*", "", gpu.gfx or catalog.amd_gfx(gpu.name) or "") for gpu in amd.gpus]
    value = next((near[gfx] for gfx in found if gfx in near), None)
    other = _nvidia.manual(
        "Install a ROCm build whose list of targets has this GPU: https://pytorch.org/get-started/locally/"
    )
    if value is None:
        return (other,)
    command = ("env", f"HSA_OVERRIDE_GFX_VERSION={value}", "python", "PROGRAM.py")
    return (
        _nvidia.manual("Let the code of the nearest target run (not supported by AMD, often works)", command),
        other,
    )
