"""`accelerate env` (accelerate/commands/env.py): a list of versions, and the default configuration below it."""

from __future__ import annotations

from collections.abc import Sequence

from doctor.intake.keyed import PACKAGE, read_blocks
from doctor.intake.merge import Partial
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


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    return read_blocks(lines, OPENS, _KEYS, (*LEFT_OUT, CONFIG))
