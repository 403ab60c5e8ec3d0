"""`sycl-ls`: the devices of SYCL's back ends, a line each."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from doctor.facts import Cpu
from doctor.intake.adapters import DisplayAdapter, facts_of
from doctor.intake.merge import Partial
from doctor.intake.witness import Witness

TITLE = "`sycl-ls`"
WITNESS = Witness.DRIVER
OPENS = ""
LEFT_OUT: tuple[str, ...] = ()
# [level_zero:gpu][level_zero:0] Intel(R) oneAPI Unified Runtime over Level-Zero, Intel(R) Arc(TM) … 20.1.0 [1.6.3]
_LINE = re.compile(
    r"\s*\[(?:ext_oneapi_)?(level_zero|opencl|cuda|hip|native_cpu):(gpu|cpu|acc|fpga)(?::\d+)?\](?:\[\w+:\d+\])?"
    r" [^,]+, (\S.*?)(?<!\s)(?: (?:OpenCL )?\d+\.\d+(?:\.\d+)?)?(?: NEO)?(?:\s+\(Build \d+\))?\s*\[[^\]]*\]\s*$"
)


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    found = {index: match for index, line in enumerate(lines) if (match := _LINE.match(line))}
    gpus = {back: [m[3] for m in found.values() if m[1] == back and m[2] == "gpu"] for back in ("level_zero", "opencl")}
    others = [match[3] for match in found.values() if match[1] in ("cuda", "hip")]
    facts = facts_of(DisplayAdapter(name) for name in [*(gpus["level_zero"] or gpus["opencl"]), *others])
    if gpus["level_zero"] and "intel" in facts:
        facts["intel"] = msgspec.structs.replace(facts["intel"], level_zero=True)
    if cpu := next((match[3] for match in found.values() if match[2] == "cpu"), None):
        facts["cpu"] = Cpu(model=cpu)
    return facts, set(found)
