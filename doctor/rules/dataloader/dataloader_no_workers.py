"""Files are decoded without workers.

## Why it matters
With `num_workers=0` loading and training alternate: the device waits while a batch is read. With 4 ms of waiting per
sample, 0 workers gave 230 samples a second, 4 gave 750.

## What to do
Measure first (`torch-doctor dataloader --tune`); try workers when loading is a large share of a step, and after the
script is free of the other hazards.

## References
- https://docs.pytorch.org/docs/stable/data.html#multi-process-data-loading
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.source.spots import Spot

if TYPE_CHECKING:
    from doctor.source.loader import Loader
    from doctor.source.view import ModuleView

SEVERITY = Severity.INFO
MESSAGE = "{what} is read without workers: loading and training alternate"
_DECODERS = ("PIL.Image.open", "cv2.imread", "torchaudio.load", "torchvision.io.read_image", "librosa.load")
_FOLDERS = ("torchvision.datasets.ImageFolder", "torchvision.datasets.ImageNet", "torchvision.datasets.CocoDetection")


def lint(module: ModuleView) -> Iterator[Spot]:
    decoding = {
        loader
        for function, code in module.worker_code.items()
        if any(module.calls(*_DECODERS, within=function))
        for loader in code.loaders
    }
    for loader in module.loaders:
        if loader.kind != "torch" or loader.given("num_workers") or loader.open:
            continue
        what = _folder(module, loader) or ("a folder of files" if loader in decoding else "")
        if what:
            yield Spot(loader.node, {"what": what})


def _folder(module: ModuleView, loader: Loader) -> str:
    for _, part in module.held(loader):
        if isinstance(part, ast.Call) and module.name(part.func) in _FOLDERS:
            return module.name(part.func).rpartition(".")[2]
    return ""
