"""Programs that are missing, too old, or do not start."""

from __future__ import annotations

from doctor.bootstrap.known_failures.reason import ADMINISTRATOR, Reason, Row

_OF_LINUX = "source|export|sudo|apt|apt-get|brew|chmod|touch|ls|rm|cp|mv|cat|grep|which|nohup|clear"
_IN_PATH = r"[^':()]{0,120}"
_PATH = rf"(?=(?:[a-z]:)?{_IN_PATH}(?:[\\/]|\.(?:ps1|bat|sh)\b))(?:[a-z]:)?{_IN_PATH}"
_CUT_OFF = r"[a-z]:\\(?:program|documents|users\\[^\\/':()]{1,60})"  # Program Files, and a user's folder
_STARTED = "ffmpeg|git|git-lfs|nvcc|nvidia-smi|conda|mamba|uv|pip3?|python3?|node|npm|bash|wget|curl|unzip|7z|java"
_PRINTED = r"[^':()]{0,60}[（），；：＝–—−‐][^':()]{0,60}"
_ACTIVATE = r"[\\/]activate(?:\.ps1|\.bat)?"

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
            r"env[\w.-]{0,20}/bin/(?:pip|python)[\d.]{0,4}: no such file",
            r"(?:bin|scripts?)/activate(?:\.ps1|\.bat)?: no such file|no such file or directory: \S{0,200}bin/activate",
        ),
    ),
    (
        Reason(
            "bad-path",
            "bash took the backslashes out of a path",
            "write it with / instead: source FOLDER/Scripts/activate",
        ),
        (
            r"bash: [^\s/\\]{0,60}scriptsactivate[^\s/\\]{0,20}: (?:command not found|no such file)",
            r"bash: (?:cd: )?[a-z]:[^\s/\\:]{3,120}: (?:command not found|no such file)",
        ),
    ),
    (
        Reason("no-program", "the program {detail}, which unpacks archives, was not found", "install it"),
        (r"\b(bzip2|bunzip2|gzip|xz|zstd|unzip): (?:cannot exec|command not found|not found)",),
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
            r"'\"([^'\":\\]{1,60} -[^'\"]{1,60})\"' is not recognized as an internal",
            r"objectnotfound: \(([^():\\]{1,60} -[^():\\]{1,60}):string\) \[\]",
        ),
    ),
    (
        Reason(
            "missing-file",
            "{detail}, which is to be run, is not there",
            "correct its name, and put it in quotes where it has a blank; or go to the folder in which it is",
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
            "the program {detail} was not found",
            "where it is installed, open its own prompt (Miniforge Prompt, Anaconda Prompt); or, on Linux and macOS, "
            "start it once by its path: ~/miniforge3/bin/conda init; else install Miniforge",
            is_general=True,
        ),
        (
            r"(?<![\w.+-])(conda|mamba): (?:command )?not found(?!: )", r"command not found: (conda|mamba)\b(?![.-])",
            r"'\"?(conda|mamba)\"?' is not recognized", r"objectnotfound: \((conda|mamba):string\) \[",
        ),
    ),
    (
        Reason("no-program", "the program {detail} was not found", "install it, or put its folder on PATH", True),
        (
            r"cannot find command '(\w+)'", r"\b(git) executable not found",
            r"(python) was not found;",
            r"(?<![\w.+-])([\w.+-]{1,40}): command not found(?!: )",
            r"command not found: ([\w.+-]{1,40})", r": \d+: ([\w.+-]{1,40}): not found",
            r"'\"?([^'\"]{1,200})\"?' is not recognized as an internal",
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
        Reason(
            "missing-library",
            "a program library (DLL) that is needed is missing",
            "install the Microsoft Visual C++ Redistributable (x64); or activate the environment first",
            is_general=True,
        ),
        (r"dll load failed", r"(?:winerror|loadlibrary failed with error) 126\b"),
    ),
    (
        Reason(
            "missing-library",
            "the program library {detail} is missing",
            "install the package of the system that has it; or activate the environment first",
            is_general=True,
        ),
        (r"loading shared libraries: ([\w.+-]{1,60})", r"([\w.+-]{1,60}\.so[\w.]{0,20}): cannot open shared"),
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
    (
        Reason("missing-library", "the program library {detail} is missing", "install what it belongs to again", True),
        (
            r"\b([\w-]{1,40}\.dll)['\"]? (?:was not found|is missing)",
            r"library not loaded: (?:\S{0,200}/)?([\w.+-]{1,80})",
        ),
    ),
)
# fmt: on
