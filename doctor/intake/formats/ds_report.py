"""DeepSpeed's `ds_report` (deepspeed/env_report.py): a table of operators, and keys with dots up to their values.

`deepspeed wheel compiled w.` is what the wheel was built with, not what is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from doctor.intake.keyed import PACKAGE, left_out, read_blocks
from doctor.intake.merge import Partial
from doctor.intake.values import NO_CUDA
from doctor.intake.witness import Witness

TITLE = "DeepSpeed's `ds_report`"
WITNESS = Witness.PROGRAM
OPENS = r"^\s*DeepSpeed general environment info:"
LEFT_OUT = (
    "DeepSpeed general environment info:",
    r"deepspeed (?:install path|wheel compiled w\.) \.",
    r"torch_npu (?:install path|version) \.",
    r"ascend_cann version \.",
)
_TABLE = (
    r"DeepSpeed C\+\+/CUDA extension op report\s*$",
    "NOTE: Ops not installed will be just-in-time",
    "runtime if needed. Op compatibility means that your system",
    "meet the required dependencies to JIT install the op",
    r"JIT compiled ops requires ninja\s*$",
    r"op name \.+ installed \.+ compatible\s*$",
    r"\w{2,40} (?:\.{1,40} | )\[(?:YES|NO|OKAY|FAIL)\](?: \.+ \[\w{2,4}\])?\s*$",
    r"\[[\d :,-]{15,30}\] \[INFO\] \[real_accelerator\.py:\d+:get_accelerator\] Setting ds_accelerator to",
)
_KEYS = {
    "torch install path": "python version",
    "torch version": "pytorch version",
    "torch cuda version": "cuda used to build pytorch",
    "torch hip version": "rocm used to build pytorch",
    "nvcc version": "cuda runtime version",
    "deepspeed info": f"{PACKAGE}deepspeed",
    "shared memory (/dev/shm) size": "shared memory",
}
_ROW = re.compile(r"^\s*([a-z][\w ()/.]{3,40}?) \.{3,40} +(\S.*)$")
_OF_PYTHON = re.compile(r"\bpython(3\.\d{1,2})[/\\]")


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    facts, used = read_blocks(lines, OPENS, _KEYS, LEFT_OUT, _rows)
    return facts, used | left_out(lines, _TABLE, range(len(lines)))


def _rows(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Values; the path of torch tells the Python that it is for, and that torch finds no toolkit that there is none."""
    for index, line in enumerate(lines):
        if row := _ROW.match(line):
            key, value = row[1], row[2]
            if key == "torch install path":
                value = found[1] if (found := _OF_PYTHON.search(value)) else ""
            yield index, key, NO_CUDA if "[FAIL] cannot find CUDA_HOME" in value else value
