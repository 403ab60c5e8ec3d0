"""Conda finds no set of packages that fits all that is asked for.

## Why it matters
The versions, builds and channels asked for exclude each other, or exclude what is already in the environment: an old
Python or `base`, a `pytorch-cuda` whose channel (nvidia) is missing, two channels that are mixed, a file of `conda env
export` from another system, which names builds that are not there. `__cuda` and `__glibc` stand for the driver and the
system.

## What to do
Start from an empty environment and ask for few versions, from one channel; conda-forge builds PyTorch with CUDA. The
channel `pytorch` ended with PyTorch 2.5. Where there is no driver, as in an image build, set CONDA_OVERRIDE_CUDA to the
CUDA version that will be there later.

## References
- https://docs.conda.io/projects/conda/en/stable/user-guide/troubleshooting.html
- https://conda-forge.org/docs/user/tipsandtricks/#installing-cuda-enabled-packages-like-tensorflow-and-pytorch
"""

from __future__ import annotations

from doctor.facts import ErrorText
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, CondaCommand, NewEnvironment

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"(?:LibMamba)?UnsatisfiableError: ",
    r"specifications were found to be incompatible with",
    r"package \S{1,80} requires .{1,160}, but none of the providers can be installed",
    r"nothing provides (?!requested).{1,120} needed by \S",
    r"^\s*(?:Package )?[\w.-]{1,60} conflicts for:\s*$",
    r"Found conflicts! Looking for incompatible packages",
    r"Could not solve for environment specs|does not exist \(perhaps a (?:typo or a )?missing channel\)",
    r"which conflicts with any installable versions previously reported|is excluded by strict repo priority",
    r"failed to solve the (?:conda requirements|environment)|Cannot solve the request because of:",
    r"\b__cuda\b.{0,60}, which is missing on the system|Virtual package '__cuda\b[^']{0,60}' does not match any of",
    r"The following packages? (?:are incompatible|could not be installed)\s*(?:$|[├└])",
    r"InvalidSpec: The package .{1,200} is not available for the specified platform",
)
EXPLAINS = ("torch-not-installed", "torch-not-importable", "wrong-index-or-platform", "python-version-unsupported")
DRIVER = "To use a GPU, install or update the NVIDIA driver: __cuda is the CUDA version up to which it goes"
LATER = "Where the GPU is elsewhere (image build, login node), set CONDA_OVERRIDE_CUDA to the CUDA version there"
FLEXIBLE = "Let conda take packages of channels with a lower priority, too"


def remedies(error: ErrorText | None) -> tuple[Action, ...]:
    if error and "__cuda" in error.text:
        return Advice(title=DRIVER), Advice(title=LATER)
    strict = error is not None and "strict repo priority" in error.text
    flexible = CondaCommand(("config", "--set", "channel_priority", "flexible"), title=FLEXIBLE, writes=("~/.condarc",))
    return *((flexible,) if strict else ()), NewEnvironment()
