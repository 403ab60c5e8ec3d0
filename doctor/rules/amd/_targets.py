"""AMD GPUs by the target that code is built for, and what a build has code for."""

from __future__ import annotations

from doctor import catalog
from doctor.facts import Amd, AmdGpu, Runtime, Torch
from doctor.remedy.actions import Rerun
from doctor.rules.gpu._support import released

# in a text: a card, not a processor's graphics
RADEON = r"(?:Radeon (?:RX|Pro|VII)\b|\bAMD (?:RX ?)?[5-9]\d{2,3}(?: ?XTX?)?\b|\bInstinct MI\d)"
RUN_AS_NEAR = "Run the program with the code for {near}, the nearest target (AMD does not support this; it often works)"


def is_rocm(torch: Torch) -> bool:
    return catalog.build_of(torch).kind == "rocm"


def is_other(torch: Torch) -> bool:
    """Known to be built for something else."""
    kind = catalog.build_of(torch).kind
    return torch.hip_version == "" if not kind else kind != "rocm"


def target(gpu: AmdGpu) -> str:
    """ "gfx90a", without the features that stand behind it; "" when not known."""
    return (gpu.gfx or catalog.amd_gfx(gpu.name) or "").split(":")[0]


def of_build(torch: Torch, runtime: Runtime | None) -> set[str]:
    """The targets of a ROCm build, as torch lists them or else the catalog; empty when they are not known."""
    if runtime and runtime.arch_list:
        return {arch.split(":")[0] for arch in runtime.arch_list if arch.startswith("gfx")}
    row = _row(torch)
    return set(row.gfx) if row else set()


def is_inferred(torch: Torch, runtime: Runtime | None) -> bool:
    """The targets stand in a row of the catalog that nobody has compared with a build."""
    row = None if runtime and runtime.arch_list else _row(torch)
    return row is not None and (row.inferred or ".dev" in (torch.version or ""))


def _row(torch: Torch) -> catalog.ArchRow | None:
    tag = catalog.build_of(torch).tag
    return catalog.arch_list(released(torch.version or ""), tag, "linux-x86_64") if is_rocm(torch) else None


def have_own_code(amd: Amd) -> bool:
    """Whether some build has code for each of the GPUs' own targets."""
    built = {gfx for row in catalog.arch_lists().rocm for gfx in row.gfx}
    return all(target(gpu) in built for gpu in amd.gpus)


def as_near(amd: Amd, targets: set[str], *, step: bool = False) -> tuple[Rerun, ...]:
    """The program with a GPU that has no code of its own run as its nearest target, where a build has that."""
    rows = (catalog.near_target(target(gpu)) for gpu in amd.gpus if target(gpu) not in targets)
    near = next((row for row in rows if row and row.runs_as in targets), None)
    if near is None:
        return ()
    setting = (("HSA_OVERRIDE_GFX_VERSION", near.override),)
    return (Rerun(set=setting, title=RUN_AS_NEAR.format(near=near.runs_as), step=step),)
