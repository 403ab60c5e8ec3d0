"""The program computes through DirectML, and this PyTorch has no such device.

## Why it matters
PyTorch itself knows nothing of DirectML. The package torch-directml adds it, for the one release of PyTorch that each
of its releases asks for, and gives the device under a name of its own. Programs written for its predecessor
pytorch-directml ask for a device "dml", which no PyTorch has any more.

## What to do
Put torch-directml into an environment of its own, let it choose PyTorch, and start the program with its option for
DirectML. In a program of your own, take the device from `torch_directml.device()`.

## References
- https://learn.microsoft.com/windows/ai/directml/pytorch-windows
- https://github.com/microsoft/DirectML/tree/master/PyTorch
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"module 'torch' has no attribute '(?:dml|directml)'",
    r"device type at start of device string: (?:dml|privateuseone)\b",
    r"No module named '?torch_directml\b",
    r"(?:Could not run '[\w:]{3,60}' with arguments from|Could not load) the 'DML' backend",
)
EXPLAINS = ("package-missing", "user-code-error")
OWN = (
    "Make a new environment with Python 3.12 or older, and install torch-directml into it: it brings the"
    " one PyTorch that it is made for"
)
START = "Start the program in that environment with its option for it (`--directml`, in some `--use-directml`)"
DEVICE = 'In a program of your own, write `torch_directml.device()` where the device is "dml"'


def remedies() -> tuple[Action, ...]:
    return Advice(title=OWN), Advice(title=START, step=True), Advice(title=DEVICE)
