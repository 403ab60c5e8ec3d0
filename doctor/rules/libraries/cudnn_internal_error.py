"""cuDNN reports an internal error or that it is not initialised.

## Why it matters
cuDNN reports the same error for several causes: no GPU memory left for its workspace, a driver older than the library,
two cuDNN versions in one process, or a GPU newer than the build.

## What to do
Try with `torch.backends.cudnn.enabled = False` and with a small batch. If the first helps, look for a foreign cuDNN or
an old driver; if the second helps, memory was short.

## References
- https://docs.nvidia.com/deeplearning/cudnn/backend/latest/api/cudnn-graph-library.html#cudnnstatus-t
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, AskPython

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"CUDNN_STATUS_(?:INTERNAL_ERROR|NOT_INITIALIZED|ARCH_MISMATCH|MAPPING_ERROR|LICENSE_ERROR)\w*",
    r"CUDNN_STATUS_(?:EXECUTION_FAILED|ALLOC_FAILED|NOT_SUPPORTED)\w*",
    r"cuDNN Frontend error: ",
    r"cuDNN error: CUDNN_STATUS_\w+|CUDNN_STATUS_BAD_PARAM",
    r"(?:FIND|GET) was unable to find an engine to execute this computation",
    r"Unable to find a valid cuDNN algorithm to run convolution",
)
CANDIDATES = {
    "out-of-memory": "nvidia-smi shows the GPU nearly full just before, and with a small batch it runs",
    "cudnn-mismatch-or-missing": "a tiny convolution fails too, and no longer with LD_LIBRARY_PATH unset",
    "driver-too-old-for-cuda-build": "nvidia-smi names an older CUDA than torch.version.cuda",
    "gpu-arch-newer-than-build": "PyTorch warns at its start that it has no code for this GPU (sm_...)",
    "device-side-assert": "the same step on the CPU stops with an index that is out of range",
}
_PROBE = (
    "import torch; print(torch.__version__, torch.backends.cudnn.version()); "
    "print(torch.nn.Conv2d(1, 1, 3).cuda()(torch.ones(1, 1, 8, 8).cuda()).shape)"
)


def remedies() -> tuple[Action, ...]:
    return (AskPython(_PROBE, title="Check whether a tiny convolution works"),)
