"""xFormers or FlashAttention has no kernel for this GPU, data type or build.

## Why it matters
FlashAttention 2 needs an Ampere or newer GPU (compute capability 8.0) and 16-bit numbers. xFormers holds kernels for
one release of PyTorch and one CUDA, and tells for each kernel why it cannot be used. A CPU build of PyTorch, which
another package may have installed over the CUDA build, can use none of them.

## What to do
Use PyTorch's own attention (`attn_implementation="sdpa"`), which chooses a kernel that works. Or install the release of
xFormers or flash-attn that was built for the installed PyTorch, and run in float16 or bfloat16.

## References
- https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.scaled_dot_product_attention.html
- https://github.com/facebookresearch/xformers#installing-xformers
- https://github.com/Dao-AILab/flash-attention#installation-and-features
"""

from __future__ import annotations

import re

from doctor.catalog import Capability
from doctor.facts import ErrorText, Nvidia
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, FittingTorch
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, not_there
from doctor.rules.gpu import _support

SEVERITY = Severity.ERROR
_TOO_OLD = r"FlashInfer requires GPUs with sm\d\d"
_FLASHINFERS = (7, 5)
SIGNATURES = (
    r"No operator found for `memory_efficient_attention\w{0,10}`",
    r"Operator `memory_efficient_attention\w{0,10}` does not support inputs",
    r"xFormers was built for.{0,80}\(you have \S{1,20}\+cpu\)|xFormers can't load C\+\+/CUDA extensions",
    r"Need to compile C\+\+ extensions to use all xFormers",
    r"FlashAttention only supports? (?:Ampere|Turing|Hopper|AMD|fp16)",
    r"flash_(?:fwd|bwd)_launch_template\.h(?:pp)?\W{1,3}\d{1,5}\)?: (?:invalid (?:arg|device f)|no kernel)",
    r"FlashAttention (?:forward|backward) (?:only supports|for head dim)",
    r"Flash ?Attention ?[23]? (?:has been toggled on|only supports? `?torch\.(?:float16|bfloat16))",
    r"assert is_fa_version_supported\(",  # vLLM, on GPUs before Ampere
    r"RuntimeError: No available kernel\. Aborting execution",
    r"`\w{1,30}[FB]\w{0,10}@?[\w.-]{0,30}` is not supported because:",
    _TOO_OLD,
    r"following packages that were not found in your environment: .{0,60}flash_attn",
)
EXPLAINS = ("triton-missing-windows",)
OWN = "Use PyTorch's own attention instead of the package's: attn_implementation=\"sdpa\" in transformers"
MADE_FOR = "Install the release of xFormers or flash-attn that was built for the installed PyTorch, CUDA and Python"
_ON_CPU_BUILD = re.compile(r"\(you have \d[\w.]{0,20}\+cpu\)")


def check(nvidia: Nvidia | None, error: ErrorText | None) -> Answer:
    """FlashInfer calls a GPU too old also where it could not tell how new it is."""
    known = [Capability.of(_support.capability(gpu)) for gpu in _nvidia.gpus(nvidia)]
    least = min((one or (0, 0) for one in known), default=(0, 0))
    if least >= _FLASHINFERS and _nvidia.matching_line(_TOO_OLD, None, None, error):
        return not_there("nvidia.gpus", _nvidia.names(_nvidia.gpus(nvidia)), "a GPU older than Turing")
    return cannot_tell("error.text")


def remedies(error: ErrorText | None) -> tuple[Action, ...]:
    if error and _ON_CPU_BUILD.search(error.text):
        return (FittingTorch(accelerator="cuda"),)
    return Advice(title=OWN), Advice(title=MADE_FOR)
