"""The command was run in another folder than the project's, so its files are not found.

## Why it matters
`requirements.txt`, `pyproject.toml` and the program's own `.py` file are looked for in the current folder. A new
terminal begins in the home folder, one that an administrator opens in Windows' `System32`, and an archive often has
the project in a folder in its folder.

## What to do
Go to the folder that has the file, and run the command again there.

## References
- https://pip.pypa.io/en/stable/user_guide/#requirements-files
- https://packaging.python.org/en/latest/tutorials/installing-packages/
"""

from __future__ import annotations

import re

from doctor.facts import ErrorText, Host
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice
from doctor.rules.windows import _shell

SEVERITY = Severity.ERROR
# one of this folder, but none of an environment's; cmd looks here for a name alone, too, and PowerShell does not
_ACTIVATES = r"(?![^'\"\n:]{0,160}(?:[\\/](?:Scripts|bin|runtime)|python_embed\w{0,4})[\\/])"
_HERE = rf"{_ACTIVATES}\.[\\/](?:[\w. -]{{1,60}}[\\/]){{0,6}}[\w.-]{{1,60}}\.(?:bat|cmd|ps1|exe|py)"
_BATCH = r"(?!(?:conda|mamba|activate|deactivate|vcvars\w{1,12}|vsdevcmd)\.)[\w-]{1,60}\.(?:bat|cmd)"
SIGNATURES = (
    _shell.not_recognized(_HERE),
    _shell.not_in_cmd(_BATCH),
    r"Could not open requirements file: \[Errno 2\]",
    r"error: File not found: `[^`\n]{1,120}\.(?:txt|toml|in)`",
    r"Directory '\.' is not installable\. (?:Neither|File) 'setup\.py'",
    r"\bfile:///\S{1,300} does not appear to be a Python project: neither",
    r"[Pp]ython(?:\d(?:\.\d{1,2})?)?(?:\.exe)?['\"]?: can't open file '[^'\n]{1,260}\.pyw?': \[Errno 2\]",
)
FOLDER = "Go with `cd` to the folder that has the file, and run the command again: `dir` or `ls` shows what is there"
DRIVE = (
    "Go to the folder that has the file, and run the command again: `cd /d FOLDER` in cmd, `cd FOLDER` in PowerShell"
)
BY_USER = "Start the batch file with a double click, not as an administrator: it begins in its own folder then"
PROJECT = "If no folder has it, get the project first: clone its repository, or unpack the whole archive"


def remedies(host: Host | None, error: ErrorText | None) -> tuple[Action, ...]:
    text = error.text if error else ""
    if re.search(r"(?i)can't open file '[a-z]:\\{1,2}windows\\{1,2}system32\\|[a-z]:\\windows\\system32>", text):
        return Advice(title=BY_USER), Advice(title=DRIVE)
    windows = re.search(r"\b[A-Za-z]:\\", text) or (host and host.os == "windows")
    return Advice(title=DRIVE if windows else FOLDER), Advice(title=PROJECT)
