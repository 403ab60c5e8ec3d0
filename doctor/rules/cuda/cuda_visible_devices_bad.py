"""CUDA_VISIBLE_DEVICES hides the GPUs that the program needs.

## Why it matters
CUDA reads CUDA_VISIBLE_DEVICES once, at start-up. It takes numbers from 0, UUIDs or MIG names, parted by commas,
and stops at the first entry that is not valid: `all`, `cuda:0` or a number that does not exist hide everything from
there on. Empty or -1 hides every GPU, which can well be meant.

## What to do
Unset it, or set it before the program starts to numbers that `nvidia-smi -L` shows.

## References
- https://docs.nvidia.com/cuda/cuda-c-programming-guide/#cuda-environment-variables
"""

from __future__ import annotations

import re

from doctor.facts import Nvidia, Runtime, Torch, Variables
from doctor.model import Evidence, Remedy, Severity
from doctor.rules import _nvidia
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = 'CUDA_VISIBLE_DEVICES="{value}" hides every GPU: {why}'
HIDDEN = 'CUDA_VISIBLE_DEVICES="{value}" hides the GPUs ({gpu}); right if the CPU is meant, else unset it'
PARTLY = 'CUDA_VISIBLE_DEVICES="{value}" shows only {shown} of {count} GPUs: {why}'
SIGNATURES = (
    r"No CUDA GPUs are available",
    r"no CUDA-capable device is detected",
    r"cudaErrorNoDevice|CUDA_ERROR_NO_DEVICE",
    r"invalid literal for int\(\) with base 10: '(?:GPU|MIG)-",
    r"(?i)Invalid CUDA_VISIBLE_DEVICES|CUDA_VISIBLE_DEVICES.{0,60}(?:is invalid|is not valid|must be)",
)
EXPLAINS = ("cuda-unavailable", "cuda-unavailable-undetermined", "cuda-init-failed", "invalid-device-ordinal")
_VARIABLE = "CUDA_VISIBLE_DEVICES"


def check(variables: Variables, nvidia: Nvidia | None, torch: Torch | None, runtime: Runtime | None) -> Answer | None:
    value = variables.values.get(_VARIABLE)
    found = _nvidia.gpus(nvidia)
    if value is None or (torch is not None and not _nvidia.cuda_build(torch)) or (_nvidia.works(runtime) and not found):
        return None
    evidence = seen(f"variables.values.{_VARIABLE}", value or "(empty)", "unset, or numbers from 0")
    if _nvidia.hidden(variables):
        gpu = _nvidia.names(found)
        return there(evidence, severity=Severity.INFO, message=HIDDEN, value=value, gpu=gpu) if found else None
    return _judge(value, evidence, nvidia, runtime)


def _judge(value: str, evidence: Evidence, nvidia: Nvidia | None, runtime: Runtime | None) -> Answer | None:
    gpus = nvidia.gpus if nvidia and not any(gpu.mig for gpu in nvidia.gpus or ()) else None
    count = len(gpus) if gpus else None
    shown, why = visible(value, count)
    if not why:
        return _uuid(value, evidence, runtime)
    if shown == 0:
        return there(evidence, value=value, why=why)
    return there(
        evidence, severity=Severity.WARNING, message=PARTLY, value=value, shown=shown, count=count or "the", why=why
    )


def _uuid(value: str, evidence: Evidence, runtime: Runtime | None) -> Answer | None:
    """UUIDs are not among the facts, so a wrong one shows only in that nothing is found."""
    if not re.match(r"\s*(?:GPU|MIG)-", value) or not _nvidia.fails(runtime):
        return None
    return there(
        evidence, severity=Severity.WARNING, value=value, why="no device has that UUID, or its prefix fits several"
    )


def visible(value: str, count: int | None) -> tuple[int, str]:
    """How many devices CUDA takes from the value and why it stops early, "" when it does not.

    `count` is the number of GPUs, None when not known. A number may be followed by anything ("1gpu" is 1).
    """
    taken: list[int] = []
    for entry in value.split(","):
        text = entry.strip()
        number = re.match(r"[+-]?\d+", text)
        if re.match(r"(?:GPU|MIG)-", text):
            return max(1, len(taken)), ""
        if number is None:
            return len(taken), f'"{text}" is not a device number'
        index = int(number[0])
        if index < 0 or (count is not None and index >= count):
            return len(taken), f"there is no GPU {index}" + (f", only 0 to {count - 1}" if count else "")
        if index in taken:
            return 0, f"GPU {index} is named twice"
        taken.append(index)
    return len(taken), ""


def remedies(variables: Variables | None) -> tuple[Remedy, ...]:
    look = _nvidia.manual("See which devices there are", ("nvidia-smi", "-L"))
    return (
        _nvidia.manual(
            f"Unset {_VARIABLE} where it is set (shell profile, launcher, notebook, os.environ in the program)"
        ),
        look,
    )
