"""The kernels that a quantized model (GPTQ, AWQ) is computed with are not installed, or not for this torch.

## Why it matters
AutoGPTQ, AutoAWQ and their kin bring compiled kernels. A wheel for another torch or CUDA, or an installation from
source without a CUDA compiler, leaves them out: the model is slow, or stops at a name that is not defined.

## What to do
Install the release whose wheel names this torch and this CUDA, or the successor that is still kept up: GPTQModel for
GPTQ and AWQ, llm-compressor to make such models.

## References
- https://github.com/ModelCloud/GPTQModel
- https://github.com/casper-hansen/AutoAWQ
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, AskPython

SEVERITY = Severity.WARNING
_MODULES = (
    r"(?:awq(?:_v2)?_ext|awq_inference_engine|exl(?:v2)?_ext|exllama(?:v2)?_kernels|autogptq_cuda_\d{2,3}|quant_cuda)"
)
SIGNATURES = (
    rf"\b{_MODULES}'? (?:is not defined|not installed)",
    rf"No module named '?{_MODULES}\b",
    r"^(?:.{0,80}[:\s])?CUDA extension not installed\.",
    r"\bAWQ kernels could not be loaded",
)
EXPLAINS = ("package-missing", "user-code-error")
FITTING = (
    "Install the kernels for this torch and CUDA (a wheel that names both), or GPTQModel in place of AutoGPTQ, AutoAWQ"
)
SHOW = "Show the torch and the CUDA that the wheel has to name"
_CODE = "import torch; print(torch.__version__, torch.version.cuda)"


def remedies() -> tuple[Action, ...]:
    return AskPython(_CODE, title=SHOW), Advice(title=FITTING)
