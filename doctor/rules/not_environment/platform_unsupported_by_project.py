"""The project in use does not support this platform.

## Why it matters
PyTorch works here, but the library on top of it is made for other systems or devices and says so.

## What to do
Use a platform that the project supports, or another project.

## References
- https://docs.vllm.ai/en/latest/getting_started/installation/
"""

from __future__ import annotations

from doctor.model import Severity

SEVERITY = Severity.INFO
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
