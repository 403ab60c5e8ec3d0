"""A library needs a newer torch than the installed one.

## Why it matters
Transformers, diffusers and others use features of newer torch releases. With an older torch a name is missing, or the
library disables its PyTorch part.

## What to do
Upgrade torch with its companions, or install an older release of the library.

## References
- https://github.com/huggingface/transformers#installation
"""

from __future__ import annotations

from doctor.facts import ErrorText
from doctor.model import Severity
from doctor.remedy.actions import Action, FittingTorch
from doctor.rules.packages import _torch_names

SEVERITY = Severity.ERROR
# names that came with torch 2.0 or later, with which libraries begin
_NEWER = (
    r"(?:register_fake|custom_op|triton_op|wrap_triton|init_device_mesh|device_mesh|DeviceMesh|DTensor|fully_shard"
    r"|FSDPModule|MixedPrecisionPolicy|CPUOffloadPolicy|StateDictOptions|[gs]et_model_state_dict|distribute_tensor"
    r"|ParallelStyle|(?:Col|Row)wiseParallel|parallelize_module|flex_attention|create_block_mask|sdpa_kernel|SDPBackend"
    r"|scaled_dot_product_attention|RMSNorm|Buffer|OrderedSet|is_compiling|GradScaler|custom_(?:fwd|bwd)"
    r"|add_safe_globals|safe_globals|is_flash_attention_available|can_use_flash_attention|enable_cudnn_sdp)"
)
SIGNATURES = (
    r"Disabling PyTorch because PyTorch (?:>=|≥) ?\d",
    r"PyTorch (?:>=|≥) ?\d\S* is required but found",
    r"module 'torch' has no attribute '(?:u?int[1-7]|float8_\w+|accelerator)'",
    _torch_names.MISSING,
    _torch_names.NOT_IMPORTED,
    # a file that a newer torch saved, and MPS' autocast, which came with 2.5
    r"Can't get attribute '\w{1,60}' on <module 'torch\.\w|unsupported autocast device_type '?mps\b",
    r"VersionConflict: \(torch [\d.].{0,200}Requirement\.parse\('torch ?>=",
    # headers that a later release brought
    r"\bATen/(?:cuda/(?:Atomic\.cuh|CUDAContextLight\.h|CUDAGraphsUtils\.cuh)|OpMathType\.h)"
    r"['\"’]?(?:: No such file| ?file not found)",
    r"require users to upgrade torch to at least v?\d",
    rf"cannot import name '{_NEWER}' from 'torch\.",
    rf"module 'torch\.utils\._pytree' has no attribute|module 'torch\.[\w.]{{1,60}}' has no attribute '{_NEWER}'",
    r"No module named '?torch\.(?:nn\.attention|distributed\.tensor|export|_custom_ops|library|compiler"
    r"|_export|_dynamo|_inductor|accelerator|nn\.utils\.parametrizations)",
    r"(?:[Rr]equires|[Nn]eeds) (?:at least )?(?:[Pp]y)?[Tt]orch ?(?:version )?(?:>=|≥|v?2\.\d+ or (?:newer|later"
    r"|higher|above))",
)


def remedies(error: ErrorText | None) -> tuple[Action, ...]:
    release = _torch_names.release_with(error.text) if error else ""
    return (FittingTorch(torch=f">={release}" if release else ""),)
