"""An index was out of range inside a GPU kernel.

## Why it matters
The program used a label, token or index that is out of range (a class number beyond the last one, an embedding index
that is too large). The GPU and the driver are fine; afterwards every CUDA call of the process fails.

## What to do
Run the same step on the CPU, where the message names the index. Check labels and vocabulary sizes.

## References
- https://docs.pytorch.org/docs/stable/notes/cuda.html#asynchronous-execution
"""

from __future__ import annotations

from doctor.model import Severity

SEVERITY = Severity.ERROR  # it does stop the program; the area says that the environment is not the cause
SIGNATURES = (
    r"CUDA error: device-side assert triggered",
    r"device-side assert triggered|cudaErrorAssert|hipErrorAssert|Device-side assertion",
    r"block: \[\d+, ?\d+, ?\d+\], thread: \[\d+, ?\d+, ?\d+\] Assertion",
    r"Assertion `.{1,200}` failed\.?\s*$",
    r"(?:srcIndex < srcSelectDimSize|t >= 0 && t < n_classes|index out of bounds|input_val >= zero)",
)
EXPLAINS = ("cublas-not-initialized", "cudnn-internal-error")
