"""`accelerate env` (accelerate/commands/env.py): a list of versions, and the default configuration below it."""

from __future__ import annotations

from collections.abc import Sequence

from doctor.intake.keyed import PACKAGE, blocks, facts_of, left_out, values_of
from doctor.intake.merge import Partial, merge
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
    "xpu type": "intel gpu models onboard",
}
_CONFIG = r"\t|\s+-\s\w+:"  # settings of a launch, not of the machine


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    facts: Partial = {}
    used: set[int] = set()
    for block in blocks(lines, OPENS):
        raw, taken = values_of(lines, _KEYS, block)
        facts = merge(facts, facts_of(raw))
        used |= taken | left_out(lines, (*LEFT_OUT, _CONFIG), block)
    return facts, used
