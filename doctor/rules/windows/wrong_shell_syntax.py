"""A command is written for another shell than the one that runs it.

## Why it matters
Instructions are mostly written for a shell of Linux. cmd, PowerShell and Python's own prompt read `&&`, `export`,
quotes and a backslash at the end of a line in another way, or not at all.

## What to do
Write the command for the shell in use. Neither Python nor PyTorch is at fault.

## References
- https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_parsing
- https://docs.python.org/3/installing/
"""

from __future__ import annotations

from doctor.model import Phase, Severity
from doctor.remedy.actions import Action, Advice
from doctor.rules.windows import _shell

SEVERITY = Severity.ERROR
_OF_POWERSHELL = r"(?:irm|iex|Set-\w{3,30}|Invoke-\w{3,30}|\$env:\w{1,40})"
_CMDLET = (
    r"(?:Add|Clear|Copy|Expand|Export|ForEach|Format|Get|Import|Install|Move|New|Out|Read|Remove|Rename|Select|Start|Stop"
    r"|Test|Update|Where|Write)-[A-Z][A-Za-z]{2,30}"
)
_SETTING = r"[A-Z][A-Z\d_]{2,40}=[^'\"\n]{0,80}|[A-Z\d]{2,20}_[A-Z\d_]{2,40}"  # cmd stops at the =
_OPTION = r"(?:--|-(?!m\b))[a-z][\w-]{0,30}"  # of a line that was broken with a backslash; -m alone: by a batch file
_SLASHED = r"\.{1,2}|\.?v?env"  # cmd stops at a slash
# PowerShell starts nothing from the folder that it is in, unless told so
_SCRIPT = r"(?!(?:conda|mamba|activate|deactivate|vcvars\w{1,12})\.)[\w-]{1,60}\.(?:bat|cmd|ps1)"
_COMMAND = r"(?:pip3?|conda|uv|py|python3?|torchrun) (?:-m [a-z]|install\b|pip\b|create\b|activate\b|\S{1,80}\.py\b)"
SIGNATURES = (
    r"token '(?:&&|\|\|)' is not a valid statement separator|标记 ?['\"]&&['\"] ?不是此版本中的有效语句分隔符",
    r"Token \"&&\" ist in dieser Version kein|token '&&' no es un separador|トークン ?['\"]&&['\"] ?は",
    r"^>>> ?(?:python3? -m )?(?:pip3?|conda|uv pip) install\b",
    rf"File \"[^\"\n]{{1,300}}\", line \d{{1,5}}\W{{1,20}}{_COMMAND}",
    _shell.not_recognized(
        rf"(?:export|source|sudo|unset|nohup|apt|apt-get|brew|{_OF_POWERSHELL}|{_SETTING}|{_OPTION}|{_SLASHED})"
    ),
    _shell.not_in_cmd(_CMDLET),
    _shell.not_in_powershell(_SCRIPT),
    r"was not found, but does exist in the current location|找不到命令 \S{1,80}?.但它确实存在于当前位置",
    r"[Ii]nvalid requirement: ['\"](?:[\^`]['\"]|'\w)|Directory '\\{0,2}' is not installable",
    r"Missing expression after unary operator '--?'|一元运算符 ?['\"]--?['\"] ?后面缺少表达式",
    r"Unexpected token '-[a-zA-Z][\w-]{0,20}' in expression or statement",
    # a placeholder of the instructions: < and > are signs of the shell
    r"\bpython\S{0,8} .{0,200} <[^<>|\n]{1,160}> .{0,500}The system cannot find the (?:file|path) specified",
    r"The ampersand \(&\) character is not allowed|The '<' operator is reserved for future use",
    r"Scriptsactivate(?:\.\w{2,4})?: (?:command not found|No such file)",
    r"\b(?:bash|zsh): (?::\w{1,40}|set-executionpolicy|irm|iex): command not found",
    # what a shell other than bash takes for a pattern
    r"zsh: no matches found: \S{0,60}(?:\[[\w,-]{1,40}\]|[<>=]=\S{0,20}\*)",
)
UNLESS = (
    r"You must 'source' this script: PS>",  # what an old virtualenv says in PowerShell
    # a web UI's launcher went on after it, and failed for itself
    r"^Commit hash: |File \"[^\"]{1,200}[/\\]launch\.py\", line \d",
)
NOT_WHILE = (Phase.BUILDING, Phase.BUILDING_ISOLATED)  # it is a build script that called it


def remedies() -> tuple[Action, ...]:
    return (
        Advice(title="Give each command a line of its own, without && between them and without \\ at the end"),
        Advice(title="Set a variable with `$env:NAME = 'value'` in PowerShell, with `set NAME=value` in cmd"),
        Advice(title="In PowerShell, write .\\ before a script or program of the folder that you are in"),
        Advice(title="Put in place of what stands between < and > what it names, without these signs"),
        Advice(title="In cmd, quote with double quotes only; in PowerShell, begin a quoted program's path with &"),
        Advice(
            title="At Python's prompt (>>>), leave with `exit()` first: pip, conda and uv are commands of the shell"
        ),
    )
