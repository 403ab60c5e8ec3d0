"""This ROCm build has no code for the AMD GPU's architecture.

## Why it matters
ROCm builds carry code for named targets (gfx90a, gfx1030, gfx1100 …), and a GPU cannot run code made for another
target. On all others HIP reports "invalid device function" or aborts the program.

## What to do
Install a build that includes the target. Within the same family HSA_OVERRIDE_GFX_VERSION often works (gfx1031 as
10.3.0, gfx1101 as 11.0.0).

## References
- https://rocm.docs.amd.com/projects/install-on-linux/en/latest/reference/system-requirements.html
"""

from __future__ import annotations

from doctor.facts import Amd, ErrorText, Runtime, Torch, Variables
from doctor.model import Severity
from doctor.remedy.actions import Action, AskPython, FittingTorch, Look
from doctor.rules import _nvidia
from doctor.rules.amd import _targets
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "This ROCm build of torch {torch} has no code for {gpu} ({gfx})"
UNLESS = (  # what cannot be opened is not asked for its target
    r"(?i)/dev/kfd\b.{0,60}(?:permission denied|operation not permitted|no such file)",
)
SIGNATURES = (
    r"(?i:HIP error:? {1,3}invalid device function)|hipErrorInvalidDeviceFunction",
    r"hipErrorNoBinaryForGpu",
    r"HIP error: (?:no kernel image is available|shared object initialization failed|invalid kernel file"
    r"|device kernel image is invalid)",
    r"rocBLAS error: Cannot read .{0,200}TensileLibrary\.dat.{0,80}(?:gfx\w+)?",
    r"(?i)TensileLibrary\w*\.(?:dat|co).{0,80}No such file.{0,80}gfx",
    r"rocBLAS error: Tensile\w*.{0,80}not found|Could not initialize Tensile host",
    r"HSA_STATUS_ERROR_INVALID_ISA",
    r"Memory access fault by GPU node-\d{1,3} \(Agent handle",
    r"(?i)no (?:compatible )?code objects? (?:found )?for:? (?:device|gfx)"
    r"|Unable to find code object for all current devices",
    r"rocBLAS (?:warning|error): No paths matched .{0,300}gfx",
    # TensorFlow, and how people tell it
    r"(?i)with AMDGPU version ?: ?gfx\w{3,5}\. The supported AMDGPU versions are"
    r"|\bunsupported (?:amdgpu|gfx) (?:version|target|architecture):? ?gfx\w{3,5}\b"
    r"|\bgfx[0-9a-f]{3,4} (?:is|was) not (?:yet |officially )?supported\b",
    # the kernel, of a chip that has no compute queues for it
    r"\bkfd not supported on this ASIC|\bkfd: (?:amdgpu: )?\w{3,20} {1,2}not supported in kfd"
    r"|\bkfd: DID [0-9a-f]{4} is missing in supported_devices",
)
EXPLAINS = (
    "cuda-unavailable-undetermined",
    "rocm-device-permission",
    "native-crash",  # code for another chip is not always refused
    "extension-arch-mismatch",
    "gpu-arch-newer-than-build",
)


def check(
    amd: Amd, torch: Torch, runtime: Runtime | None, variables: Variables | None, error: ErrorText | None
) -> Answer:
    if not _targets.is_rocm(torch):
        known = torch.build or "not a ROCm build"
        return not_there("torch.build", known) if _targets.is_other(torch) else cannot_tell("torch.hip_version")
    proven = [d for d in runtime.devices if d.ok and d.device.startswith("cuda")] if runtime else []
    if proven and len(proven) >= len(amd.gpus):
        return not_there("runtime.devices", proven[0].name or proven[0].device)
    targets = _targets.of_build(torch, runtime)
    if not targets:
        return cannot_tell("runtime.arch_list")
    if amd.override or (variables and variables.values.get("HSA_OVERRIDE_GFX_VERSION")):
        return cannot_tell("runtime.devices")
    told = not _targets.is_inferred(torch, runtime) or _nvidia.matching_line(SIGNATURES, None, runtime, error)
    return _judge(amd, torch, runtime, targets, Severity.ERROR if told else Severity.WARNING)


def _judge(amd: Amd, torch: Torch, runtime: Runtime | None, targets: set[str], alone: Severity) -> Answer:
    known = [(gpu.name, gfx) for gpu in amd.gpus if (gfx := _targets.target(gpu))]
    missing = [(name, gfx) for name, gfx in known if gfx not in targets]
    if not missing:
        listed = bool(runtime and runtime.arch_list) or ".dev" not in (torch.version or "")
        cleared = listed and known and len(known) == len(amd.gpus)  # what a release has, its nightlies may lack
        return not_there("amd.gpus", f"{known[0][0]}: {known[0][1]}") if cleared else cannot_tell("amd.gpus")
    level = alone if len(missing) == len(amd.gpus) else Severity.INFO
    name, gfx = missing[0]
    source = "runtime.arch_list" if runtime and runtime.arch_list else "torch.version"
    evidence = seen(source, " ".join(sorted(targets)), gfx)
    return there(seen("amd.gpus", f"{name}: {gfx}"), evidence, severity=level, gpu=name, gfx=gfx, torch=torch.version)


def remedies(amd: Amd | None, torch: Torch | None, runtime: Runtime | None) -> tuple[Action, ...]:
    fitting = FittingTorch(accelerator="rocm")
    if amd is None or torch is None:
        return (
            Look((("rocminfo",),), title="Show the target of the GPU (gfx…)"),
            AskPython("import torch; print(torch.cuda.get_arch_list())", title="Show which targets this build has"),
            fitting,
        )
    near = _targets.as_near(amd, _targets.of_build(torch, runtime))
    return (*near, fitting) if not near or _targets.have_own_code(amd) else near  # any other build needs `near` as well
