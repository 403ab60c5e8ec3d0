"""`llamafactory-cli env`: "(GPU)" behind torch's version says that CUDA is available, its absence that it is not."""

from __future__ import annotations

from collections.abc import Sequence

from doctor.intake.devices import ListedGpu, facts_of_devices
from doctor.intake.keyed import PACKAGE, TORCH, blocks, facts_of, left_out, values_of
from doctor.intake.merge import Partial, merge
from doctor.intake.values import bytes_of, number_of
from doctor.intake.witness import Witness

TITLE = "`llamafactory-cli env`"
WITNESS = Witness.PROGRAM
OPENS = r"^\W*`?llamafactory`? version:"
LEFT_OUT = ("Git commit:", "Default data directory:", "NPU type:", "CANN version:")
_PACKAGES = ("Transformers", "Datasets", "Accelerate", "PEFT", "TRL", "DeepSpeed", "Bitsandbytes", "vLLM")
_KEYS = {
    "llamafactory version": f"{PACKAGE}llamafactory",
    "platform": "python platform",
    "python version": "python version",
    "pytorch version": TORCH,
    "gpu type": "name",
    "gpu number": "count",
    "gpu memory": "memory",
    **{f"{name.lower()} version": f"{PACKAGE}{name.lower()}" for name in _PACKAGES},
}


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    facts: Partial = {}
    used: set[int] = set()
    for block in blocks(lines, OPENS):
        raw, taken = values_of(lines, _KEYS, block)
        if TORCH in raw:
            raw["is cuda available"] = str("(GPU)" in raw[TORCH])
        device = ListedGpu(raw.get("name", ""), bytes_of(raw.get("memory")))
        facts = merge(merge(facts, facts_of(raw)), facts_of_devices([device] * (number_of(raw.get("count")) or 1)))
        used |= taken | left_out(lines, LEFT_OUT, block)
    return facts, used
