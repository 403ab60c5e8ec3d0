"""The DLL that fails belongs to another package, not to torch.

## Why it matters
The message looks like torch's well-known DLL errors, but the module that it names belongs to another package.
Reinstalling torch changes nothing.

## What to do
Reinstall the package that owns the named module, and the Visual C++ runtime if it needs it.

## References
- https://docs.python.org/3/library/os.html#os.add_dll_directory
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice
from doctor.rules.windows._loader import OWN

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"DLL load failed while importing ?(?!_C\b|_ssl\b|_imaging|libtriton|_ext\b|\w*_cuda\b|flash_attn)\w+",
    r"\[WinError (?:126|127|193|1114)\](?!.{0,300}[\\/](?:torch(?:audio|vision)?|NVIDIA GPU Computing Toolkit)[\\/])"
    r".{0,200}[Ee]rror loading \W?[A-Za-z]:",
    r"kernel failed to start as (?:a|the) dll could not be loaded|kernelFailuresDllLoad",  # what VS Code says
    r"LoadLibrary failed with error 12[67](?!.{0,200}torch[\\/]+lib)",
    rf"Could not find module (?!.{{0,200}}(?:torch[\\/]lib|bitsandbytes_|\b(?:cu[a-z]{{2,8}}|nvrtc)64_|{OWN}))"
    r"'.{1,200}\(or one of its dependencies\)",
)


def remedies() -> tuple[Action, ...]:
    return (Advice(title="Reinstall the package that the named module belongs to; torch stays as it is"),)
