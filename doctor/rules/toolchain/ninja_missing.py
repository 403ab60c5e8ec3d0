"""Ninja is missing, which PyTorch compiles its extensions with.

## Why it matters
`torch.utils.cpp_extension.load` and packages built with CMake or Meson call the program `ninja`. It has to be on the
PATH of the process that compiles, so an environment that is not activated can hide it.

## What to do
Install the package ninja into the environment that compiles, and activate the environment.

## References
- https://docs.pytorch.org/docs/stable/cpp_extension.html
- https://ninja-build.org/
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Install
from doctor.rules.windows import _shell

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"Ninja is required to load C\+\+ extensions|ninja is required to build \w{1,20} extension",
    r"unable to find a build program corresponding to \"Ninja\"",
    r"Could not (?:detect|find) [Nn]inja\b",
    r"\bninja: (?:command )?not found",
    _shell.not_recognized("ninja"),
    r"No such file or directory: '[^']{0,200}(?<!build\.)\bninja(?:\.exe)?'",
)
EXPLAINS = ("jit-extension-not-built",)


def remedies() -> tuple[Action, ...]:
    return (Install(requirements=("ninja",)),)
