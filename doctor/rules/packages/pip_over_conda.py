"""pip has replaced packages that conda installed.

## Why it matters
conda still assumes that its own versions are installed. The next `conda install` or `conda update` overwrites pip's
files, and libraries of both get mixed.

## What to do
Install these packages with only one of the two, preferably in a fresh environment.

## References
- https://www.anaconda.com/blog/using-pip-in-a-conda-environment
"""

from __future__ import annotations

from doctor.facts import Conda
from doctor.model import Severity
from doctor.remedy.actions import Action, CondaCommand
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.WARNING
MESSAGE = "pip has replaced packages of conda: {names}"
UNLESS = (r"/dist-packages|The package was installed by debian",)
SIGNATURES = (
    r"Cannot uninstall (?!'?(?:blinker|PyGObject|dbus-python|distro|pexpect)\b).{0,60}"  # Debian's and Ubuntu's
    r"distutils installed project.{0,120}cannot accurately determine",
    r"The package was installed by conda",
    r"Conda was asked to clobber an existing path|The following files were already present in the environment",
)
_MATTERS = {
    "torch", "pytorch", "torchvision", "torchaudio", "numpy", "mkl", "intel-openmp", "triton", "pillow",
}  # fmt: skip


def check(conda: Conda) -> Answer:
    names = [name for name in conda.pip_over_conda if name.lower() in _MATTERS]
    if not names:
        return not_there("conda.pip_over_conda", "none of torch's") if conda.prefix else cannot_tell("conda.prefix")
    shown = ", ".join(names)
    return there(seen("conda.pip_over_conda", shown, "each package from one installer"), names=shown)


def remedies() -> tuple[Action, ...]:
    export = ("env", "export", "--from-history")
    return (CondaCommand(words=export, title="List what was requested, to create a new environment from it"),)
