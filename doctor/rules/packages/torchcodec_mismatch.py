"""TorchCodec was built for another torch.

## Why it matters
Up to 0.11 TorchCodec contains compiled code for exactly one minor release of PyTorch; from 0.12 on it works with
PyTorch 2.11 and every later one. Beside any other its library does not load, and nothing decodes audio or video.

## What to do
Install the TorchCodec of the installed PyTorch.

## References
- https://github.com/meta-pytorch/torchcodec#installing-torchcodec
"""

from __future__ import annotations

from doctor import catalog
from doctor.catalog import published
from doctor.facts import Conda, ErrorText, Packages, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, FittingCompanion
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.rules.packages import _pair

SEVERITY = Severity.WARNING
MESSAGE = "torchcodec {torchcodec} does not work with torch {torch}, which needs torchcodec {wanted}"
EXPLAINS = ("torchcodec-ffmpeg", "extension-abi-mismatch")
NAMED = r"(?i)torchcodec"


def check(torch: Torch, packages: Packages, conda: Conda | None, error: ErrorText | None) -> Answer:
    codec = _pair.version_of("torchcodec", packages, conda, None)
    if not torch.version or not codec:
        return _pair.unknown("torchcodec", torch, packages)
    have = published(codec)[:2]
    fitting = catalog.torchcodecs_for(torch.version) if published(torch.version) else ()
    known = {published(row.version)[:2]: row for row in catalog.torchcodecs()}
    if not fitting or have not in known:
        return cannot_tell("packages.installed" if fitting else "torch.version")
    if known[have] in fitting:
        return not_there("packages.installed", f"torchcodec {codec}")
    firm = not known[have].inferred and _nvidia.matching_line(NAMED, None, None, error)
    wanted = fitting[0].version
    return there(
        seen("torch.version", torch.version, f"torchcodec {wanted}"),
        seen("packages.installed", f"torchcodec {codec}"),
        severity=Severity.ERROR if firm else SEVERITY,
        torchcodec=codec,
        torch=torch.version,
        wanted=wanted,
    )


def remedies() -> tuple[Action, ...]:
    return (FittingCompanion(name="torchcodec"),)
