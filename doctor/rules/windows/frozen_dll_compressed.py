"""A DLL of a program that was packed into an exe was compressed, and Windows cannot load it.

## Why it matters
PyInstaller lets UPX compress what it packs, where UPX is found. DLLs that guard their own control flow, as those of
CUDA do, do not bear it: Windows answers with error 998, "Invalid access to memory location".

## What to do
Build the program again without UPX. The Python that it was built with is sound.

## References
- https://pyinstaller.org/en/stable/usage.html#using-upx
- https://github.com/upx/upx/issues/398
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice

SEVERITY = Severity.ERROR
SIGNATURES = (
    # an installed torch lies in site-packages, a packed one does not
    r"\[WinError 998\].{0,80}[Ee]rror loading [\"“](?!.{0,300}site-packages)",
    r"DLL load failed(?: while importing \w{1,60})?: Invalid access to memory location",
)
EXPLAINS = ("torch-not-importable",)
BUILD = (
    "Build the program again with `--noupx` (in a .spec file: `upx=False`), after its folders build and dist are gone"
)


def remedies() -> tuple[Action, ...]:
    return (Advice(title=BUILD),)
