"""Steps about torch itself. torch is imported inside each: a step that is left out must not need it."""

import sys


def installed(name):
    """Whether a top-level module is there, without importing it."""
    return any(hasattr(finder, "find_spec") and finder.find_spec(name, None) for finder in sys.meta_path)


def import_torch():
    import torch

    return {
        "version": str(getattr(torch, "__version__", "")),
        "file": getattr(torch, "__file__", None) or "",
        "hip": bool(getattr(torch.version, "hip", None)),
        "threads": torch.get_num_threads(),
    }


def numpy_bridge():
    import torch

    if not installed("numpy"):
        return {"absent": True}
    import numpy

    there = torch.from_numpy(numpy.arange(3.0))
    back = (there + 1).numpy()
    if back.tolist() != [1.0, 2.0, 3.0]:
        raise ArithmeticError("numbers changed between numpy and torch: %r" % (back.tolist(),))
    return {"version": numpy.__version__}


def build():
    import torch

    flags = getattr(torch._C, "_cuda_getArchFlags", None)
    mps = getattr(torch.backends, "mps", None)
    return {
        # torch.cuda.get_arch_list() gives nothing where there is no GPU; this is what it reads
        "arch_list": (flags() or "").split() if flags else [],
        "mps_built": bool(mps and mps.is_built()),
        "mps_available": bool(mps and mps.is_available()),
    }


def libraries():
    import torch

    cudnn = torch.backends.cudnn.version() if torch.backends.cudnn.is_available() or torch.version.cuda else None
    nccl = getattr(torch._C, "_nccl_version", None)
    return {"cudnn_version": _cudnn_text(cudnn), "nccl_version": _nccl_text(nccl()) if nccl else ""}


def _cudnn_text(number):
    """91002 is 9.10.2, 8902 is 8.9.2: cuDNN changed the factor of its number with version 9."""
    if not number:
        return ""
    major = 10000 if number >= 90000 else 1000
    return "%d.%d.%d" % (number // major, number % major // 100, number % 100)


def _nccl_text(number):
    """torch packs NCCL's version as major << 32 | minor << 16 | patch; before 1.12 as NCCL itself does (21005)."""
    if isinstance(number, tuple):
        return ".".join(map(str, number))
    if number >= 1 << 32:
        return "%d.%d.%d" % (number >> 32, number >> 16 & 0xFFFF, number & 0xFFFF)
    major = 10000 if number >= 10000 else 1000  # NCCL changed the factor with 2.9
    return "%d.%d.%d" % (number // major, number % major // 100, number % 100)


STEPS = (
    ("import torch", import_torch),
    ("numpy bridge", numpy_bridge),
    ("build", build),
    ("cudnn and nccl", libraries),
)
