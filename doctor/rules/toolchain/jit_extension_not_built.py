"""An extension that is compiled when it is first used was not built, and is looked for all the same.

## Why it matters
torch.utils.cpp_extension compiles some extensions (those of DeepSpeed, nvdiffrast, gsplat) on first use and keeps them
in a cache folder. Where the compiler failed, or another process was stopped in the middle, the folder has no library.

## What to do
Remove the extension's folder from the cache, start one process again, and read the compiler's first error.

## References
- https://docs.pytorch.org/docs/stable/cpp_extension.html#torch.utils.cpp_extension.load
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"[\\/]torch_extensions[\\/]\S{1,200}\.so: cannot open shared object file",
    # DeepSpeed's
    r"(?<![\w/\\])(?:fused|cpu)_(?:adam|adagrad|lamb|lion)\.so: cannot open shared object file",
    r"'DeepSpeed\w{1,20}' object has no attribute 'ds_opt_\w{2,20}'",
)
CANDIDATES = {
    "cuda-toolkit-missing": "nvcc --version is not found, or is of a CUDA that this PyTorch is not built with",
    "host-compiler-unsupported": "the compiler's output above names the version of gcc",
    "python-headers-missing": "the compiler's first error is that Python.h is not there",
}
AGAIN = "Remove the extension's folder in torch_extensions (in ~/.cache), and start the program as one process"
FIRST = "Read the first error of the compiler: it stands above, where the extension was compiled"


def remedies() -> tuple[Action, ...]:
    return Advice(title=FIRST), Advice(title=AGAIN)
