"""`nvidia-smi -L`: GPUs by name and UUID, and the MIG devices below each; `nvidia-smi topo -m`, which names none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doctor.facts import Gpu, Nvidia
from doctor.intake.merge import Partial
from doctor.intake.witness import Witness
from doctor.text.nvidia_smi import is_mobile

TITLE = "`nvidia-smi -L`"
WITNESS = Witness.DRIVER
OPENS = ""
LEFT_OUT = (
    r"\s*GPU0\s.*(?:CPU Affinity|GPU1)",
    r"\s*(?:GPU|NIC|mlx\d_)\d+\s+(?:(?:X|NV\d+|SYS|NODE|PHB|PXB|PIX|SOC|PSB)\s+)+",
    r"\s*Legend:$",
    r"\s*(?:X|SYS|NODE|PHB|PXB|PIX|NV#|SOC|PSB)\s+= (?:Self|Connection traversing)",
    r"\s*NIC Legend:$",
    r"\s*NIC\d+: \w+$",
)
_GPU = re.compile(r"\s*GPU (\d{1,2}): (\S.{1,60}?) \(UUID: [^)]*\)?\s*$")
_MIG = re.compile(r"\s+MIG \S+\s+Device\s+\d+: \(UUID")


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    found = {index: match for index, line in enumerate(lines) if (match := _GPU.match(line))}
    gpus = {int(match[1]): Gpu(match[2], int(match[1]), mobile=is_mobile(match[2])) for match in found.values()}
    used = set(found) | {index for index, line in enumerate(lines) if _MIG.match(line) and found}
    if any(re.match(LEFT_OUT[0], line) for line in lines):
        matrix = re.compile("|".join(LEFT_OUT))
        used |= {index for index, line in enumerate(lines) if matrix.match(line)}
    if not gpus:
        return {}, used
    return {"nvidia": Nvidia(gpus=tuple(gpus.values()), gpus_source="nvidia-smi")}, used
