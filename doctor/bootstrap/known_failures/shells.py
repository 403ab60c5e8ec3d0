"""What was typed into another shell than the one it is meant for: bash, PowerShell, cmd or Python."""

from __future__ import annotations

from doctor.bootstrap.known_failures.reason import Reason, Row

_LIKE_LINUX = (  # by their other names: rm, cp, mv, ls, cat, cd, echo, ps, kill, sort, tee, diff, sleep, curl
    r"(?:remove|copy|move|new|getchild)item|(?:get|set)content|setlocation|writeoutput|(?:get|stop)process"
    r"|(?:sort|tee|compare|select)object|startsleep|invokewebrequest"
)
_VERBS = (
    "invoke|set|get|new|remove|start|stop|expand|compress|write|import|install|add|unblock|test|join|out|select|where"
)
_VARIABLES = r"cuda_\w{1,40}|pythonpath|(?:pip|uv|hf|torch)_\w{1,40}|force_cuda|cmake_args|max_jobs|ld_library_path"
_LINE = r"(?:line|zeile|行|línea|ligne|linea|第)"
_PLACE = rf"{_LINE}: ?[1-9] (?:\S{{2,9}} ?)?:? ?\d{{1,4}}"  # of what was typed, as PowerShell tells it
_TYPED = rf"(?:{_PLACE}|parsererror: line [1-9] \|[^|]{{1,300}}?~) "
_INTERNAL = "is not recognized as an internal"

# fmt: off
ROWS: tuple[Row, ...] = (
    (
        Reason(
            "wrong-shell",
            "in Windows PowerShell, curl and wget are aliases of Invoke-WebRequest",
            "type curl.exe instead of curl, and run this again",
        ),
        (
            r"['“«\"](?:fssl|lssf|ssfl|ssl|sl|lo|ljo|l|k)['”»\"].{0,400}notfound,microsoft\.powershell\.commands\.invokeweb",
            r"['“«\"]headers['”»\"].{0,300}(?:idictionary|字典)",
            r"ambiguousparameter,microsoft\.powershell\.commands\.invokeweb",
            r"parameter name '[a-z]{1,4}'\..{0,200}\[invoke-webrequest\]",
        ),
    ),
    (
        Reason(
            "wrong-shell",
            "the prompt was copied together with the command",
            "leave out what comes before the command itself: $, >>>, (base), PS C:\\>",
        ),
        (
            r"accepts argument '(?!aux|-)[^']{1,100}'.{0,500}parameternotfound,"
            r"microsoft\.powershell\.commands\.getprocess",
            r"the term '(?:\$|>>>|base)' is not", rf"'(?:\$|>>>)' {_INTERNAL}", r"(?<![\w.])\$: command not found",
        ),
    ),
    (
        Reason(
            "wrong-shell",
            "PowerShell's command of this name does not take what Linux' command of this name takes",
            "follow the steps for Windows; or run this inside WSL",
        ),
        (rf"(?:parameternotfound|ambiguousparameter),(?:mkdir|microsoft\.powershell\.commands\.(?:{_LIKE_LINUX}))",),
    ),
    (
        Reason("wrong-shell", "a Windows batch file is read by PowerShell", "start it in cmd: cmd /c FILE"),
        (
            r"the term '(?:@echo|rem|goto|setlocal|endlocal|:\w{1,20})' is not recognized",
            r"unexpected token 'off' in expression(?:.{0,900}missing '\(' after 'if' in if)?",
        ),
    ),
    (
        Reason("wrong-shell", "a bash script is read by sh", "bash FILE"),
        (
            r"\d: \S{1,200}: (?:\[\[|compgen|declare|shopt|pushd|mapfile): not found",
            r"\d: (?:\S{1,200}: )?syntax error: (?:\"\(\" unexpected|bad (?:substitution|for loop variable))",
        ),
    ),
    (
        Reason("wrong-shell", "a bash script is read by another shell", "run this again in bash"),
        (
            r"/activate:\d{1,4}: parse error", r"the term '(?:fi|then|done|esac|do|elif)' is not recognized",
            rf"'(?:fi|then|done|esac|elif)' {_INTERNAL}", r"missing '\(' after 'if' in if",
            r"missingopenparenthesis\w{0,20}if",
            r"missing opening '\(' after keyword",
        ),
    ),
    (
        Reason(
            "wrong-shell",
            "a PowerShell script is read by bash",
            "start it in PowerShell; to activate an environment in bash, source the file activate that has no ending",
        ),
        (rf"\.ps1: {_LINE} ?\d",),
    ),
    (
        Reason(
            "wrong-shell",
            "a Windows batch file is read by bash",
            "start it in cmd; or take the script for bash (.sh)",
        ),
        (rf"\.(?:bat|cmd): {_LINE} ?\d",),
    ),
    (
        Reason(
            "wrong-shell",
            "bash removed the backslashes from a path",
            "write it with /: source venv/Scripts/activate",
        ),
        (
            r"(?<![\w.-])[\w.-]{0,40}(?:env(?:scripts|bin)|scriptsactivate)[\w.-]{0,40}: command not found",
            r"(?<!\w)[a-z]:(?:users|program)[\w.-]{1,200}: (?:command not found|no such file)",
            r"bash: (?:cd: )?[a-z]:[^\s/\\:]{3,120}: (?:command not found|no such file)",
        ),
    ),
    (
        Reason(
            "wrong-shell",
            "a variable is written in another shell's syntax",
            "in PowerShell: $env:NAME = \"VALUE\" on a line of its own, and $env:NAME; "
            "in cmd: set NAME=VALUE, and %NAME%",
        ),
        (
            r"the term '[a-z_]\w{1,40}=[^']{0,200}' is not",
            r"objectnotfound: \([a-z_]\w{1,40}=[^():]{0,100}:string\)",
            r"the term '[^']{0,100}%\w{1,40}%[^']{0,200}' is not", rf"'(?:{_VARIABLES})' {_INTERNAL}",
        ),
    ),
    (
        Reason("no-program", "{detail} is a PowerShell command, and this is cmd", "run this again in PowerShell"),
        (rf"'(irm|iwr|iex|(?:{_VERBS})-[a-z]{{2,40}}|\$(?:env:)?\w{{1,40}})' {_INTERNAL}",),
    ),
    (
        Reason("wrong-shell", "cmd does not accept / in the path of a program", "write the path with \\ instead", True),
        (rf"'(?:\.{{1,2}}|\.?venv)' {_INTERNAL}",),
    ),
    (
        Reason(
            "wrong-shell",
            "a command of several lines is for another shell: this one does not know what is at the end of its lines",
            "type it on one line, without the \\ or ^ at the end of each",
        ),
        (
            rf"{_TYPED}missing expression after unary operator '--'", r"invalid requirement: '(?:\\{1,2}|\^)'",
            r"the term '[\\^]' is not", rf"'\\' {_INTERNAL}",
        ),
    ),
    (
        Reason(
            "wrong-shell",
            "the command was broken into lines: {detail} was taken for a command of its own",
            "type it as one line",
        ),
        (
            r"the term '(-{1,2}[a-z][\w-]{1,40})[^']{0,200}' is not", rf"'(-{{1,2}}[a-z][\w-]{{1,40}})' {_INTERNAL}",
            r"objectnotfound: \((-{1,2}[a-z][\w-]{1,40}):string\)",
        ),
    ),
    (
        Reason(
            "no-program",
            "a Python script, {detail}, is not started by its name alone; or a space is missing before it",
            "python FILE.py",
        ),
        (
            r"the term '([^'\\/:]{1,60}\.py)' is not", r"objectnotfound: \(([^():\\/]{1,60}\.py):string\)",
            rf"'([^'\\/:;]{{1,60}}\.py)' {_INTERNAL}",
        ),
    ),
    (
        Reason(
            "wrong-shell",
            "a shell command was typed into Python",
            "leave Python with exit(), and type it in the shell",
        ),
        (
            r"\"<(?:stdin|python-input-\d{1,4})>\", line 1 {1,8}(?:pip3?|conda|uv|python3?) .{0,200}invalid syntax",
        ),
    ),
    (
        Reason(
            "no-program",
            "a script starts Python through a variable that is empty",
            "put Python on PATH, and run this in a new window; or set the variable in the script that names Python",
        ),
        (rf"'-[mcu]' {_INTERNAL}", r"the term '-[mcu]' is not", r": -[mcu]: command not found"),
    ),
    (
        Reason(
            "script",
            "PowerShell takes a path in quotes, or one that begins with a variable, for a text and not for a program",
            "type & and a space before it: & \"PATH\"",
        ),
        (
            rf"{_TYPED}unexpected token '(?:\\[^']{{0,200}}|-[a-z]|--[\w-]{{1,40}}|install|run|venv)' in expression",
        ),
    ),
    (
        Reason(
            "script",
            "a placeholder in the command, between < and >, was not filled in",
            "replace it, with its < and >, by what it names",
        ),
        (r"(?::1 \w{2,8}: ?\d{1,4}|line 1 \|.{1,300}).{0,5} the '<' operator is reserved",),
    ),
    (
        Reason(
            "script",
            "an address or a text that contains & is not in quotes",
            "put it in quotes, and run this again",
        ),
        (rf"{_TYPED}the ampersand \(&\) character",),
    ),
    (
        Reason(
            "script",
            "PowerShell cannot parse the command as it was typed",
            "look for a missing or extra quote or bracket; or take the command for PowerShell, "
            "not the one for bash or cmd",
            is_general=True,
        ),
        (
            rf"{_PLACE} (?!\+|categoryinfo).{{1,400}}parsererror: \(:\) \[\]",
            r"parsererror: line [1-9] \|.{1,600}?\b(?:token|missing|allowed|expected|reserved|valid)\b",
        ),
    ),
)
# fmt: on
