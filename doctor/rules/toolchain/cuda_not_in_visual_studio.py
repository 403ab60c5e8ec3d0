"""Visual Studio does not know the CUDA toolkit, so CMake finds no CUDA toolset.

## Why it matters
CMake's Visual Studio generators ask Visual Studio for CUDA. The installer of the CUDA toolkit copies the files for
this, and only into the Visual Studio or Build Tools that are already there. nvcc can work and be on PATH all the same.

## What to do
Install the toolkit's Visual Studio Integration after Visual Studio, or build with Ninja, which needs no integration.

## References
- https://docs.nvidia.com/cuda/cuda-installation-guide-microsoft-windows/
- https://cmake.org/cmake/help/latest/variable/CMAKE_VS_PLATFORM_TOOLSET_CUDA.html
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice

SEVERITY = Severity.ERROR
SIGNATURES = (r"\bNo CUDA toolset found\b",)
AGAIN = "Run the installer of the CUDA toolkit again, choose Custom, and tick CUDA > Visual Studio Integration"
NINJA = (
    "Or build with Ninja: open the x64 Native Tools Command Prompt, type `set CMAKE_GENERATOR=Ninja`, and build there"
)
COPY = (
    r"If it still fails, copy the files of the toolkit's `extras\visual_studio_integration\MSBuildExtensions` into"
    r" `MSBuild\Microsoft\VC\v170\BuildCustomizations` of Visual Studio 2022 (`v160` for 2019)"
)


def remedies() -> tuple[Action, ...]:
    return Advice(title=AGAIN), Advice(title=NINJA), Advice(title=COPY)
