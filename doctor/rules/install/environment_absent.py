"""The environment that a command names is not there.

## Why it matters
`Scripts\\activate` and `bin/activate` are files of an environment. Where the shell does not find them, the environment
was not made, was made elsewhere, or is called by the name of the other system's folder: Windows' environments have
`Scripts`, all others `bin`. A portable package keeps its Python in a folder of its own, which a command names as it is
from one folder only. What is installed afterwards goes into another Python.

## What to do
Go to the folder with the environment, or make it there.

## References
- https://docs.python.org/3/library/venv.html#how-venvs-work
"""

from __future__ import annotations

import re

from doctor.facts import ErrorText, Host
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, NewEnvironment
from doctor.rules.windows import _shell

SEVERITY = Severity.ERROR
_FOLDER = r"(?:Scripts?|bin)"
_PORTABLE = r"(?:python[_ ]embed\w{0,4}|runtime|py3\d{1,2})[\\/]python(?:\.exe)?"  # of ComfyUI's and others' packages
_OF_FOLDER = rf"{_FOLDER}[\\/](?:[Aa]ctivate(?:\.\w{{2,4}})?|(?:[Pp]ython|pip)3?(?:\.exe)?)"
_FILE = rf"(?:[\w.~:\\/-]{{0,160}}[\\/]{_OF_FOLDER}|(?:[\w.~:\\/-]{{0,160}}[\\/])?{_PORTABLE})"
_PROMPT = r"(?:^|\B['\"“])(?:PS )?[A-Za-z]:\\[^>'\"\n]{0,120}> ?"
_NO_PATH = r"The system cannot find the (?:path specified|specified path)"
SIGNATURES = (
    _shell.not_recognized(_FILE),
    rf"\b(?:bash|zsh|sh|source|\.): (?:line \d{{1,5}}: )?[\w.~/-]{{0,160}}\b{_FOLDER}/activate(?:\.\w{{2,4}})?: "
    r"(?:No such file|没有那个文件|Datei oder Verzeichnis nicht gefunden)",
    rf"{_PROMPT}(?:\. ?\\)?{_FILE}(?:[ -][^>\n]{{0,200}})? ?{_NO_PATH}",
    rf"^(?:\.\\)?{_FILE}(?: [^>\n]{{0,200}})? (?:Error: )?{_NO_PATH}",
    rf"^[\w.~/-]{{0,160}}\b{_FOLDER}/[Aa]ctivate(?:\.\w{{2,4}})?: No such file",
    r"(?i)\bembedd?ed python not found|cannot find .{0,60}\bpython embedd?ed environment",
    # of a path that is not there, PowerShell takes the first word for a module's name
    rf"{_FILE} ?: (?:The module '[^'\n]{{1,60}}' could not|无法加载模块)",
    rf"(?i)no such file or directory: [\w.~/-]{{0,160}}\b{_FOLDER}/activate\b",
)
PORTABLE = "Give the path as it is from the folder that you are in, with `..\\` for each folder to go up"
BY_USER = "Start the batch file with a double click, not as an administrator: it begins in its own folder then"
SOURCES = "The project's source code brings no Python: download its package for Windows, and start it from there"
UNPACK = "If this is the package, unpack the whole of it again, also its folder `runtime`"
WHOLE = "If the path is right, unpack the portable package again, the whole of it"
MAKE = "Where it was never made, make it in the project's folder: `python -m venv .venv`"


def remedies(host: Host | None, error: ErrorText | None) -> tuple[Action, ...]:
    windows = host is not None and host.os == "windows"
    name = r".venv\Scripts\activate" if windows else ". .venv/bin/activate"
    if error and re.search(r"(?i)\\system32> ?\.? ?\\python_embed", error.text):
        return (Advice(title=BY_USER),)
    if error and "python_embed" in error.text:
        return Advice(title=PORTABLE), Advice(title=WHOLE)
    if error and re.search(r"\bruntime\\python", error.text):
        return Advice(title=SOURCES), Advice(title=UNPACK)
    here = Advice(title=f"Go to the folder with the environment, and activate it with `{name}`, by its own name")
    return here, Advice(title=MAKE), NewEnvironment(title="Or let a new environment be made, with a PyTorch that fits")
