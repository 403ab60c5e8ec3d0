"""A plug-in for another device, which torch loads by itself, cannot be imported.

## Why it matters
Packages such as torch_npu, torch_musa or habana announce themselves to torch (entry point `torch.backends`), and
`import torch` loads them. One that does not fit this torch, or lacks its toolkit, makes every import of torch fail.
torch itself is whole.

## What to do
Start with TORCH_DEVICE_BACKEND_AUTOLOAD=0, and install the release of the plug-in for this torch, or remove it.

## References
- https://docs.pytorch.org/tutorials/unstable/python_extension_autoload.html
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, Rerun

SEVERITY = Severity.ERROR
SIGNATURES = (r"Failed to load the backend extension: \w",)
EXPLAINS = ("torch-not-importable", "package-missing", "module-shadowed", "unmet-requirements")
FIT = "Install the release of the plug-in that is made for this torch, with its toolkit, or uninstall it"


def remedies() -> tuple[Action, ...]:
    return Rerun(set=(("TORCH_DEVICE_BACKEND_AUTOLOAD", "0"),)), Advice(title=FIT)
