"""A program that was packed into an exe cannot load its own Python.

## Why it matters
PyInstaller packs a program with its Python, which the exe unpacks into a folder `_MEI...` of the temporary folder, or
has beside it in `_internal`. Where the DLL of Python is not there or does not load, nothing of the program runs: a
virus scanner took it away, the folder was unpacked in part or the exe was moved out of it, or Windows is older than
the Python in it needs: Python 3.9 and later do not run on Windows 7.

## What to do
Unpack or install the whole program again, and look whether a virus scanner removed a part of it.

## References
- https://pyinstaller.org/en/stable/when-things-go-wrong.html
- https://docs.python.org/3/using/windows.html
"""

from __future__ import annotations

import re

from doctor.facts import ErrorText
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, VcRuntime

SEVERITY = Severity.ERROR
UNLESS = (r"version `GLIBC",)  # Linux says what is too old
SIGNATURES = (
    r"(?:Failed to load|[Ee]rror loading) Python (?:DLL|shared library)\b",
    r"(?i)\bpython3\d{1,2}\.dll\W{1,4}LoadLibrary: ",
)
EXPLAINS = ("windows-dll-load-126", "foreign-extension-dll-load")
WHOLE = (
    "Unpack the whole program again, and start the exe from its own folder: it needs the folder `_internal` beside it"
)
SCANNER = "See in the virus scanner's history whether it removed a file of the program; if so, ask the program's makers"
OLDER = "On Windows 7, use a release of the program that has Python 3.8 or older in it"


def remedies(error: ErrorText | None) -> tuple[Action, ...]:
    old = error and re.search(r"(?i)\bwindows ?7\b", error.text)
    steps: tuple[Action, ...] = (Advice(title=WHOLE), Advice(title=SCANNER), VcRuntime())
    return (Advice(title=OLDER), *steps) if old else (*steps, Advice(title=OLDER))
