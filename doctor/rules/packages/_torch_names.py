"""The release of torch that a name came with, by the type stubs and sources of its wheels from 1.7 to 2.6.

That of 1.6 is from its notes. Only what other libraries use, and what no later release took away.
"""

from __future__ import annotations

import re

_NAMES = {
    "torch": {
        "1.8": "broadcast_shapes broadcast_to column_stack copysign diff float_power fmax fmin fx inner kron ldexp"
        " moveaxis msort nan_to_num nanmedian ravel row_stack sinc swapaxes swapdims tensor_split tile"
        " use_deterministic_algorithms are_deterministic_algorithms_enabled xlogy",
        "1.9": "dsplit frexp hsplit inference_mode is_inference_mode_enabled positive special take_along_dim vsplit",
        "1.10": "aminmax autocast bitwise_left_shift bitwise_right_shift concat conj_physical corrcoef cov"
        " cumulative_trapezoid from_dlpack frombuffer get_autocast_cpu_dtype get_autocast_gpu_dtype histogram"
        " is_autocast_cache_enabled is_autocast_cpu_enabled is_conj is_inference is_neg isin nanmean resolve_conj"
        " resolve_neg trapezoid",
        "1.11": "adjoint arctan2 argwhere asarray diagonal_scatter histogramdd monitor scatter_reduce select_scatter"
        " slice_scatter",
        "1.12": "amp get_float32_matmul_precision index_reduce library set_float32_matmul_precision sparse_bsc_tensor"
        " sparse_bsr_tensor sparse_compressed_tensor sparse_csc_tensor",
        "1.13": "TypedStorage UntypedStorage as_strided_scatter concatenate masked unflatten",
        "2.0": "compile func set_default_device signal sym_float sym_int sym_max sym_min sym_not vmap",
        "2.1": "compiler empty_permuted export nonzero_static",
        "2.2": "cond unravel_index",
        "2.3": "get_default_device uint16 uint32 uint64",
        "2.4": "get_autocast_dtype get_device_module mtia rms_norm set_autocast_dtype",
    },
    "torch.amp": {"1.12": "autocast", "2.3": "GradScaler", "2.4": "custom_bwd custom_fwd is_autocast_available"},
    "torch.cuda": {
        "1.6": "amp",
        "1.8": "can_device_access_peer set_per_process_memory_fraction",
        "1.10": "CUDAGraph ExternalStream is_bf16_supported make_graphed_callables mem_get_info",
        "1.11": "memory_usage utilization",
        "1.12": "is_current_stream_capturing",
        "1.13": "OutOfMemoryError",
        "2.0": "CUDAPluggableAllocator",
    },
    "torch.jit": {"1.8": "script_if_tracing", "1.9": "optimize_for_inference"},
    "torch.linalg": {
        "1.8": "cholesky cond eigh eigvalsh inv matrix_rank pinv qr slogdet solve svd",
        "1.9": "cholesky_ex eig eigvals inv_ex lstsq matrix_norm matrix_power multi_dot svdvals vector_norm",
        "1.11": "cross lu_factor matrix_exp solve_triangular",
        "1.12": "lu vander",
        "1.13": "vecdot",
    },
    "torch.nn": {
        "1.8": "ChannelShuffle GaussianNLLLoss LazyConv1d LazyConv2d LazyLinear PixelUnshuffle UninitializedParameter",
        "1.9": "HuberLoss LazyBatchNorm1d LazyBatchNorm2d Mish",
        "1.10": "ReflectionPad3d",
        "1.12": "Dropout1d",
        "2.1": "CircularPad1d CircularPad2d ZeroPad1d",
        "2.3": "attention",
        "2.4": "RMSNorm",
        "2.5": "Buffer",
    },
    "torch.nn.functional": {
        "1.8": "gaussian_nll_loss pixel_unshuffle",
        "1.9": "huber_loss mish",
        "1.12": "dropout1d",
        "2.0": "scaled_dot_product_attention",
        "2.4": "rms_norm",
    },
    "torch.nn.utils": {"1.9": "parametrizations parametrize", "1.10": "skip_init", "1.12": "stateless"},
    "torch.optim": {"1.10": "NAdam RAdam", "2.5": "Adafactor"},
    "torch.optim.lr_scheduler": {
        "1.10": "ChainedScheduler ConstantLR LinearLR SequentialLR",
        "1.13": "PolynomialLR",
        "2.0": "LRScheduler",
    },
    "torch.utils.data": {"1.11": "default_collate default_convert", "2.1": "StackDataset"},
}
_ASKED = re.compile(
    r"module '(?P<module>torch[\w.]*)' has no attribute '(?P<name>\w+)'"
    r"|cannot import name '(?P<imported>\w+)' from '(?P<of>torch[\w.]*)'"
)


def _names(module: str) -> str:
    return "|".join(name for names in _NAMES[module].values() for name in names.split())


_LACKS = "|".join(rf"'{re.escape(module)}' has no attribute '(?:{_names(module)})'" for module in _NAMES)
_HIDES = "|".join(rf"'(?:{_names(module)})' from '{re.escape(module)}'" for module in _NAMES)
MISSING = rf"module (?:{_LACKS})"
NOT_IMPORTED = rf"cannot import name (?:{_HIDES})(?! \(unknown location)"


def release_with(text: str) -> str:
    """The release that has what the text says is missing; "" when the table does not have it."""
    found = _ASKED.search(text)
    if found is None:
        return ""
    releases = _NAMES.get(found["module"] or found["of"], {})
    name = found["name"] or found["imported"]
    return next((release for release, names in releases.items() if name in names.split()), "")
