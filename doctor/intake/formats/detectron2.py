"""Detectron2's `collect_env` (detectron2/utils/collect_env.py): columns, and how torch was built.

The compilers are those of the machine where its extension could not be loaded, else those that it was built with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from doctor.facts import Failure, Module, Runtime
from doctor.intake.keyed import PACKAGE, VARIABLE, columns, read_blocks
from doctor.intake.merge import Partial, merge
from doctor.intake.witness import Witness

TITLE = "Detectron2's `collect_env`"
WITNESS = Witness.PROGRAM
OPENS = r"^\s*sys\.platform\s{2,}\S"
LEFT_OUT = (
    r"DETECTRON2_ENV_MODULE\s{2,}",
    r"(?:detectron2|torchvision) arch flags\s{2,}",
    r"torch\._C\._GLIBCXX_USE_CXX11_ABI\s{2,}",
    r"torchvision\._C\s{2,}",
    r"Compiler\s{2,}",
    r"CUDA compiler\s{2,}",
    r"ROCM_HOME\s{2,}",
    r"cv2\s{2,}",
    r"-{8,}  -{8,}\s*$",
)
_KEYS = {
    "sys.platform": "sys.platform",
    "python": "python version",
    "numpy": f"{PACKAGE}numpy",
    "detectron2": f"{PACKAGE}detectron2",
    "compiler ($cxx)": "gcc version",
    "cuda compiler": "cuda runtime version",
    "pytorch": "pytorch version",
    "pytorch debug build": "is debug build",
    "gpu available": "is cuda available",
    "driver version": "nvidia driver version",
    "cuda_home": "cuda_home",
    "torch_cuda_arch_list": f"{VARIABLE}TORCH_CUDA_ARCH_LIST",
    "pillow": f"{PACKAGE}pillow",
    "torchvision": f"{PACKAGE}torchvision",
    "fvcore": f"{PACKAGE}fvcore",
    "iopath": f"{PACKAGE}iopath",
}
_EXTENSION = re.compile(r"^\s*detectron2\._C\s{2,}(not built correctly|failed to import)[.:]?\s*(.*)$")
_OF_THE_MACHINE = ("Cuda compilation tools", "Build cuda_")  # the last lines of nvcc


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    facts, used = read_blocks(lines, OPENS, _KEYS, LEFT_OUT, _rows)
    for index, line in enumerate(lines):
        if used and (failed := _EXTENSION.match(line)):
            broken = Module("detectron2._C", failure=Failure(failed[2] or failed[1], text=line))
            facts = merge({"runtime": Runtime(modules=(broken,))}, facts)
            used.add(index)
    return facts, used


def _rows(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    for index, key, value in columns(lines):
        if key != "cuda compiler" or value.startswith(_OF_THE_MACHINE):
            yield index, key, value
