"""`python` is a placeholder that only leads to the Microsoft Store.

## Why it matters
Windows puts a placeholder named python.exe on PATH. Where no Python stands before it, `python` runs nothing: it prints
a line about the Store and ends with code 9009. A Python that is installed may be hidden behind it.

## What to do
Use the launcher `py` where a Python is installed, or turn the placeholder off. Otherwise install Python.

## References
- https://docs.python.org/3/using/windows.html
- https://learn.microsoft.com/windows/python/faqs
"""

from __future__ import annotations

from doctor.facts import Python
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice
from doctor.rules.windows import _shell

SEVERITY = Severity.ERROR
_ALIAS = r"(?:[Aa]lias|别名|別名|エイリアス|별칭|псевдоним)"
SIGNATURES = (
    r"(?i)\bpython (?:was )?not found\W{0,3}(?:run without arguments|but can be installed)\b",
    rf"Python\b.{{0,120}}Microsoft Store.{{0,160}}{_ALIAS}",
    r"Python\b.{0,60}\b(?:ohne Argumente|sans argument|sin argumentos|senza argomenti|sem argumentos|без аргументов)"
    r".{0,60}Microsoft Store|(?:引数なし|不带参数|인수 없이).{0,60}Microsoft Store",
    r"\bohne Argumente aus\b.{0,30}Microsoft Store",  # with the umlauts that the console made of it
    r"WinError 1920\b.{0,200}WindowsApps[\\/]python",
    r"['\"]python[\d.]*\.exe['\"] ?(?:failed to run|无法运行|無法執行): .{0,40}file cannot be accessed by the system",
    r"Unable to create process using .{0,120}WindowsApps[\\/]python",
)
EXPLAINS = ("windows-command-not-on-path",)
ACTIVATE = "Activate the environment in this terminal: `python` is then that of the environment"


def remedies(python: Python | None) -> tuple[Action, ...]:
    if _shell.of_an_environment(python):
        return (Advice(title=ACTIVATE),)
    py = "See with `py --list` whether a Python is installed; if so, use `py` instead of python, or make an environment"
    aliases = (
        "Turn off python.exe and python3.exe under Settings > Apps > Advanced app settings > App execution aliases"
    )
    return (
        Advice(title=f"{py} with `py -m venv .venv`"),
        Advice(title=f"{aliases}, if an installed Python is to be found as python"),
        Advice(title="If there is none, install Python from python.org or from the Store, and open a new terminal"),
    )
