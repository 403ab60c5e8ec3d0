"""The project in use does not support this platform.

## Why it matters
PyTorch works here, but the library on top of it is made for other systems or devices and says so.

## What to do
Use a platform that the project supports, or another project.

## References
- https://docs.vllm.ai/en/latest/getting_started/installation/
"""

from __future__ import annotations

import re

from doctor.catalog import build_of
from doctor.facts import ErrorText, Intel, Nvidia, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, seen, there
from doctor.rules.intel import _cards

SEVERITY = Severity.INFO
MESSAGE = "The program asks for CUDA, and the GPU here is one of Intel's ({gpu}), which computes through `xpu`"
UNLESS = (
    r"torch\.cuda\.is_available\(\) should be True but is False",  # diffusers, of xformers: a GPU not found
    r"\b(?:expandable_segments|NNPACK|Unsupported hardware)\b.{0,60}not supported on this platform",  # hints of torch's
)
SIGNATURES = (
    r"(?:vLLM|vllm|bitsandbytes|flash[-_ ]attn|FlashAttention|xformers|deepspeed|DeepSpeed|unsloth"
    r"|Unsloth|apex|TensorRT)"
    r".{0,120}(?:only (?:supports?|available|works)|not supported|does ?n[o']t support|unsupported"
    r"|requires? Linux|is required)",
    r"FlashAttention only supports (?:Ampere|AMD|Hopper)",
    r"is too old to be supported by the triton GPU compiler",
    r"(?:only|currently) (?:supported|available|runs) on (?:Linux|NVIDIA|CUDA|Ampere|Windows|macOS)"
    r"|\bonly supports (?:Linux|Windows|macOS|NVIDIA)\b",
    r"(?:does not|doesn't) (?:currently )?support (?:Windows|macOS|Mac OS|CPU|Apple|AMD|ARM|MPS)\b",
    r"(?:is )?not (?:yet )?supported on (?:Windows|macOS|Mac|Apple|ARM|AMD|this platform)\b",
    r"Bfloat16 is only supported on GPUs with compute capability of at least",
    r"Unsloth: Your GPU is too old!",
    r"using ROCm and Windows is not supported",
    r"\bdoes not support backend '\w{1,40}' with capability \d|flashinfer/\S{1,200}: Unsupported architecture",
    r"expects arch to be one of \[.{1,200}\], but got Arch\.sm_\d",  # CUTLASS
)
EXPLAINS = ("cpu-only-build-on-gpu-machine", "cuda-unavailable-undetermined")
_ASKS_FOR_CUDA = r"Torch not compiled with CUDA enabled?\b|Found no NVIDIA driver|No CUDA GPUs are available"
FOR_XPU = "Look whether the project has a version for Intel's GPUs (XPU), or choose the device `xpu` in the program"


def check(error: ErrorText | None, torch: Torch | None, intel: Intel | None, nvidia: Nvidia | None) -> Answer:
    """What is made for CUDA alone, on a machine with Intel's GPUs."""
    kind = build_of(torch).kind if torch else None
    served = _cards.served(intel)
    gpu = ", ".join(dict.fromkeys(served)) or ("XPU" if kind == "xpu" else "")
    if not gpu or kind not in (None, "xpu") or _nvidia.gpus(nvidia):
        return cannot_tell("intel.gpus")
    told = re.search(_ASKS_FOR_CUDA, error.text) if error else None
    if not told:
        return cannot_tell("error.text")
    return there(seen("error.text", told[0]), seen("intel.gpus", gpu), severity=Severity.ERROR, gpu=gpu)


def remedies(intel: Intel | None) -> tuple[Action, ...]:
    return (Advice(title=FOR_XPU),) if _cards.served(intel) else ()
