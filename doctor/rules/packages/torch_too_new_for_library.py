"""torch is newer than the library or the extension that uses it.

## Why it matters
New releases of torch take away functions, modules and headers that were deprecated before. A library or the sources of
an extension that were written for an older torch fail when they are imported or compiled.

## What to do
Use a newer release of the library. Where there is none, give the project an environment with the torch that it names.

## References
- https://github.com/pytorch/pytorch/releases
- https://github.com/pytorch/pytorch/wiki/TH-to-ATen-porting-guide
"""

from __future__ import annotations

import re

from doctor.facts import ErrorText
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, FittingTorch

SEVERITY = Severity.ERROR
_HEADER = r"\bTHC/THC\w{0,30}\.(?:h|cuh)\b"
_GONE = {  # the releases of torch that still have it
    "<1.9": r"cannot import name '(?:container_abcs|int_classes)' from 'torch\._six'",
    "<1.11": rf"{_HEADER}['\"’”]?(?:: No such file| ?file not found|: 没有那个文件)"
    rf"|(?:Cannot open include file|无法打开包括文件|Datei \(Include\) kann nicht geöffnet werden).{{0,6}}{_HEADER}",
    "<1.13": r"This function was deprecated since version 1\.9 and is now removed"
    r"|module 'torch' has no attribute '(?:symeig|eig|lstsq|solve|matrix_rank)'",
    "<2.0": r"No module named '?torch\._six\b|cannot import name '\w{1,40}' from 'torch\._six'",
    "<2.1": r"C\+\+17 or later compatible compiler is required to use PyTorch|You need C\+\+17 to compile PyTorch",
    "<2.2": r"cannot import name '_accumulate' from 'torch\._utils'",
}
SIGNATURES = (
    *_GONE.values(),
    # gone for so long that no torch of today's machines has it
    r"module 'torch' has no attribute '(?:rfft|irfft|ifft|gels|btrifact)'|torch\.utils\.ffi is deprecated"
    r"|Legacy autograd function with non-static forward method is deprecated",
    r"identifier \"AT_CHECK\" is undefined|['‘]AT_CHECK['’] was not declared|'AT_CHECK': identifier not found",
    r"from ['\"‘]?(?:const )?at::DeprecatedTypeProperties['\"’]? to ['\"‘]?(?:c10|at)::ScalarType",
)
OLDER = "Or give the project an environment of its own with a PyTorch that still has it"
NEWER = "Use a newer release of the library or project that fails, where there is one"


def remedies(error: ErrorText | None) -> tuple[Action, ...]:
    text = error.text if error else ""
    newer = Advice(title=NEWER)
    had = next((releases for releases, gone in _GONE.items() if re.search(gone, text)), None)
    return (newer, FittingTorch(torch=had, title=OLDER)) if had else (newer,)
