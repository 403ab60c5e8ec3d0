"""`collect_env` of MMCV, MMEngine and what builds on them (mmcv/utils/env.py, mmengine/utils/dl_utils/collect_env.py).

`MMCV Compiler` and `MMCV CUDA Compiler` are those that its operators were built with, elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from doctor.facts import Module, Runtime
from doctor.intake.formats import torch_config
from doctor.intake.keyed import PACKAGE, read_blocks
from doctor.intake.merge import Partial, merge
from doctor.intake.witness import Witness

TITLE = "OpenMMLab's `collect_env`"
WITNESS = Witness.PROGRAM
OPENS = r"^\s*sys\.platform:"
LEFT_OUT = (
    "MUSA available:",
    "MUSA_HOME:",
    "mcc:",
    "numpy_random_seed:",
    "MSVC:",
    "OpenCV:",
    r"MM\w{2,20} (?:CUDA )?Compiler:",
    "System environment:",
    "Runtime environment:",
    "(?:cudnn_benchmark|mp_cfg|dist_cfg|seed|deterministic|diff_rank_seed|launcher|randomness):",
    "Distributed (?:launcher|training):",
    "GPU number:",
)
_KEYS = {
    "sys.platform": "sys.platform",
    "python": "python version",
    "cuda available": "is cuda available",
    "cuda_home": "cuda_home",
    "nvcc": "cuda runtime version",
    "gcc": "gcc version",
    "pytorch": "pytorch version",
    "torchvision": f"{PACKAGE}torchvision",
    "mmcv": f"{PACKAGE}mmcv",
    "mmengine": f"{PACKAGE}mmengine",
    "mmdetection": f"{PACKAGE}mmdet",
    "mmsegmentation": f"{PACKAGE}mmsegmentation",
    "mmpose": f"{PACKAGE}mmpose",
}


_MADE_WITH = re.compile(r"^\s*MMCV CUDA Compiler: (?:(\d{1,2}\.\d{1,2})|not available)\s*$")


_STAMP = re.compile(r"^(?:\d{4}-\d\d-\d\d|\d\d/\d\d) \d\d:\d\d:\d\d(?:,\d{3})? - mm\w{1,20} - INFO - ")  # each line's


_PRINTED = re.compile(r"^\s*\{'sys\.platform':")  # the dict itself, on one line or more
_ENTRY = re.compile(
    r"'((?:[^'\\\n]|\\.){1,60})':\s*(?:'((?:[^'\\]|\\.)*)'?|\"((?:[^\"\\]|\\.)*)\"?|(True|False|None|[\d.]+))"
)
_NO_NVCC = re.compile(r"^/bin/sh: (?:\d+: |line \d+: )?\S{0,80}\bnvcc: (?:not found|command not found|No such file)")
_MOST_LINES, _MOST_CHARACTERS = 80, 20_000


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    lines = [_STAMP.sub("", line) for line in lines]
    facts, used = read_blocks(lines, OPENS, _KEYS, LEFT_OUT)
    for start in (index for index, line in enumerate(lines) if _PRINTED.match(line)):
        told, taken = _dict(lines, start)
        facts, used = merge(facts, told), used | taken
    made = next((match for match in map(_MADE_WITH.match, lines) if match), None) if used else None
    if made:
        facts = merge({"runtime": Runtime(modules=(Module("mmcv", built_cuda=made[1] or ""),))}, facts)
    return facts, used | _asked_for_nvcc(lines, used)


def _dict(lines: Sequence[str], start: int) -> tuple[Partial, set[int]]:
    """The keys and values as a block has them, and how torch was built, whose lines stand in one value."""
    end = next((i for i in range(start, min(start + _MOST_LINES, len(lines))) if lines[i].rstrip().endswith("}")), None)
    taken = range(start, end + 1 if end is not None else min(start + _MOST_LINES, len(lines)))
    text = "\n".join(lines[index] for index in taken)[:_MOST_CHARACTERS]
    entries = {key: next(filter(None, values), "") for key, *values in _ENTRY.findall(text)}
    built = entries.pop("PyTorch compiling details", "").replace("\\n", "\n").splitlines()
    facts, _ = read_blocks([f"{key}: {value}" for key, value in entries.items()], OPENS, _KEYS, ())
    return merge(facts, torch_config.read(built)[0]), set(taken)


def _asked_for_nvcc(lines: Sequence[str], used: set[int]) -> set[int]:
    """What the shell says of the question for its version, before the report: nothing was to be compiled."""
    first = min(used, default=0)
    return {index for index in range(max(0, first - 4), first) if _NO_NVCC.match(lines[index])}
