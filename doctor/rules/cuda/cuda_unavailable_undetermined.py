"""Something needs CUDA and does not find it; the text does not say why.

## Why it matters
Programs often print only that CUDA is not available. The cause lies elsewhere: a CPU build, a missing driver, a
container without the GPU, or devices hidden by CUDA_VISIBLE_DEVICES.

## What to do
Run `doctor check` on the machine where it happened: the facts tell the causes apart.

## References
- https://docs.pytorch.org/docs/stable/generated/torch.cuda.is_available.html
"""

from __future__ import annotations

from doctor.model import Severity

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"Attempting to deserialize object on a CUDA device but torch\.cuda\.is_available\(\) is False",
    r"(?i)\bCUDA(?: is|'s)? (?:not available|unavailable|not found)\b",
    r"(?i)torch\.cuda\.is_available\(\)\s{0,3}(?:is|returns?|returned|==|:|->|=)\s{0,3}(?:always )?'?False",
    r"(?i)(?:requires?|needs?) (?:a |an )?(?:CUDA|NVIDIA)(?:-capable|-enabled)? (?:GPU|device)\b",
    r"Torch is not able to use GPU",
    r"(?i)No GPUs? (?:was |were )?(?:found|detected|available)",
    r"User provided device_type of 'cuda', but CUDA is not available",
    r"(?i)Invalid CUDA '--?device[ =]\S{1,12}' requested",
)
