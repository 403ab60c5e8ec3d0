"""The program does not find modules of its own: its folder is not where Python looks.

## Why it matters
`utils`, `models`, `src`, `modules` and their kin are folders of a project and no packages: Python finds them in the
folder of the script that was started, in those of PYTHONPATH, and nowhere else. They are missed where a script of a
subfolder is started by its path, where the project was installed or unpacked in part, and by the embeddable Python of
portable programs, which looks only where its `._pth` file says.

## What to do
Start the program as its instructions say, from the project's folder. pip has nothing for these names: packages that
happen to be called so are others.

## References
- https://docs.python.org/3/library/sys_path_init.html
- https://docs.python.org/3/using/windows.html#finding-modules
"""

from __future__ import annotations

import re

from doctor.facts import ErrorText, Host
from doctor.model import Phase, Severity
from doctor.remedy.actions import Action, Advice

SEVERITY = Severity.ERROR
# what projects call their folders, and the modules that are ComfyUI's own
OWN = (
    r"(?:utils?|models?|src|tools|lib|configs?|dataset|modules|core|common|net(?:work)?s?|layers|loss(?:es)?|scripts"
    r"|comfy(?:_extras|_execution)?|folder_paths)"
)
SIGNATURES = (
    rf"(?:ModuleNotFoundError|ImportError): No module named ['\"]?{OWN}['\"]?(?![\w.'\"-])"
    r"(?!.{0,120} is not a package)",
)
IN_OWN_CODE = ()
NOT_WHILE = (Phase.BUILDING, Phase.BUILDING_ISOLATED)
EMBEDDED = (
    "Open the file `python3X._pth` in the folder of the embeddable Python, and add a line with the program's folder, as"
    r" `..\ComfyUI`; or take the ready portable package, which has it"
)
FOLDER = "Go to the project's folder, the one that has this module, and start the program from there"
MODULE = (
    "A script of a subfolder is started by its name with dots: `python -m tools.train`, not `python tools/train.py`"
)
WINDOWS = "Or let Python look there: `set PYTHONPATH=.` in cmd, `$env:PYTHONPATH = '.'` in PowerShell, in this terminal"
OTHERS = "Or let Python look there: `export PYTHONPATH=.` in this terminal"


def remedies(host: Host | None, error: ErrorText | None) -> tuple[Action, ...]:
    text = error.text if error else ""
    if re.search(r"(?i)\bpython[\w.-]{0,12}_?embed", text):
        return (Advice(title=EMBEDDED),)
    windows = re.search(r"\b[A-Za-z]:\\", text) or (host and host.os == "windows")
    return Advice(title=FOLDER), Advice(title=MODULE), Advice(title=WINDOWS if windows else OTHERS)
