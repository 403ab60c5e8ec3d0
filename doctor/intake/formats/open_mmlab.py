"""`collect_env` of MMCV, MMEngine and what builds on them (mmcv/utils/env.py, mmengine/utils/dl_utils/collect_env.py).

`MMCV Compiler` and `MMCV CUDA Compiler` are those that its operators were built with, elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from doctor.facts import Module, Runtime
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


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    lines = [_STAMP.sub("", line) for line in lines]
    facts, used = read_blocks(lines, OPENS, _KEYS, LEFT_OUT)
    made = next((match for match in map(_MADE_WITH.match, lines) if match), None) if used else None
    if made:
        facts = merge({"runtime": Runtime(modules=(Module("mmcv", built_cuda=made[1] or ""),))}, facts)
    return facts, used
