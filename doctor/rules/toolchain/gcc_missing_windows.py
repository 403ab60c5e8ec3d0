"""A program compiles with gcc, and this Windows has none that fits.

## Why it matters
Some models, quantized ChatGLM among them, compile their CPU kernels with `gcc` when they start. Windows has no gcc.
Old MinGW is of 32 bits and has no threads. Without the kernels such a model does not run on the CPU; on a GPU it does.

## What to do
Install a GCC of 64 bits with POSIX threads and OpenMP, and open a new terminal.

## References
- https://winlibs.com/
- https://github.com/zai-org/ChatGLM-6B#readme
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, SystemPackage
from doctor.rules.windows import _shell

SEVERITY = Severity.ERROR
SIGNATURES = (
    _shell.not_recognized(r"(?:(?:x86_64|i686)-w64-mingw32-)?(?:gcc|g\+\+)(?:\.exe)?"),
    r"mingw\S{0,120}[\\/]ld\.exe: cannot find -lpthread",
)
NEW = "Open a new terminal, and see with `where.exe gcc` that it comes before an older MinGW"
GPU = "Where the model is moved to the GPU with `.cuda()`, it runs there without these kernels"


def remedies() -> tuple[Action, ...]:
    return SystemPackage(name="gcc"), Advice(title=NEW, step=True), Advice(title=GPU)
