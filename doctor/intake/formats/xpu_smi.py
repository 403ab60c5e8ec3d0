"""`xpu-smi discovery`: a table of Intel's GPUs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doctor.facts import Intel
from doctor.intake.keyed import stretch
from doctor.intake.merge import Partial
from doctor.intake.witness import Witness

TITLE = "`xpu-smi discovery`"
WITNESS = Witness.DRIVER
OPENS = r"\| Device ID +\| Device Information +\|"
LEFT_OUT = (r"\s*\+-+\+-+\+$", r"\s*\|\s*+\d*+\s*+\|.*\|$")
_NAME = re.compile(r"\s*\|\s*+\d*\s*+\| Device Name: (\S.*?)(?<!\s)\s*\|$")


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    start = next((index for index, line in enumerate(lines) if re.search(OPENS, line)), None)
    if start is None:
        return {}, set()
    block = stretch(lines, start, "|".join(LEFT_OUT), LEFT_OUT[0])
    names = tuple(found[1] for index in block if (found := _NAME.match(lines[index])))
    return ({"intel": Intel(gpus=names, level_zero=True)} if names else {}), set(block)
