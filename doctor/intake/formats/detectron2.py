"""Detectron2's `collect_env` (detectron2/utils/collect_env.py): columns, and how torch was built.

The compilers are those of the machine where its extension could not be loaded, else those that it was built with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from doctor.catalog import Capability
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
_ARCHITECTURES = re.compile(r"^\s*detectron2 arch flags\s{2,}((?:(?:sm_)?\d[\d.]{1,4}(?:, |\s*$)){1,30})")
_MADE_WITH = re.compile(r"^\s*CUDA compiler\s{2,}(?:CUDA (\d{1,2}\.\d{1,2})|not available)\s*$")
_EXTENSION = re.compile(r"^\s*detectron2\._C\s{2,}(not built correctly|failed to import)[.:]?\s*(.*)$")
_OF_THE_MACHINE = ("Cuda compilation tools", "Build cuda_")  # the last lines of nvcc


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    facts, used = read_blocks(lines, OPENS, _KEYS, LEFT_OUT, _rows)
    extension = _extension(lines) if used else Module("")
    if extension != Module(""):
        facts = merge({"runtime": Runtime(modules=(replace(extension, name="detectron2._C"),))}, facts)
        used |= {index for index, line in enumerate(lines) if _EXTENSION.match(line)}
    return facts, used


def _extension(lines: Sequence[str]) -> Module:
    """What is told of Detectron2's own code: that it does not load, what it was built with, and for which GPUs."""
    module = Module("")
    for line in lines:
        if failed := _EXTENSION.match(line):
            module = replace(module, failure=Failure(failed[2] or failed[1], text=line))
        elif made := _MADE_WITH.match(line):
            module = replace(module, built_cuda=made[1] or "")
        elif listed := _ARCHITECTURES.match(line):
            known = (Capability.of(f"sm_{re.sub(r'[^0-9]', '', one)}") for one in listed[1].split(","))
            module = replace(module, built_sm=tuple(str(one) for one in known if one) or None)
    return module


def _rows(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    for index, key, value in columns(lines):
        if key != "cuda compiler" or value.startswith(_OF_THE_MACHINE):
            yield index, key, value
