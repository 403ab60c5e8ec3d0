"""An environment variable has a value that torch cannot use.

## Why it matters
torch reads some variables when it is imported or first uses the GPU, and stops at a value that it does not know: a
misspelt word in TORCH_LOGS, or an option of the allocator that this release does not have. CUDA_HOME names one folder:
written like PATH, with a colon, it is no folder, and no compiler is found in it.

## What to do
Unset the variable, or give it a value of the list that the message or the documentation has.

## References
- https://docs.pytorch.org/docs/stable/logging.html
- https://docs.pytorch.org/docs/stable/notes/cuda.html#optimizing-memory-usage-with-pytorch-alloc-conf
"""

from __future__ import annotations

import re

from doctor.facts import ErrorText, Variables
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, Rerun

SEVERITY = Severity.ERROR
# CUDA_HOME=$CUDA_HOME:/usr/local/cuda
_A_LIST = (
    r"(?:No such file or directory: ['\"]|/(?:ba)?sh: (?:(?:line )?\d{1,4}: )?|^\[\d{1,4}/\d{1,4}\] )"
    r":/[^\s:'\"]{1,200}/bin/nvcc\b"
)
SIGNATURES = (
    r"^(?:ValueError: ?)?\s*Invalid log settings: ",
    r"Unrecogni[sz]ed (?:CachingAllocator option|key '[^'\n]{1,60}' in (?:Accelerator|CUDA) allocator config)",
    _A_LIST,
)
EXPLAINS = ("torch-not-importable", "cuda-toolkit-missing")
ONE = "Let CUDA_HOME name one folder, without a colon, for example /usr/local/cuda, and build again"
_LOGS, _ALLOCATOR = ("TORCH_LOGS",), ("PYTORCH_CUDA_ALLOC_CONF", "PYTORCH_HIP_ALLOC_CONF", "PYTORCH_ALLOC_CONF")


def remedies(error: ErrorText | None, variables: Variables | None) -> tuple[Action, ...]:
    if error and re.search(_A_LIST, error.text, re.MULTILINE):
        return (Advice(title=ONE),)
    are_logs = error is None or "log settings" in error.text
    meant = _LOGS if are_logs else _ALLOCATOR
    named = tuple(name for name in meant if variables and name in variables.values)
    return (Rerun(unset=named or meant[:1]),)
