"""Programs that were not found, and what to type in the place of each: activate, py, conda, winget."""

from __future__ import annotations

from doctor.bootstrap.known_failures.reason import Reason, Row

_OF_LINUX = (
    "source|export|sudo|apt|apt-get|brew|chmod|touch|ls|rm|cp|mv|cat|grep|which|nohup|clear|sh|bash|sed|awk|ln|head|tail"
    "|env|xargs|screen|tmux|dnf|yum|pacman|apk"
)
_ACTIVATE = r"[\\/](?:de)?activate(?:\.ps1|\.bat)?"

# fmt: off
ROWS: tuple[Row, ...] = (
    (
        Reason(
            "no-environment",
            "the environment that is to be activated does not exist",
            "create it first; or go to the folder it is in",
            is_general=True,
        ),
        (
            rf"the term '[^']{{0,100}}{_ACTIVATE}' is not",
            rf"objectnotfound: \([^()]{{0,100}}{_ACTIVATE}:string\) \[\]",
            rf"'[^']{{0,100}}{_ACTIVATE}' is not recognized as an internal",
            r"env[\w.-]{0,20}/bin/python[\d.]{0,4}: no such file",
            r"(?:bin|scripts?)/activate(?:\.ps1|\.bat)?: no such file|no such file or directory: \S{0,200}bin/activate",
        ),
    ),
    (
        Reason("no-program", "the program {detail}, which unpacks archives, was not found", "install it"),
        (r"\b(bzip2|bunzip2|gzip|xz|zstd|unzip): (?:cannot exec|command not found|not found)",),
    ),
    (
        Reason(
            "no-environment",
            "activate is in the folder of an environment, and that folder is not on PATH",
            "type its path: .\\venv\\Scripts\\activate; with conda: conda activate NAME",
            is_general=True,
        ),
        (
            r"the term '(?:de)?activate(?:\.ps1|\.bat)?' is not",
            r"objectnotfound: \((?:de)?activate(?:\.ps1|\.bat)?:string\) \[\]",
            r"'(?:de)?activate(?:\.bat)?' is not recognized as an internal",
        ),
    ),
    (
        Reason(
            "no-program",
            "Python's launcher, py, was not found",
            "type python instead of py; where that is not found either, install Python from python.org, with its box "
            "'Add to PATH' ticked, and open a new window",
            is_general=True,
        ),
        (
            r"the term 'py' is not", r"objectnotfound: \(py:string\) \[\]", r"'py' is not recognized as an internal",
        ),
    ),
    (
        Reason(
            "no-program",
            "there is no Python, only Windows' alias that leads to the Microsoft Store",
            "install Python from python.org, with its box 'Add to PATH' ticked, and open a new window",
            is_general=True,
        ),
        (r"python was not found;",),
    ),
    (
        Reason(
            "no-program",
            "a program that a batch file starts was not found: Python, most likely",
            "put it on PATH (with Python's installer, tick 'Add to PATH'), and run this again in a new window",
            is_general=True,
        ),
        (r"(?:code|status|errorlevel):? '?9009\b",),
    ),
    (
        Reason(
            "no-program",
            "on Windows, Python is not started as python3",
            "type python or py instead",
            is_general=True,
        ),
        (
            r"the term 'python3' is not", r"objectnotfound: \(python3:string\) \[\]",
            r"'python3' is not recognized as an internal",
        ),
    ),
    (
        Reason(
            "no-program",
            "{detail} was not found: it is not installed, or this window is not set up for it",
            "open the Anaconda (or Miniforge) Prompt from the start menu, and run this there; "
            "where there is none, install Miniforge",
            is_general=True,
        ),
        (
            r"the term '(conda|mamba)' is not", r"objectnotfound: \((conda|mamba):string\) \[\]",
            r"'(conda|mamba)' is not recognized as an internal",
        ),
    ),
    (
        Reason(
            "no-program",
            "Windows' own installer, winget, is not here",
            "get 'App Installer' from Microsoft's Store; or take the program from its own website",
            is_general=True,
        ),
        (
            r"the term 'winget' is not", r"objectnotfound: \(winget:string\) \[\]",
            r"'winget' is not recognized as an internal",
        ),
    ),
    (
        Reason("no-program", "source is a bash command, and this is another shell", "run this with bash", True),
        (r"\bsource: not found",),
    ),
    (
        Reason(
            "no-program",
            "{detail} is a Linux command, and this is Windows",
            "follow the steps for Windows; or run this inside WSL",
            is_general=True,
        ),
        (
            rf"the term '({_OF_LINUX})' is not",
            rf"objectnotfound: \(({_OF_LINUX}):string\) \[\]",
            rf"'({_OF_LINUX})' is not recognized as an internal",
        ),
    ),
    (
        Reason(
            "no-program",
            "{detail}, a program that comes with Windows, was not found",
            "put C:\\Windows\\System32 back on PATH, and run this again in a new window",
        ),
        (
            r"'(findstr|where|reg|chcp|cmd|xcopy|robocopy|setx|timeout|tasklist|taskkill|powershell)(?:\.exe)?' "
            r"is not recognized as an internal",
        ),
    ),
)
# fmt: on
