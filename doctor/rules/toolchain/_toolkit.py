"""The CUDA toolkit that extensions of the installed torch are compiled with."""

from __future__ import annotations

from doctor.catalog import Version
from doctor.facts import Toolkit, Toolkits, Torch
from doctor.remedy.actions import Action, Advice, CondaInstall, Persist

ARCHIVE = "Install CUDA toolkit {version} from https://developer.nvidia.com/cuda-toolkit-archive"
OF_TORCH = "Install the CUDA toolkit of torch.version.cuda from https://developer.nvidia.com/cuda-toolkit-archive"
_ON_CONDA_FORGE = (12,)


def of_torch(torch: Torch | None, toolkits: Toolkits | None) -> tuple[Action, ...]:
    """The toolkit of torch's CUDA: the one that is there, else where to get it."""
    wanted = (torch.cuda_version if torch else None) or ""
    there = matching(wanted, toolkits)
    if there:
        return (Persist(name="CUDA_HOME", value=there.path),)
    archive = Advice(title=ARCHIVE.format(version=wanted) if wanted else OF_TORCH)
    if Version.of(wanted) < _ON_CONDA_FORGE:
        return (archive,)
    return CondaInstall(specs=(f"cuda-toolkit={wanted}",), channel="conda-forge"), archive


def matching(cuda: str, toolkits: Toolkits | None) -> Toolkit | None:
    """An installed toolkit of the same CUDA major version."""
    major = Version.of(cuda).cut(1)
    usable = (t for t in (toolkits.installed if toolkits else ()) if major and Version.of(t.version).cut(1) == major)
    return next(usable, None)


def used(toolkits: Toolkits) -> str:
    """The version of the toolkit that torch's extension builder takes: CUDA_HOME before PATH; "" when not known."""
    if not toolkits.cuda_home or not toolkits.installed:  # reports that tell the folder ask the compiler in it
        return toolkits.nvcc_version or ""
    return next((t.version for t in toolkits.installed if t.path == toolkits.cuda_home), "")
