"""The NVIDIA driver's library hangs or crashes when it is asked.

## Why it matters

The doctor asks NVML and libcuda in processes of their own. One that never answers, or dies of a signal, does the same
to every program: after a GPU fell off the bus, during a driver update under running programs, or with a damaged or
foreign copy of the library in front.

## What to do

Read what the kernel says, look at which file is loaded, restart the machine. When it stays: install the driver anew.

## References

- https://docs.nvidia.com/deploy/xid-errors/
- https://docs.nvidia.com/deploy/nvml-api/
"""

from __future__ import annotations

import re

from doctor.facts import Nvidia, Runtime
from doctor.model import Severity
from doctor.remedy.actions import Action, Look, Reboot
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "The NVIDIA driver does not answer as it should: {story}"
EXPLAINS = ("cuda-unavailable", "cuda-unavailable-undetermined", "cuda-init-failed", "driver-library-incomplete")
_BROKEN = re.compile(r"(?:NVML|libcuda): (?:no answer in|died of) [^;]*")


def check(nvidia: Nvidia, runtime: Runtime | None) -> Answer:
    for fact, text in (("nvidia.libcuda_error", nvidia.libcuda_error), ("nvidia.nvml_message", nvidia.nvml_message)):
        if broken := _BROKEN.search(text):
            # PyTorch computes through libcuda and asks NVML only for a few figures
            harmless = _nvidia.works(runtime) or (bool(nvidia.libcuda) and not nvidia.libcuda_error)
            return there(seen(fact, broken[0]), severity=Severity.WARNING if harmless else None, story=broken[0])
    if nvidia.driver_version is None:
        return cannot_tell("nvidia.driver_version")
    return not_there("nvidia.driver_version", nvidia.driver_version or "no driver")


def remedies() -> tuple[Action, ...]:
    return (
        Look(title="Read what the kernel says", commands=(("dmesg",),), root=True),
        Look(title="See which copies of the libraries the loader knows", commands=(("ldconfig", "-p"),)),
        Reboot(),
    )
