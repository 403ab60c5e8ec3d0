"""The command that shows a fact to a person on the machine."""

from __future__ import annotations

from doctor.model import PROGRAM, Argv
from doctor.remedy.place import Place
from doctor.remedy.program import has

_BY_US: Argv = (PROGRAM, "check")
# what shows a fact, by its place or its section
_SHOWN_BY: dict[str, Argv] = {
    "nvidia.device_nodes": ("ls", "-l", "/dev/nvidia0", "/dev/nvidiactl", "/dev/nvidia-uvm"),
    "nvidia.fabric_manager": ("systemctl", "status", "nvidia-fabricmanager"),
    "host": ("nvidia-smi",),  # there where the program runs
    "torch": ("python", "-c", "import torch; print(torch.__version__, torch.version.cuda, torch.version.hip)"),
    "runtime": ("python", "-c", "import torch; torch.cuda.init()"),
    "nvidia": ("nvidia-smi",),
    "amd": ("rocminfo",),
    "variables": ("python", "-c", "import os; print(os.environ.get('CUDA_VISIBLE_DEVICES'))"),
    "packages": ("python", "-m", "pip", "list"),
    "conda": ("conda", "list"),
    "toolkits": ("nvcc", "--version"),
}


def shown_by(fact: str, place: Place) -> Argv:
    """Of "nvidia.device_nodes" and its like; the doctor itself shows whatever no other program there does."""
    program, *words = _SHOWN_BY.get(fact) or _SHOWN_BY.get(fact.partition(".")[0], _BY_US)
    if place.os and not has(program, place):
        return _BY_US
    return (place.interpreter if program == "python" else program, *words)
