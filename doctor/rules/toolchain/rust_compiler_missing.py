"""A package has to be compiled with Rust, and there is no Rust compiler.

## Why it matters
tokenizers, safetensors and others are written in Rust. Where there is no wheel of the wanted release for this Python
and system, the installer tries to build it, and needs a Rust compiler for that.

## What to do
Let the installer take a release that has a wheel: a newer one, or a Python that the pinned one has wheels for.

## References
- https://github.com/huggingface/tokenizers/tree/main/bindings/python#installation
- https://rust-lang.org/tools/install/
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, Install

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"error: can't find Rust compiler",
    r"Cargo, the Rust package manager, is not installed or is not on PATH",
    r"Rust (?:compiler|toolchain) (?:is )?(?:not found|not installed|required)|Rust not found, installing into",
)
OLD_PIP = "Let a current pip look for a wheel: an old one does not know the newer kinds"
NEWER = (
    "Loosen the pin of the package, or use a Python that its pinned release has wheels for (they are listed on its page"
    " on PyPI); install Rust from rustup.rs only where it has to be this release on this Python"
)


def remedies() -> tuple[Action, ...]:
    pip = Install(requirements=("pip",), upgrade=True, title=OLD_PIP)
    return pip, Advice(title=NEWER)
