"""torchvision's extension for reading images did not load.

## Why it matters
Only `torchvision.io` (reading JPEG and PNG files into tensors) needs it. Everything else works.

## What to do
Nothing needs to be done if images are read with Pillow. Otherwise install a torchvision that matches torch.

## References
- https://docs.pytorch.org/vision/stable/io.html
"""

from __future__ import annotations

from doctor.facts import Runtime
from doctor.model import Severity
from doctor.remedy.actions import Action, FittingCompanion
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.WARNING
MESSAGE = "torchvision cannot read image files itself: {failure}"
SIGNATURES = (
    r"Failed to load image Python extension",
    r"torchvision/image\.(?:pyd|so)",
    r"(?:operator|Couldn't find|No such operator) '?(?:torch\.ops\.)?image(?:::|\.)(?:decode|read|write"
    r"|encode)_\w+",
    r"torch\.ops\.image\b|'_OpNamespace' 'image' object has no attribute",
    r"Couldn't load the image extension",
)


def check(runtime: Runtime) -> Answer:
    module = runtime.module("torchvision.io")
    whole = runtime.module("torchvision")
    if module is None or (whole is not None and whole.failure is not None):
        return cannot_tell("runtime.modules")
    if module.failure is None:
        return not_there("runtime.modules", "torchvision.io reads an image")
    failure = module.failure.message
    return there(seen("runtime.modules", f"torchvision.io: {failure}", "the extension loads"), failure=failure)


def remedies() -> tuple[Action, ...]:
    return (FittingCompanion(name="torchvision"),)
