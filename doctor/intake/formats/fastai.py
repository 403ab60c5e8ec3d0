"""fastai's `show_install` (fastai/test_utils.py; fastai/utils/show_install.py in fastai 1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from doctor.intake.fields import pairs
from doctor.intake.keyed import PACKAGE, TORCH, read_blocks
from doctor.intake.merge import Partial
from doctor.intake.witness import Witness

TITLE = "fastai's `show_install`"
WITNESS = Witness.PROGRAM
OPENS = r"^=== Software ===\s*$"
LEFT_OUT = (
    r"=== (?:Software|Hardware|Environment) ===\s*$",
    r"(?:torch cudnn|nvidia gpus|torch devices|distro|conda env|python|sys\.path)\s*:",
    "No GPUs available",
    "no supported gpus found on this system",
    "no nvidia-smi is found",
    r"(?:/\S*|[A-Za-z]:\\[^:]*)\s*$",
)
_KEYS = {
    "python": "python version",
    "fastai": f"{PACKAGE}fastai",
    "fastcore": f"{PACKAGE}fastcore",
    "fastprogress": f"{PACKAGE}fastprogress",
    "torch": TORCH,
    "nvidia driver": "nvidia driver version",
    "torch cuda": "cuda used to build pytorch",
    "is available": "is cuda available",
    "gpu": "gpu models and configuration",
    "platform": "python platform",
    "distro": "os",
}
_GPU = re.compile(r"gpu\d{1,2}")
_MEMORY = re.compile(r"^(\d+MB) \| (.+)$")
_KERNEL = re.compile(r"^#\d+~(\d\d\.\d\d)(?:\.\d+)?-Ubuntu\b")  # what Ubuntu's kernels of a later release say of theirs


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    return read_blocks(lines, OPENS, _KEYS, LEFT_OUT, _pairs)


def _pairs(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    found = list(pairs(lines))
    gpus = "\n".join(_MEMORY.sub(r"\2, \1", value) for _, key, value in found if _GPU.fullmatch(key))
    for index, key, value in found:
        if key == "torch cuda":
            cuda, _, answer = value.partition(" / is ")
            yield index, key, cuda
            yield index, "is available", str(answer.startswith("available")) if answer else ""
        elif _GPU.fullmatch(key):
            yield index, "gpu", gpus
        elif key != "distro" or not value.startswith("#"):
            yield index, key, value
        elif ubuntu := _KERNEL.match(value):
            yield index, key, f"Ubuntu {ubuntu[1]}"
