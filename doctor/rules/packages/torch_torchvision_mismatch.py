"""torchvision was built for another torch.

## Why it matters
torchvision holds compiled code for exactly one torch release and one kind of build (CPU, CUDA 12, CUDA 13, ROCm).
With another torch its operators are missing: the import fails, or `nms` and image reading do.

## What to do
Install the pair that belongs together, both from the same index.

## References
- https://github.com/pytorch/vision#installation
- https://pytorch.org/get-started/previous-versions/
"""

from __future__ import annotations

from doctor import catalog
from doctor.facts import Conda, Host, Packages, Python, Runtime, Torch
from doctor.model import Remedy, Severity
from doctor.rules.api import Answer, seen, there
from doctor.rules.packages import _pair

SEVERITY = Severity.ERROR
MESSAGE = "torchvision {torchvision} does not belong to torch {torch}, which needs torchvision {wanted}"
VARIANT = "torchvision {torchvision} is built for {vision_kind}, torch {torch} for {torch_kind}"
SIGNATURES = (
    r"(?:operator|No such operator) torchvision::\w+(?: does not exist)?",
    r"Couldn't load custom C\+\+ ops\b",
    r"Detected that PyTorch and torchvision were compiled with different CUDA",
    r"Could not run 'torchvision::\w+' with arguments from the '(?:CUDA|CPU|MPS|XPU|HIP)' backend",
    r"torchvision/(?:_C|image)\w*\.(?:so|pyd)\S{0,20}: undefined symbol",
    r"'_OpNamespace' 'torchvision' object has no attribute|module 'torchvision' has no attribute '(?:ops"
    r"|extension|_C)'",
    r"partially initialized module 'torchvision' has no attribute 'extension'",
    r"torchvision \S{1,30} (?:requires|has requirement) torch==",
    r"No module named '?torchvision\._C",
    r"torchvision/extension\.py\", line \d+, in _(?:assert_has_ops|check_cuda_version)",
    r"module 'torch\.library' has no attribute '(?:register_fake|impl_abstract|custom_op)'",
    r"No module named '?torchvision\.transforms\.functional_tensor|cannot import name '\w+' from 'torchvision",
)
EXPLAINS = ("unmet-requirements", "torchvision-image-extension", "torch-not-importable", "extension-abi-mismatch")


def check(
    torch: Torch, packages: Packages, conda: Conda | None, host: Host | None, runtime: Runtime | None
) -> Answer | None:
    vision = _pair.version_of("torchvision", packages, conda, runtime)
    if not torch.version or not vision or _pair.works("torchvision", runtime):
        return None
    installed = seen("packages.installed", f"torchvision {vision}")
    if _pair.torchvision_fits(torch.version, vision) is False:
        wanted = catalog.companion(torch.version)[0] or "of its own release"
        needed = seen("torch.version", torch.version, f"torchvision {wanted}")
        return there(needed, installed, torchvision=vision, torch=torch.version, wanted=wanted)
    kinds = _kinds(torch, vision, packages, conda, host)
    if kinds is None or kinds[0] == kinds[1]:
        return None
    evidence = seen("torch.version", torch.version, f"a torchvision for {kinds[0]}")
    return there(
        evidence,
        installed,
        message=VARIANT,
        torchvision=vision,
        torch=torch.version,
        torch_kind=kinds[0],
        vision_kind=kinds[1],
    )


def remedies(torch: Torch, packages: Packages | None, python: Python | None, conda: Conda | None) -> tuple[Remedy, ...]:
    wanted = catalog.companion(torch.version or "")[0]
    return _pair.remedies("torchvision", wanted, torch, packages, python, conda) if wanted else ()


def _kinds(
    torch: Torch, vision: str, packages: Packages, conda: Conda | None, host: Host | None
) -> tuple[str, str] | None:
    """What the two builds run on, where both are known."""
    own, other = catalog.BuildTag.of_version(torch.version or ""), catalog.BuildTag.of_version(vision)
    if own.tag == "cpu" and not other.tag and _from_pypi(packages, conda):
        other = catalog.BuildTag.of(_pypi_build(torch.version or "", host))
    return (own.family, other.family) if own.tag and other.tag else None


def _from_pypi(packages: Packages, conda: Conda | None) -> bool:
    package = next((p for p in packages.installed if p.name == "torchvision"), None)
    by_conda = any(p.name == "torchvision" for p in (conda.packages if conda else ()))
    return package is not None and package.installer in ("pip", "uv") and not package.source and not by_conda


def _pypi_build(torch: str, host: Host | None) -> str:
    """The untagged torchvision of PyPI is of the same kind as PyPI's torch: CUDA on Linux x86_64, CPU on Windows."""
    row = catalog.release(torch)
    known = host is not None and host.os == "linux" and host.architecture == "x86_64"
    return row.pypi_build("linux-x86_64") if row and known else ""
