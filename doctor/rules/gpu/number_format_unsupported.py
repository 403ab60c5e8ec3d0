"""The GPU has no arithmetic in the number format that the program asks for (bfloat16, FP8, TF32).

## Why it matters
bfloat16 and TF32 came with Ampere (compute capability 8.0), FP8 with Ada and Hopper (8.9). T4, V100, P100 and the
RTX 20 cards have none of them, and programs that ask for them stop when they start. Some ask torch, and it answers the
same way where it finds no GPU at all.

## What to do
Let the program use float16 or float32 instead, or a model that is stored in them.

## References
- https://docs.pytorch.org/docs/stable/amp.html
- https://developer.nvidia.com/cuda-gpus
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, AskPython

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"(?i)\bbfloat16 is only supported on GPUs with compute capability of at least",
    r"Your setup doesn't support bf16/gpu",
    r"bf16 mixed precision requires PyTorch >= ?[\d.]{3,5} and a supported device",
    r"(?i)\b(?:CUDA )?device does not support bfloat16\b",
    # ptxas, from Triton; as people type it off, too
    r"(?i)Feature '?[\w. ]{0,20}\.(?:bf16|tf32|e4m3\w{0,6}|e5m2\w{0,6})[\w. ]{0,20}'? ?requires ?\.? ?target sm_\d{2}",
    r"fp8e\w{2,8} (?:data type is )?not supported (?:on CUDA arch|in this architecture)",
    r"(?i)\bFP8 .{0,40}only supported on GPUs with compute capability"
    r"|\b_scaled_mm is only supported on CUDA devices with compute capability",
    r"--tf32 requires Ampere or a newer GPU",
)
EXPLAINS = ("torch-too-old-for-library", "platform-unsupported-by-project", "attention-kernel-missing")
CANDIDATES = {
    "cuda-unavailable-undetermined": "the GPU is of Ampere (8.0) or newer, and torch.cuda.is_available() is False",
}
OTHER = "Ask the program for float16 (fp16, half) or float32: bfloat16 and TF32 need a GPU of 8.0 or newer, FP8 of 8.9"
SHOW = "Show which GPU torch finds, and its compute capability"
_CODE = "import torch; print(torch.cuda.is_available() and torch.cuda.get_device_properties(0))"


def remedies() -> tuple[Action, ...]:
    return Advice(title=OTHER), AskPython(_CODE, title=SHOW)
