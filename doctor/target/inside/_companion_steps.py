"""Steps about the companions of torch: their import, and one real use of each."""

import sys

from _torch_steps import installed


def _version_of(name):
    """Import a module if it is installed; its version."""
    if not installed(name):
        return {"absent": True}
    return {"version": str(getattr(__import__(name), "__version__", ""))}


def torchvision():
    return _version_of("torchvision")


def torchvision_ops():
    if "torchvision" not in sys.modules:
        return {"absent": True}
    import torch
    from torchvision.ops import nms

    boxes = torch.tensor([[0.0, 0.0, 2.0, 2.0], [0.0, 0.0, 2.0, 1.9], [5.0, 5.0, 6.0, 6.0]])
    kept = nms(boxes, torch.tensor([0.9, 0.8, 0.7]), 0.5).tolist()
    if kept != [0, 2]:
        raise ArithmeticError("nms kept boxes %r of [0, 2]" % (kept,))
    return {}


def torchvision_io():
    if "torchvision" not in sys.modules:
        return {"absent": True}
    import torch
    from torchvision import io

    if not hasattr(io, "encode_png"):
        return {"absent": True}  # torchvision before 0.8 had no image extension
    image = torch.arange(12, dtype=torch.uint8).reshape(3, 2, 2)
    if not torch.equal(io.decode_png(io.encode_png(image)), image):
        raise ArithmeticError("a PNG image changed between encoding and decoding")
    return {}


def torchaudio():
    return _version_of("torchaudio")


def triton():
    return _version_of("triton")


def _extension(module):
    """A step that imports a compiled extension, where its package is installed."""

    def run():
        if not installed(module.partition(".")[0]):
            return {"absent": True}
        __import__(module)
        return {}

    return run


# Packages compiled against one torch, and the module of theirs that fails first on another. Only modules whose
# package is quickly imported: the whole examination is to take little longer than torch itself.
_EXTENSIONS = (
    ("flash_attn", "flash_attn_2_cuda"),
    ("causal_conv1d", "causal_conv1d_cuda"),
    ("mamba_ssm", "selective_scan_cuda"),
    ("torch_scatter", "torch_scatter"),
    ("torch_sparse", "torch_sparse"),
    ("torch_cluster", "torch_cluster"),
    ("detectron2", "detectron2._C"),
    ("pytorch3d", "pytorch3d._C"),
    ("mmcv", "mmcv._ext"),
)

STEPS = (
    ("torchvision", torchvision),
    ("torchvision.ops", torchvision_ops),
    ("torchvision.io", torchvision_io),
    ("torchaudio", torchaudio),
    ("triton", triton),
    *((name, _extension(module)) for name, module in _EXTENSIONS),
)
