"""This PyTorch has no MPS backend, or lacks one of its operations.

## Why it matters
Some builds for macOS (older than 1.12, for Intel, or from other sources) leave out the MPS backend, and each release
supports more operations than the one before.

## What to do
Install a current arm64 build, or let operations that MPS lacks run on the CPU (PYTORCH_ENABLE_MPS_FALLBACK=1).

## References
- https://docs.pytorch.org/docs/stable/notes/mps.html
"""

from __future__ import annotations

from doctor.facts import Apple, Cpu, Host, Python, Runtime, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, FittingTorch
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.rules.platform import _mac

SEVERITY = Severity.ERROR
MESSAGE = "torch {torch} is built without MPS, although this Mac has {chip}"
SIGNATURES = (
    r"not linked with support for mps devices",
    r"MPS not available because the current PyTorch install was not built with MPS enabled",
    r"(?i)torch (?:code )?(?:is |was )?not (?:compiled|built|linked) with (?:support for )?MPS",
    r"MPS backend was selected in PyTorch without support",
    r"Could not run 'aten::empty\w*(?:\.\w+)?' with arguments from the 'MPS' backend",
    r"module 'torch(?:\.backends)?' has no attribute 'mps'",
    r"device type at start of device string: mps",
    r"The operator '\w+::\w+(?:\.\w+)?' is not current(?:ly)? (?:implemented|supported) (?:for|on) the MPS"
    r"(?! backend and will fall back)",
    r"(?:Conv3D|ConvTranspose 3D(?: with \w+ or \w+ types)?|Complex types"
    r"|softmax with half to float conversion) (?:is|are) "
    r"(?:not |un)supported on MPS",
    r"LSTM with projections is not currently supported with MPS|Scatter reduce mean mode not yet supported in MPS"
    r"|MPS: Unsupported (?:Border padding mode|Bicubic)|sparse_grad not supported in MPS"
    r"|MPS (?:does not|doesn't) support complex (?:types|inputs)",
    r"Operation '\w+\(\)' does not support input type '\w+' in MPS backend",
    r"Adaptive pool MPS: (?:in|out)put sizes must be divisible by|sizes are not implemented on MPS device",
)
EXPLAINS = ("mps-unavailable-other",)


def check(
    runtime: Runtime,
    host: Host | None,
    apple: Apple | None,
    cpu: Cpu | None,
    torch: Torch | None,
    python: Python | None,
) -> Answer:
    if host and host.os not in (None, "macos"):
        return not_there("host.os", host.os)
    chip = _mac.silicon(host, apple, cpu)
    if _mac.translated(host, python, chip):
        return not_there("python.machine", "x86_64", "arm64")
    if runtime.mps_built is not False:
        return cannot_tell("error.text" if runtime.mps_built else "runtime.mps_built")
    if chip is not True or not _mac.macos(host, apple):
        return not_there("apple.chip", "Intel") if chip is False else cannot_tell("apple.chip")
    name = (apple.chip if apple else None) or "an Apple chip"
    return there(seen("runtime.mps_built", "False", "True"), torch=torch.version if torch else "", chip=name)


def remedies(runtime: Runtime | None) -> tuple[Action, ...]:
    fitting = FittingTorch(accelerator="mps")
    return (fitting,) if runtime and runtime.mps_built is False else (_mac.FALLBACK, fitting)
