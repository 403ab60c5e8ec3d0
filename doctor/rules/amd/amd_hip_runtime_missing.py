"""AMD's HIP runtime is not found, with which the program computes on the AMD GPU.

## Why it matters
On Windows, PyTorch for AMD GPUs and ZLUDA call `amdhip64.dll` (`amdhip64_6.dll`, `amdhip64_7.dll`), which AMD's driver
and HIP SDK bring. ZLUDA stands in for CUDA's libraries in `torch\\lib`: what they lack is then AMD's.

## What to do
Update AMD's driver. ZLUDA needs the HIP SDK as well, of the version that the project names, with its `bin` folder on
PATH.

## References
- https://rocm.docs.amd.com/projects/install-on-windows/en/latest/
- https://github.com/lshqqytiger/ZLUDA
"""

from __future__ import annotations

from doctor.facts import ErrorText
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice

SEVERITY = Severity.ERROR
_HIP = r"amdhip64(?:_\d{1,2})?\.dll"
_STAND_INS = r"(?:caffe2_nvrtc|cu(?:blas|blaslt|sparse|fft|dnn|rand|solver)64_\d{1,3}|nvrtc64_\w{1,20}|nvcuda)"
SIGNATURES = (
    rf"(?i)\[WinError 126\].{{0,300}}zluda.{{0,200}}[\\/]{_STAND_INS}\.dll",
    r"\[WinError 126\].{0,300}[\\/](?:c10_hip|torch_hip|caffe2_hip)\.dll",
    rf"{_HIP}['”\"]? (?:was not found|is missing|not found|wurde nicht gefunden|est introuvable|no se encontr)",
    rf"(?:[Mm]issing|找不到|缺少|丢失|because|weil|da|car|porque) ?['“\"]?{_HIP}",
    rf"(?:Could not (?:find|load|locate)|[Ff]ailed to load|Cannot load|unable to load).{{0,80}}{_HIP}",
)
EXPLAINS = ("windows-dll-load-126", "foreign-extension-dll-load")
DRIVER = "Install the current driver for this GPU (AMD Software: Adrenalin Edition), and restart Windows"
SDK = "Install AMD's HIP SDK for Windows in the version that the project's guide names"
BIN = r"Add its bin folder (`C:\Program Files\AMD\ROCm`, the version, `bin`) to PATH, and open a new terminal"


def remedies(error: ErrorText | None) -> tuple[Action, ...]:
    own = error is not None and "_hip.dll" in error.text
    return (
        (Advice(title=DRIVER),)
        if own
        else (Advice(title=DRIVER), Advice(title=SDK, step=True), Advice(title=BIN, step=True))
    )
