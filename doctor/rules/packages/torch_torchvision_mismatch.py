"""torchvision was built for another torch.

## Why it matters
torchvision contains compiled code for exactly one torch release and one kind of build (CPU, CUDA 12, CUDA 13, ROCm).
With another torch its operators are missing: the import fails, or `nms` and reading images fail.

## What to do
Install the torchvision that belongs to the installed torch, from the same index.

## References
- https://github.com/pytorch/vision#installation
- https://pytorch.org/get-started/previous-versions/
"""

from __future__ import annotations

from doctor import catalog
from doctor.catalog import BuildTag
from doctor.facts import Conda, Host, Packages, Runtime, Torch
from doctor.model import Evidence, Severity
from doctor.remedy.actions import Action, FittingCompanion, FittingTorch
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.rules.packages import _pair

SEVERITY = Severity.ERROR
MESSAGE = "torchvision {torchvision} does not belong to torch {torch}, which needs torchvision {wanted}"
VARIANT = "torchvision {torchvision} is built for {vision_kind}, but torch {torch} for {torch_kind}"
SIGNATURES = (
    r"torch ?和 ?torchvision ?的?版本不(?:匹配|兼容|对应)",
    r"(?:operator|No such operator) torchvision::\w+(?: does not exist)?"
    r"|\btorchvision: ?:\w{1,30} ?(?:does not exist|不存在)",
    r"(?i)\btorch\b[\s:=(-]{1,4}(?:the )?(?:gpu|cuda|cu\d{2,3})\b.{0,40}\btorchvision\b[\s:=(-]{1,4}"
    r"(?:is |the |only )*cpu\b",  # as people tell it
    r"Not compiled with (?:GPU|CUDA) support \(\w{1,40} at \S{0,200}\btorchvision\b",
    r"Couldn't load custom C\+\+ ops\b",
    r"Detected that PyTorch and torchvision were compiled with different CUDA",
    r"Could not run 'torchvision::\w+' with arguments from the '(?:CUDA|CPU|MPS|XPU|HIP)' backend",
    r"torchvision/(?:_C|image)[\w.-]{0,60}\.(?:so|pyd)\S{0,20}: undefined symbol",
    r"'_OpNamespace' 'torchvision' object has no attribute|module 'torchvision' has no attribute '(?:ops"
    r"|extension|_C)'",
    r"partially initialized module 'torchvision' has no attribute 'extension'",
    r"torchvision==\d[\d.]{0,12} is incompatible with torch==\d",  # Ultralytics
    r"torchvision(?: \S{1,30}|`) (?:requires|has requirement) `?torch=="
    r"|VersionConflict: \(torch [\d.].{0,200}\{'torchvision'\}",
    r"No module named '?torchvision\._C",
    r"torchvision/extension\.py\", line \d+, in _(?:assert_has_ops|check_cuda_version)",
    r"module 'torch\.library' has no attribute '(?:register_fake|impl_abstract|custom_op)'",
    r"No module named '?torchvision\.transforms\.functional_tensor|cannot import name '\w+' from 'torchvision",
)
EXPLAINS = (
    "unmet-requirements",
    "torchvision-image-extension",
    "torch-not-importable",
    "extension-abi-mismatch",
    "native-crash",
)


def check(torch: Torch, packages: Packages, conda: Conda | None, host: Host | None, runtime: Runtime | None) -> Answer:
    vision = _pair.version_of("torchvision", packages, conda, runtime)
    if not torch.version or not vision:
        return _pair.unknown("torchvision", torch, packages)
    working = _pair.works("torchvision", runtime)
    if not working and _pair.torchvision_fits(torch.version, vision) is False:
        wanted = catalog.companion(torch.version)[0] or "of its own release"
        needed = seen("torch.version", torch.version, f"torchvision {wanted}")
        return there(needed, _installed(vision), torchvision=vision, torch=torch.version, wanted=wanted)
    untagged = "" if working else _pair.pypi_build("torchvision", torch.version, packages, conda, host)
    kinds = _kinds(torch.version, vision, untagged) or _pair.conda_kinds("torchvision", torch, conda)
    if kinds and kinds[0] != kinds[1]:
        loads = working or (kinds[1] == "cpu" and "+" not in vision)  # what fails are its operators on the GPU
        return _of_two_kinds(torch, vision, kinds, Severity.WARNING if loads else Severity.ERROR)
    if working and (kinds or torch.cuda_version == ""):
        return not_there("runtime.modules", "torchvision works")
    # that the releases go together does not show that the compiled part loads, nor a use on the CPU one on the GPU
    return cannot_tell("error.text" if working else "runtime.modules")


def _of_two_kinds(torch: Torch, vision: str, kinds: tuple[str, str], severity: Severity) -> Answer:
    return there(
        seen("torch.version", torch.version, f"a torchvision for {kinds[0]}"),
        _installed(vision),
        message=VARIANT,
        torchvision=vision,
        torch=torch.version,
        torch_kind=kinds[0],
        vision_kind=kinds[1],
        severity=severity,
    )


def _installed(vision: str) -> Evidence:
    return seen("packages.installed", f"torchvision {vision}")


def remedies() -> tuple[Action, ...]:
    return FittingCompanion(name="torchvision"), FittingTorch()


def _kinds(torch: str, vision: str, untagged: str) -> tuple[str, str] | None:
    """What the two builds run on, where that is known; `untagged` is the build of a torchvision without a tag."""
    own, other = BuildTag.of_version(torch), BuildTag.of_version(vision)
    if not other.tag and "cpu" in (own.tag, untagged):
        other = BuildTag.of(untagged)
    return (own.family, other.family) if own.tag and other.tag else None
