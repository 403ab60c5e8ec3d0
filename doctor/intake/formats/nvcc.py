"""`nvcc --version`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doctor.facts import Toolkits
from doctor.intake.merge import Partial
from doctor.intake.witness import Witness

TITLE = "`nvcc --version`"
WITNESS = Witness.DRIVER
OPENS = ""
LEFT_OUT = (
    r"nvcc: NVIDIA \(R\) Cuda compiler(?: driver)?$",
    r"Copyright \(c\) 20\d\d-20\d\d NVIDIA Corporation$",
    r"Built on \w{3}_",
    r"Build cuda_",
)
_RELEASE = re.compile(r"\s*Cuda compilation tools, release \d+\.\d+, V(\d+\.\d+\.\d+)")


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    found = {index: match[1] for index, line in enumerate(lines) if (match := _RELEASE.match(line))}
    if not found:
        return {}, set()
    rest = re.compile(rf"\s*(?:{'|'.join(LEFT_OUT)})")
    near = {index for start in found for index in range(max(0, start - 3), min(len(lines), start + 2))}
    used = set(found) | {index for index in near if rest.match(lines[index])}
    return {"toolkits": Toolkits(nvcc_version=next(iter(found.values())))}, used
