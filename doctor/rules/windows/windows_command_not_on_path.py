"""The shell does not find python, pip or another command of Python.

## Why it matters
Windows finds a command only in the folders of PATH. The installer of Python adds its own only when it is asked to, and
a terminal that is open keeps the old PATH. Commands of packages lie in the Scripts folder of one environment.

## What to do
See whether it is installed at all. The launcher `py` finds the Pythons of python.org without PATH, and runs their pip.

## References
- https://docs.python.org/3/using/windows.html
"""

from __future__ import annotations

from doctor.facts import Python
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice
from doctor.rules.windows import _shell

SEVERITY = Severity.ERROR
# conda has a rule of its own; nvidia-smi lies in System32, so that it is the driver that is missing
_COMMANDS = (
    r"[\\/]?(?:pip|python|py|pythonw|uv|uvx|pipx|pixi|poetry|ipython|jupyter(?:-\w+)?|torchrun|accelerate|tensorboard"
    r"|huggingface-cli|hf|virtualenv|streamlit|gradio|deepspeed|transformers-cli)(?:\d(?:\.\d{1,2})?)?(?:\.exe)?"
)
SIGNATURES = (_shell.not_recognized(_COMMANDS), _shell.told(_COMMANDS))
ACTIVATE = "Open a new terminal, activate the environment in it, and use `python -m pip` instead of pip"


def remedies(python: Python | None) -> tuple[Action, ...]:
    if _shell.of_an_environment(python):
        return (Advice(title=ACTIVATE),)
    py = "Open a new terminal; if it stays unknown, see with `py --list` which Pythons there are, and use `py -m pip`"
    path = "Add the folder of python.exe and its Scripts folder to PATH (Settings > System > About > Advanced system"
    return (
        Advice(title=f"{py} instead of pip"),
        Advice(title="If there is no `py` either, install Python from python.org, and open a new terminal"),
        Advice(title="For a command of a package, activate the environment that it is installed in"),
        Advice(title=f"{path} settings > Environment Variables), and open a new terminal"),
    )
