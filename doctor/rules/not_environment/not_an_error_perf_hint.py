"""This is a hint about speed, not an error.

## Why it matters
The program works. The line suggests a setting that may make it faster, or announces a future change.

## What to do
Nothing needs to be done; follow the hint if speed matters.

## References
- https://docs.pytorch.org/tutorials/recipes/recipes/tuning_guide.html
"""

from __future__ import annotations

from doctor.model import OF_INSTALLERS, Severity

SEVERITY = Severity.INFO
IS_NOTICE = True
SIGNATURES = (
    r"does not have many workers which may be a bottleneck",
    r"(?:TensorFloat32|TF32|tensor cores).{0,120}(?:available but not enabled|not enabled|consider setting)",
    r"Consider setting `?torch\.set_float32_matmul_precision|set_float32_matmul_precision\('",
    r"You are using a CUDA device .{0,120}that has Tensor Cores",
    r"Torch was not compiled with (?:flash attention|memory efficient attention)",
    r"'pin_memory' argument is set as true but (?:no accelerator|not supported)",
    r"Setting OMP_NUM_THREADS environment variable for each process to be 1 in default",
    r"lr_scheduler\.step\(\).{0,40}before.{0,40}optimizer\.step\(\)",
    r"(?:FutureWarning|DeprecationWarning|PendingDeprecationWarning|PossibleUserWarning): ",
    r"GPU available: .{0,40}used: False|GPU available but not used",
    r"Plan failed with an? (?:cudnnException|CuDNNError|OutOfMemoryError)",
    r"Custom allreduce is disabled because|A matching Triton is not available, some optimizations",
    r"enable_nested_tensor is True, but",
    r"Not enough SMs to use max_autotune_gemm mode",
    r"(?:expandable_segments|NNPACK|Unsupported hardware).{0,60}not supported on this platform"
    r"|Could not initialize NNPACK",
    r"The given (?:NumPy array|buffer) is not write?able|Lazy modules are a new feature",
    r"OMP: Info #\d+: |on the MPS backend and will fall back to run on the CPU",
)
NOT_WHILE = OF_INSTALLERS
