"""The machine has an Intel GPU for XPU, but PyTorch was built without XPU support.

## Why it matters
PyTorch uses Intel Arc, Data Center Max and Flex GPUs through the `xpu` device, which only the XPU build has.

## What to do
Install the XPU build from the PyTorch index (Linux and Windows).

## References
- https://docs.pytorch.org/docs/stable/notes/get_start_xpu.html
"""

from __future__ import annotations

from doctor.catalog import build_of
from doctor.facts import Intel, Nvidia, Packages, Runtime, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, FittingTorch
from doctor.rules import _directml
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.rules.intel import _cards

SEVERITY = Severity.ERROR
MESSAGE = "torch {torch} is built without XPU, but this machine has {gpu}"
SIGNATURES = (
    r"not linked with support for xpu devices",
    r"(?i:torch (?:was )?not compiled with XPU)",
    r"PyTorch was compiled without XPU support",
    r"Distributed package doesn't have XCCL built in",
    r"Could not run 'aten::empty\w*(?:\.\w+)?' with arguments from the 'XPU' backend",
    r"module 'torch' has no attribute 'xpu'",
    r"Cannot (?:get|query|check) .{0,60}without ATen_xpu library",
    r"device type at start of device string: xpu",
)
EXPLAINS = ("xpu-driver-or-runtime", "cpu-only-build-on-gpu-machine")


def check(
    torch: Torch, intel: Intel, nvidia: Nvidia | None, packages: Packages | None, runtime: Runtime | None
) -> Answer:
    if build_of(torch).kind == "xpu":
        return not_there("torch.build", torch.build or f"XPU {torch.xpu_version}")
    cards = _cards.cards(intel)
    if not _cards.served(intel):
        return not_there("intel.gpus", ", ".join(intel.gpus) or "none", "a GPU that an XPU build serves")
    if torch.xpu_version is None and not torch.build:
        return cannot_tell("torch.xpu_version")
    if not cards or (nvidia and (nvidia.gpus or nvidia.pci_gpus)) or _directml.is_there(runtime, packages):
        return cannot_tell("error.text")  # whether a program asks for it
    extension = packages.version("intel-extension-for-pytorch") if packages else None
    level = Severity.ERROR if extension and "xpu" in extension else Severity.WARNING
    evidence = seen("torch.build", torch.build or "no XPU", "an XPU build")
    return there(evidence, seen("intel.gpus", cards[0]), severity=level, torch=torch.version, gpu=cards[0])


def remedies() -> tuple[Action, ...]:
    return (FittingTorch(accelerator="xpu"),)
