"""`accelerate env` (accelerate/commands/env.py): a list of versions, and the default configuration below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doctor.facts import Variables
from doctor.intake.keyed import PACKAGE, read_blocks
from doctor.intake.merge import Partial, merge
from doctor.intake.values import known_sections
from doctor.intake.witness import Witness

TITLE = "`accelerate env`"
WITNESS = Witness.PROGRAM
OPENS = r"^\W*`Accelerate` version:"
LEFT_OUT = (
    "`accelerate` bash location",
    r"PyTorch (?:NPU|MLU|MUSA|SDAA|HPU|Neuron) available",
    "`Accelerate` default config",
)
_KEYS = {
    "accelerate version": f"{PACKAGE}accelerate",
    "platform": "python platform",
    "python version": "python version",
    "numpy version": f"{PACKAGE}numpy",
    "pytorch version (gpu?)": "pytorch version",
    "pytorch version": "pytorch version",
    "pytorch xpu available": "is xpu available",
    "system ram": "system ram",
    "gpu type": "gpu models and configuration",
    "xpu type": "gpu models and configuration",
}
CONFIG = r"\t|\s+-\s\w+:"  # settings of a launch, not of the machine


_GPU_IDS = re.compile(r"\s+- gpu_ids: ['\"]?(?!all\b|None\b)(\S[^'\"\n]{0,80})")
_OTHERS = re.compile(r"\s+- (?:distributed_type: (?:MULTI_(?!GPU)|XLA|TPU|MPS)|use_cpu: True)")


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    facts, used = read_blocks(lines, OPENS, _KEYS, (*LEFT_OUT, CONFIG))
    return merge(facts, _launched([lines[index] for index in sorted(used)])), used


def _launched(settings: Sequence[str]) -> Partial:
    """`accelerate launch` hands gpu_ids on as CUDA_VISIBLE_DEVICES (accelerate/utils/launch.py)."""
    found = next(filter(None, map(_GPU_IDS.match, settings)), None)
    if found is None or any(map(_OTHERS.match, settings)):
        return {}
    return known_sections({"variables": Variables(complete=False, launched={"CUDA_VISIBLE_DEVICES": found[1].strip()})})
