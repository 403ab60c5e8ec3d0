"""AMD GPUs by the target that code is built for, and what a build has code for."""

from __future__ import annotations

from doctor import catalog
from doctor.facts import Amd, AmdGpu, Runtime, Torch
from doctor.remedy.actions import Rerun
from doctor.rules.gpu._support import released

RUN_AS_NEAR = "Run the program as on {near}, the nearest target (AMD does not support this; it often works)"


def is_rocm(torch: Torch) -> bool:
    return bool(torch.hip_version) or (torch.build or "").startswith("rocm")


def is_other(torch: Torch) -> bool:
    """Known to be built for something else."""
    known = torch.hip_version == "" or bool(torch.cuda_version) or bool(torch.build)
    return known and not is_rocm(torch)


def target(gpu: AmdGpu) -> str:
    """ "gfx90a", without the features that stand behind it; "" when not known."""
    return (gpu.gfx or catalog.amd_gfx(gpu.name) or "").split(":")[0]


def of_build(torch: Torch, runtime: Runtime | None) -> set[str]:
    """The targets of a ROCm build, as torch lists them or else the catalog; empty when they are not known."""
    if runtime and runtime.arch_list:
        return {arch.split(":")[0] for arch in runtime.arch_list if arch.startswith("gfx")}
    of_hip = "rocm" + ".".join((torch.hip_version or "").split(".")[:2])
    build = torch.build if (torch.build or "").startswith("rocm") else of_hip
    row = catalog.arch_list(released(torch.version or ""), build or "", "linux-x86_64")
    return set(row.gfx) if row else set()


def as_near(amd: Amd, targets: set[str], *, step: bool = False) -> tuple[Rerun, ...]:
    """The program with a GPU that has no code of its own run as its nearest target, where a build has that."""
    rows = (catalog.near_target(target(gpu)) for gpu in amd.gpus if target(gpu) not in targets)
    near = next((row for row in rows if row and row.runs_as in targets), None)
    if near is None:
        return ()
    setting = (("HSA_OVERRIDE_GFX_VERSION", near.override),)
    return (Rerun(set=setting, title=RUN_AS_NEAR.format(near=near.runs_as), step=step),)
