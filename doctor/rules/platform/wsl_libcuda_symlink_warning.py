"""ldconfig warns that /usr/lib/wsl/lib/libcuda.so.1 is not a symbolic link; this is harmless.

## Why it matters
Windows mounts its libraries into WSL as plain files. ldconfig says so on every run; CUDA works nevertheless.

## What to do
Nothing needs to be done.

## References
- https://github.com/microsoft/WSL/issues/5663
"""

from __future__ import annotations

from doctor.facts import ErrorText, Host
from doctor.model import Severity
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.INFO
IS_NOTICE = True
MESSAGE = "ldconfig's warning about libcuda.so.1 is harmless in WSL"
SIGNATURES = (r"libcuda\.so(?:\.1)? is not a symbolic link",)


def check(error: ErrorText | None, host: Host | None) -> Answer:
    if host and host.wsl == 0:
        return not_there("host.wsl", 0)
    told = _nvidia.matching_line(SIGNATURES[0], None, None, error)
    return there(seen("error.text", told)) if told else cannot_tell("error.text")
