"""PyTorch warns about the GPU's compute capability, but runs on it.

## Why it matters
Machine code for one capability runs on every later minor version of the same major one. PyTorch 2.7 to 2.10 warn
nevertheless if the GPU is beyond the list, for instance for 12.1 (GB10) on code for 12.0. Nothing is broken.

## What to do
Nothing needs to be done.

## References
- https://docs.nvidia.com/cuda/cuda-c-programming-guide/#binary-compatibility
"""

from __future__ import annotations

from doctor import catalog
from doctor.catalog import Version
from doctor.facts import Gpu, Host, Nvidia, Python, Runtime, Torch
from doctor.model import Severity
from doctor.rules.api import Answer, seen, there
from doctor.rules.gpu import _support

SEVERITY = Severity.INFO
IS_NOTICE = True
MESSAGE = (
    "{gpu} (compute capability {capability}) runs the code for {newest} in this build; a warning about it is harmless"
)
SIGNATURES = (
    r"Minimum and Maximum cuda capability supported by this version of PyTorch is",
    r"which is of (?:cuda |compute )?capability (?P<capability>(?:8\.[79]|1[0-9]\.[1-9]))\.",
)
_WARNS, _SILENT_AGAIN = "2.7", Version((2, 11))
UNLESS = (r"which is of (?:cuda |compute )?capability [2-7]\.\d\.",)  # below the list


def check(nvidia: Nvidia, torch: Torch, runtime: Runtime | None, host: Host | None, python: Python | None) -> Answer:
    judged = _support.judge(nvidia, torch, runtime, host, python)
    above = tuple(gpu for gpu in judged.runs if _above(gpu, judged.code)) if judged and not judged.newer else ()
    warns = Version.of(torch.version) < _SILENT_AGAIN and not Version.of(torch.version).older_than(_WARNS)
    if judged is None or not above or not warns:
        return _support.otherwise(judged, nvidia, host)
    gpu, capability = _support.worst(above)
    newest = str(judged.code.ordered[-1])
    evidence = seen(judged.code.source, judged.code.shown)
    return there(seen("nvidia.gpus", f"{gpu}: {capability}"), evidence, gpu=gpu, capability=capability, newest=newest)


def _above(gpu: Gpu, code: _support.Code) -> bool:
    known = catalog.Capability.of(_support.capability(gpu))
    return known is not None and known > code.ordered[-1]
