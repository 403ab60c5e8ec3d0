"""The program asks for a GPU number that does not exist.

## Why it matters
Device numbers count from 0 among the *visible* devices. `cuda:1` with one visible GPU, or launching more processes than
there are GPUs, leads to "invalid device ordinal".

## What to do
Use a smaller number, start as many processes as there are GPUs, or widen CUDA_VISIBLE_DEVICES.

## References
- cudaErrorInvalidDevice (101; 10 before CUDA 10.1) in the CUDA runtime API reference
"""

from __future__ import annotations

from doctor.facts import Runtime
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, AskPython

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"(?:CUDA|HIP) error: invalid device ordinal",
    r"cuda runtime error \((?:10|101)\) : invalid device ordinal",
    r"local_rank \d{1,4} exceeds available GPUs in",
    r"You requested gpus?: \[.{1,80}But your machine only has: \[\d",
    r"(?i)Invalid CUDA '-{0,2}device[ =]\S{1,12}' requested.{0,300}\(\): True",
    r"(?:(?<!Error 101: )invalid device ordinal|cudaErrorInvalidDevice|hipErrorInvalidDevice)\b",
    r"Attempting to deserialize object on CUDA device (?P<device>\d{1,4}) but torch\.cuda\.device_count\(\) is",
    r"No slot '\d{1,3}' specified on host",
    r"device >= 0 && device < num_gpus|0 <= device && device < device_count",
    r"AssertionError: Invalid device id\b|Invalid device id: \d{1,4}",
    r"device (?:id|index) must be (?:non-negative|less than)|Invalid device index \d{1,4}",
    r"device_id \S{1,12} is out of range\. Please use a device index less than",
)


def remedies(runtime: Runtime | None) -> tuple[Action, ...]:
    count = runtime.cuda_device_count if runtime else None
    if count:
        return (Advice(title="Use device number 0" if count == 1 else f"Use a device number from 0 to {count - 1}"),)
    ask = "import torch; print(torch.cuda.device_count())"
    return (AskPython(title="Show how many devices PyTorch finds; their numbers start at 0", code=ask),)
