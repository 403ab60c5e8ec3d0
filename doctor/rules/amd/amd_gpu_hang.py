"""An AMD GPU hung: the driver waited for it in vain, and reset it.

## Why it matters
The runtime ends every program that uses the GPU then. The cause lies below PyTorch: the driver, its firmware, a GPU
that ROCm does not support (or that HSA_OVERRIDE_GFX_VERSION shows as another one), power, heat, or a kernel that is
wrong.

## What to do
Read what the kernel's messages say of that minute, and bring the driver (amdgpu), its firmware and ROCm to versions
that belong together.

## References
- https://rocm.docs.amd.com/projects/install-on-linux/en/latest/reference/system-requirements.html
- https://docs.kernel.org/gpu/amdgpu/debugging.html
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, Look

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"\bHW Exception by GPU node-\d{1,3} .{0,60}reason ?: ?GPU Hang",
    r"HSA_STATUS_ERROR_EXCEPTION: An HSAIL operation resulted in a hardware exception",
    r"\bamdgpu: ring \S{1,30} timeout, signaled seq",
    r"\bamdgpu: GPU reset begin\b",
)
EXPLAINS = ("native-crash",)
CANDIDATES = {
    "rocm-gfx-unsupported": "HSA_OVERRIDE_GFX_VERSION is set, or ROCm does not name this GPU as supported",
}
OVERRIDE = "Try without HSA_OVERRIDE_GFX_VERSION, and with the versions of driver and ROCm that AMD names for this GPU"


def remedies() -> tuple[Action, ...]:
    look = Look(title="Read the kernel's messages of the driver amdgpu", commands=(("dmesg",),), root=True)
    return look, Advice(title=OVERRIDE)
