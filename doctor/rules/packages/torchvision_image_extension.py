"""torchvision's image reading extension did not load.

## Why it matters
Only `torchvision.io` (reading JPEG and PNG files into tensors) needs it. Everything else works.

## What to do
Nothing, when images are read with Pillow. Otherwise install a torchvision that matches torch.

## References
- https://docs.pytorch.org/vision/stable/io.html
"""

from __future__ import annotations

from doctor.facts import Packages, Python, Runtime
from doctor.model import Remedy, Severity
from doctor.rules._pip import environment_of, install
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.WARNING
MESSAGE = "torchvision cannot read image files by itself: {failure}"
SIGNATURES = (
    r"Failed to load image Python extension",
    r"torchvision/image\.(?:pyd|so)",
    r"(?:operator|Couldn't find|No such operator) '?(?:torch\.ops\.)?image(?:::|\.)(?:decode|read|write"
    r"|encode)_\w+",
    r"torch\.ops\.image\b|'_OpNamespace' 'image' object has no attribute",
)


def check(runtime: Runtime) -> Answer | None:
    module = runtime.module("torchvision.io")
    whole = runtime.module("torchvision")
    if module is None or module.failure is None or (whole is not None and whole.failure is not None):
        return None
    failure = module.failure.message
    return there(seen("runtime.modules", f"torchvision.io: {failure}", "the extension loads"), failure=failure)


def remedies(packages: Packages | None, python: Python | None) -> tuple[Remedy, ...]:
    version = packages.version("torchvision") if packages else None
    wanted = f"torchvision=={version.partition('+')[0]}" if version else "torchvision"
    command = install(python, "--force-reinstall", "--no-deps", wanted)
    return (Remedy("Install torchvision afresh", (command,), writes=environment_of(python)),)
