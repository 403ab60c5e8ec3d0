"""Programs that are missing, too old, or do not start."""

from __future__ import annotations

from doctor.bootstrap.known_failures.reason import ADMINISTRATOR, Reason, Row

_IN_PATH = r"[^':;()\"]{0,120}"
_PATH = rf"(?=(?:[a-z]:)?{_IN_PATH}(?:[\\/]|\.(?:ps1|bat|sh)\b))(?:[a-z]:)?{_IN_PATH}"
_CUT_OFF = r"[a-z]:\\(?:program|documents|users\\[^\\/':()]{1,60})"  # Program Files, and a user's folder
_STARTED = "ffmpeg|git|git-lfs|nvcc|nvidia-smi|conda|mamba|uv|pip3?|python3?|node|npm|bash|wget|curl|unzip|7z|java"
_SHELLS = r"(?:/usr)?(?:/local)?/bin/(?:env|bash|sh|zsh|dash|fish|perl|node|ruby)"
_PRINTED = r"[^':()]{0,60}[（），；：＝–—−‐][^':()]{0,60}"

# fmt: off
ROWS: tuple[Row, ...] = (
    (
        Reason(
            "no-program",
            "the program that a PowerShell script starts was not found",
            "see in that script which it is; install it, or put its folder on PATH, and open a new window",
        ),
        (
            r"start-process : .{0,200}cannot find (?:all )?the file"
            r".{0,600},microsoft\.powershell\.commands\.startprocess",
        ),
    ),
    (
        Reason(
            "old-program",
            "a script that was fetched for this command is made for a newer PowerShell, or is faulty",
            "run this again in PowerShell 7",
        ),
        (r"\[invoke-expression\].{0,200}positionalparameternotfound,microsoft\.powershell\.commands\.invokeexpression",),
    ),
    (
        Reason("bad-name", "PowerShell took a command for the name of a script", "write -Command before it"),
        (r"argument '[a-z]{1,30}-[a-z]{1,40}' to the -file parameter does not exist",),
    ),
    (
        Reason(
            "other-command",
            "another module has a command of the same name, which hides PowerShell's own",
            "Remove-Module the module that the error names, and run this again",
        ),
        (
            r"\[(?:expand-archive|compress-archive|invoke-webrequest|invoke-restmethod|get-filehash|get-childitem|copy-item)"
            r"\].{0,120}namedparameternotfound,(?!microsoft\.)[a-z]\w{1,40}\.[\w.]{1,100}",
        ),
    ),
    (
        Reason(
            "script",
            "a script has Windows line endings, which this system cannot read",
            "fetch it with git clone; or convert it: sed -i 's/\\r$//' FILE",
        ),
        (r"\^m: bad interpreter", r"\$'\\r': command not found", r"\benv: .{1,40}\\r['’]: no such file"),
    ),
    (
        Reason(
            "script",
            "a script is to be run by {detail}, which does not exist here",
            "start it with the program that is meant: bash FILE, python FILE",
        ),
        (
            rf"({_SHELLS}): bad interpreter", rf"bad interpreter: ({_SHELLS}):",
        ),
    ),
    (
        Reason(
            "script",
            "a script is to be run by a program that does not exist here",
            "start it with the program that is meant: bash FILE, python FILE; where it is one of an environment, make "
            "that anew",
            is_general=True,
        ),
        (r"(?<!\^m: )bad interpreter",),
    ),
    (
        Reason("old-program", "the program does not know what it was asked for", "update it, and run this again"),
        (
            r"unexpected argument '--", r"unrecognized arguments: --", r"unrecognized subcommand",
            r"invalid choice: '(?!(?:de)?activate')",
            r"invalid value '[^']{1,80}' for '--", r"commandnotfounderror: no command",
            r"namedparameternotfound,\S{1,80}\.ps1", r"unsupported schema version",
            r"arguments? (?:was|were) not expected: ",
        ),
    ),
    (
        Reason(
            "bad-path",
            "a path was cut off at its first space: {detail}",
            "put it in quotes; or, where the path has no space, {folder}",
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
            "a program and its arguments are in quotes together: {detail}",
            "put only the program in quotes, or nothing",
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
            "{detail}, which is to be run, does not exist",
            "correct its name, and put it in quotes if it has a space; go to the folder in which it is; "
            "or repeat the step that should have fetched or made it",
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
            "the command contains a typographic character in place of the plain one: {detail}",
            "type it by hand: plain brackets, quotes and hyphens",
            is_general=True,
        ),
        (rf"the term '({_PRINTED})' is not recognized", rf"objectnotfound: \(({_PRINTED}):string\) \[\]"),
    ),
    (
        Reason(
            "script",
            "the command has only {detail} where the name of a program belongs",
            "correct that line: in PowerShell, & or . comes once, before the path of what is to run",
            is_general=True,
        ),
        (
            r"the term '([^\w\s':]{1,3})' is not", r"objectnotfound: \(([^\w\s:()]{1,3}):string\)",
            r"'([^\w\s'#:]{1,3})' is not recognized as an internal",
        ),
    ),
    (
        Reason(
            "no-program",
            "no program {detail} was found",
            "install it, or put its folder on PATH, and open a new window; if it is not a program, correct that line "
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
            "see above which one; install it, or put its folder on PATH",
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
