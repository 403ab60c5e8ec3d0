"""`torch.__config__.show()`: how torch was built, as OpenMMLab's and Detectron2's reports end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from doctor.facts import Runtime
from doctor.intake.keyed import TORCH, facts_of
from doctor.intake.merge import Partial, merge
from doctor.intake.witness import Witness

TITLE = "`torch.__config__.show()`"
WITNESS = Witness.PROGRAM
OPENS = r"^.{0,40}PyTorch built with:\s*$"
LEFT_OUT: tuple[str, ...] = ()

_HEAD = re.compile(OPENS)
_ENTRY = re.compile(r"^\s*[-*•] ")
_CODE = re.compile(r"code=((?:sm|compute)_\d{2,3}[a-z]?)")
_VALUES = {
    "cuda used to build pytorch": re.compile(r"^[ \t]*\W CUDA Runtime (\d[\d.]+)", re.MULTILINE),
    "rocm used to build pytorch": re.compile(r"^[ \t]*\W HIP Runtime (\d[\d.]+)", re.MULTILINE),
    TORCH: re.compile(r"\bTORCH_VERSION=(\d[\w.]+)"),
}
_CUDNN = re.compile(r"^[ \t]*\W CuDNN (\d\.[\d.]*\d)", re.MULTILINE)
_WITHOUT_CUDA = re.compile(r"\bUSE_CUDA=(?:0|OFF)\b(?!(?s:.{0,2000})\bUSE_(?:ROCM|XPU)=(?:1|ON)\b)")


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    facts: Partial = {}
    used: set[int] = set()
    for start in (index for index, line in enumerate(lines) if _HEAD.match(line)):
        entries = list(takewhile(_ENTRY.match, lines[start + 1 :]))
        facts = merge(facts, _facts("\n".join(entries)))
        used |= set(range(start, start + 1 + len(entries)))
    return facts, used


def _facts(text: str) -> Partial:
    raw = {name: found[1] for name, shape in _VALUES.items() if (found := shape.search(text))}
    if _WITHOUT_CUDA.search(text):
        raw.setdefault("cuda used to build pytorch", "None")
    whole = text[: text.rfind("\n") + 1]  # a list on the last line may have been cut
    raw["arch list"] = " ".join(dict.fromkeys(_CODE.findall(whole)))
    facts = facts_of(raw)
    cudnn = _CUDNN.search(text)
    return merge(facts, {"runtime": Runtime(cudnn_version=cudnn[1])}) if cudnn else facts
