"""The environment was moved or copied, or the Python that it was made with is gone.

## Why it matters
The commands of an environment hold the full path of their Python. When the folder is moved, renamed or copied to
another machine, or when that Python is removed or updated, they start nothing, whatever is installed.

## What to do
Recreate the environment, and install again what was in it. `python -m pip` goes on working where only `pip` is lost.

## References
- https://docs.python.org/3/library/venv.html#how-venvs-work
- https://docs.python.org/3/using/cmdline.html#envvar-PYTHONHOME
"""

from __future__ import annotations

from doctor.facts import ErrorText
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, NewEnvironment, Rerun

SEVERITY = Severity.ERROR
_HOME = (
    r"Fatal Python error: (?:init_fs_encoding|initfsencoding|Py_Initialize): (?:failed to get|unable to (?:get|load))"
)
SIGNATURES = (
    r"Unable to create process using '\"?[A-Za-z]:(?![^'\n]{1,200}WindowsApps[\\/])",
    r"\b[Nn]o Python at ['\"]|No pyvenv\.cfg file",
    r"/bin/[\w.-]{1,40}: (?:/\S{1,200}: (?:bad interpreter|[Dd]efekter Interpreter|解释器错误)|bad interpreter: /)",
    r"^failed to create process\.\s*$",
    _HOME,
)
EXPLAINS = ("python-32bit",)  # a path in the message has it
AS_MODULE = "Use `python -m pip` instead of `pip`, where python still starts"


def remedies(error: ErrorText | None) -> tuple[Action, ...]:
    anew = NewEnvironment(title="Recreate the environment")
    if error and "Fatal Python error" in error.text:
        return Rerun(unset=("PYTHONHOME", "PYTHONPATH"), title="Leave out variables that lead Python astray"), anew
    return Advice(title=AS_MODULE), anew
