"""cmd reads a batch file wrongly: its encoding or its line ends are not those of Windows.

## Why it matters
cmd reads a batch file in the code page of the console, and finds its place in it by counting bytes. Where the file has
letters outside English in UTF-8, or lines that end as on Linux, it goes on in the middle of a word, and complains of
commands such as `ho` (of `echo`) or of letters that nobody wrote. Nothing of Python is missing.

## What to do
Save the file with Windows' line ends, and in the code page of the system. Or do by hand what it does.

## References
- https://learn.microsoft.com/windows/win32/intl/code-page-identifiers
- https://docs.github.com/get-started/git-basics/configuring-git-to-handle-line-endings
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice
from doctor.rules.windows import _shell

SEVERITY = Severity.ERROR
_ANY = r"[^'\"\n]{0,80}"
# what UTF-8 becomes when it is read as gbk: most of its first bytes give letters that nobody writes any more
_GARBLED = rf"{_ANY}(?:[\u9300-\u9487\u951b\u9286\u20ac]|[\u4e00-\u9fff]\?){_ANY}"
# ends of echo, set, rem, goto, pause, exit, null, start, not, title, color, chcp, setlocal, errorlevel, defined, python
_CUT = (
    r"(?:c?ho|et|em|oto|ause|xit|ull|t?art|ot|i?tle|o?lor|hcp|(?:e?t|nd?|d)local|[rR]?ror[lL]evel|e?fined"
    r"|yt?hon|thon)(?: [^'\"\n]{0,80})?"
)
# the mark that UTF-8 may begin with, as a code page shows it, before the first word
_MARK = r"(?:[∩яïп]?[╗\"][┐¿ї]|[锘癤嚜]\S{0,2})@?\w{1,20}[^'\"\n]{0,40}"
_WHOLE = (
    r"(?:main|run|app|start|setup|install|launch|test|train|webui|server|gui|ui|cli|index|demo|config|update|infer|inference"
    r"|predict|manage)"
)
_NAME = rf"(?!{_WHOLE}\.)[a-z][\w-]{{0,40}}\.py(?: [^'\"\n]{{0,80}})?"
_FOREIGN = r"[\w-]{0,20}[\u0400-\u04ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3][\w-]{0,20}"
_PROMPT = r"^[A-Z]:\\[^<>|\n]{0,150}>"
SIGNATURES = (
    _shell.not_recognized(rf"(?:{_GARBLED}|{_CUT}|{_MARK})"),
    # the end of what a batch file gives to python: below the command that started the file
    rf"{_PROMPT}\s?(?:\.\\|call )?[\w-]{{1,40}}\.(?:bat|cmd)(?: [^'\"\n]{{0,80}})?\s{_shell.not_in_cmd(_NAME)}",
    # a comment that lost its `rem`, shown with the prompt before it
    rf"{_PROMPT}(?P<word>{_FOREIGN}) [\w-]{{1,60}}\.(?:py|bat|cmd|exe)\b.{{0,80}}{_shell.not_in_cmd('(?P=word)')}",
)
EXPLAINS = ("wrong-shell-syntax",)


def remedies() -> tuple[Action, ...]:
    save = "Open the batch file in an editor, and save it with Windows' line ends (CRLF) and in the encoding ANSI"
    anew = "Or take the project's zip file of a release: what Git fetches has the line ends that Git is set to"
    return (
        Advice(title=f"{save}, not UTF-8"),
        Advice(title=anew),
        Advice(title="Or do by hand what it does: activate its environment, and start its program"),
    )
