"""Programs that are missing, too old, or do not start."""

from __future__ import annotations

from doctor.bootstrap.known_failures.reason import ADMINISTRATOR, Reason, Row

_OF_LINUX = (
    "source|export|sudo|apt|apt-get|brew|chmod|touch|ls|rm|cp|mv|cat|grep|which|nohup|clear|sh|bash|sed|awk|ln|head|tail"
    "|env|xargs|screen|tmux|dnf|yum|pacman|apk"
)
_IN_PATH = r"[^':;()\"]{0,120}"
_PATH = rf"(?=(?:[a-z]:)?{_IN_PATH}(?:[\\/]|\.(?:ps1|bat|sh)\b))(?:[a-z]:)?{_IN_PATH}"
_CUT_OFF = r"[a-z]:\\(?:program|documents|users\\[^\\/':()]{1,60})"  # Program Files, and a user's folder
_STARTED = "ffmpeg|git|git-lfs|nvcc|nvidia-smi|conda|mamba|uv|pip3?|python3?|node|npm|bash|wget|curl|unzip|7z|java"
_PRINTED = r"[^':()]{0,60}[（），；：＝–—−‐][^':()]{0,60}"
_ACTIVATE = r"[\\/](?:de)?activate(?:\.ps1|\.bat)?"

# fmt: off
ROWS: tuple[Row, ...] = (
    (
        Reason(
            "script",
            "a script has the line ends of Windows, and this system cannot read those",
            "fetch it with git clone; or mend it: sed -i 's/\\r$//' FILE",
        ),
        (r"\^m: bad interpreter", r"\$'\\r': command not found", r"\benv: .{1,40}\\r['’]: no such file"),
    ),
    (
        Reason("old-program", "the program does not know what it was asked for", "update it, and run this again"),
        (
            r"unexpected argument '--", r"unrecognized arguments: --", r"unrecognized subcommand", r"invalid choice: '",
            r"invalid value '[^']{1,80}' for '--", r"commandnotfounderror: no command",
            r"namedparameternotfound", r"unsupported schema version", r"arguments? (?:was|were) not expected: ",
        ),
    ),
    (
        Reason(
            "no-environment",
            "the environment that is to be activated is not there",
            "make it first; or go to the folder in which it is",
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
            "type python in place of py; where that is not found either, install Python from python.org, with its box "
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
            "there is no Python, only Windows' sign that Microsoft's Store has one",
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
            "type python or py in its place",
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
            "get 'App Installer' from Microsoft's Store; or take the program from its makers' page",
            is_general=True,
        ),
        (
            r"the term 'winget' is not", r"objectnotfound: \(winget:string\) \[\]",
            r"'winget' is not recognized as an internal",
        ),
    ),
    (
        Reason("no-program", "source is a command of bash, and this is another shell", "run this with bash", True),
        (r"\bsource: not found",),
    ),
    (
        Reason(
            "no-program",
            "{detail} is a command of Linux, and this is Windows",
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
            "{detail}, a program of Windows itself, was not found",
            "put C:\\Windows\\System32 back on PATH, and run this again in a new window",
        ),
        (
            r"'(findstr|where|reg|chcp|cmd|xcopy|robocopy|setx|timeout|tasklist|taskkill|powershell)(?:\.exe)?' "
            r"is not recognized as an internal",
        ),
    ),
    (
        Reason(
            "bad-path",
            "a path was cut off at its first blank: {detail}",
            "put it in quotes; or, where the path has no blank, {folder}",
            is_general=True,
        ),
        (
            rf"the term '({_CUT_OFF})' is not recognized", rf"objectnotfound: \(({_CUT_OFF}):string\) \[\]",
            rf"'\"?({_CUT_OFF})\"?' is not recognized as an internal",
            r"'(?P<cut>[a-z]:\\[^/':()\" ]{1,100})' is not recognized as an internal"
            r".{0,600}(?P=cut) [^\\/:'\"]{1,60}\\",
        ),
    ),
    (
        Reason(
            "script",
            "a program and what it is given stand in quotes together: {detail}",
            "put the program alone in quotes, or nothing",
            is_general=True,
        ),
        (
            r"'\"([^'\":\\ ]{1,60} [^'\":\\]{1,60})\"' is not recognized as an internal",
            r"objectnotfound: \(([^():\\]{1,60} -[^():\\]{1,60}):string\) \[\]",
        ),
    ),
    (
        Reason(
            "missing-file",
            "{detail}, which is to be run, is not there",
            "correct its name, and put it in quotes where it has a blank; go to the folder in which it is; "
            "or run the step again that was to fetch or make it",
            is_general=True,
        ),
        (
            rf"the term '({_PATH})' is not recognized",
            rf"objectnotfound: \(({_PATH}):string\) \[\]",
            rf"'\"?({_PATH})\"?' is not recognized as an internal",
        ),
    ),
    (
        Reason(
            "bad-name",
            "the command has a sign of print in it, not the plain one of the keyboard: {detail}",
            "type it by hand: plain brackets, quotes and hyphens",
            is_general=True,
        ),
        (rf"the term '({_PRINTED})' is not recognized", rf"objectnotfound: \(({_PRINTED}):string\) \[\]"),
    ),
    (
        Reason(
            "no-program",
            "no program {detail} was found",
            "install it, or put its folder on PATH, and open a new window; where it is no program, correct that line "
            "of the command or the script",
            is_general=True,
        ),
        (
            r"cannot find command '(\w+)'", r"\b(git) executable not found",
            r"(?<![\w.+-])([\w.+-]{1,40}): command not found(?!: )",
            r"command not found: ([\w.+-]{1,40})", r": \d+: ([\w.+-]{1,40}): not found",
            r"'\"?(?!#|echo\b)([^'\";]{1,200})\"?' is not recognized as an internal",
            r"objectnotfound: \(([^:()]{1,80}):string\) \[[\w-]*\][,，] ?commandnotfound",
            r"the term '([^']{1,80})' is not recognized",
            r"to start process '([^']{1,60})'.{0,200}(?:cannot find the file|no such file)",
            rf"notfounderror: \[(?:errno|winerror) 2\][^':]{{0,60}}: '({_STARTED})'",
            r"spawn ([\w.+-]{1,60}) enoent",
            r"exec: \"?([\w.+-]{1,60})\"?: (?:executable file )?not found",
            r"failed to spawn: `([^`]{1,60})`.{0,120}os error 2\b",
        ),
    ),
    (
        Reason("no-program", "the program {detail} did not start", "install it again", is_general=True),
        (r"program '([\w.]{1,60})' failed to run(?:.{0,900}nativecommandfailed)?",),
    ),
    (
        Reason(
            "no-program",
            "a program that was to be started is not there",
            "look above which one; install it, or put its folder on PATH",
            is_general=True,
        ),
        (
            r"notfounderror: \[winerror 2\] the system cannot find the file"
            r"(?: specified)?(?!(?: specified)?\W{0,3}')",
            r"raise child_exception oserror: \[errno 2\]",
        ),
    ),
    (
        Reason(
            "no-program",
            "a program did not start: it is damaged, blocked, or made for another system",
            f"install it again; or {ADMINISTRATOR} to allow it",
            is_general=True,
        ),
        (r"cannot execute the specified program", r"nativecommandfailed"),
    ),
)
# fmt: on
