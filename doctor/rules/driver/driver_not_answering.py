"""The library of the NVIDIA driver hangs or crashes when it is called.

## Why it matters

torch-doctor calls NVML and libcuda in separate processes. A library that never answers, or is killed by a signal, does
the same to every program: after a GPU fell off the bus, after a driver update while programs were running, or if a
damaged or foreign copy of the library is loaded first.

## What to do

Read the kernel log, find out which file is loaded, and restart the machine. If it persists, reinstall the driver.

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
MESSAGE = "The NVIDIA driver does not respond properly: {story}"
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
        Look(title="Read the kernel log", commands=(("dmesg",),), root=True),
        Look(title="List the copies of the libraries that the loader knows", commands=(("ldconfig", "-p"),)),
        Reboot(),
    )
