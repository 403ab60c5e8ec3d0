"""Steps about the companions of torch: their import, and one real use of each."""

import sys

from _torch_steps import installed


def _module(name):
    """Import a module if it is installed; its version."""
    if not installed(name):
        return {"absent": True}
    return {"version": str(getattr(__import__(name), "__version__", ""))}


def torchvision():
    return _module("torchvision")


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
    from torchvision.io import decode_png, encode_png

    image = torch.arange(12, dtype=torch.uint8).reshape(3, 2, 2)
    if not torch.equal(decode_png(encode_png(image)), image):
        raise ArithmeticError("a PNG image changed between encoding and decoding")
    return {}


def torchaudio():
    return _module("torchaudio")


def triton():
    return _module("triton")


STEPS = (
    ("torchvision", torchvision),
    ("torchvision.ops", torchvision_ops),
    ("torchvision.io", torchvision_io),
    ("torchaudio", torchaudio),
    ("triton", triton),
)
