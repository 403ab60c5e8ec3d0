"""What PowerShell and Windows' installers say."""

from __future__ import annotations

from doctor.bootstrap.known_failures.reason import ADMINISTRATOR, Reason, Row

_OTHER_POWERSHELL = "run this in a new window, with the other PowerShell (powershell or pwsh)"

# fmt: off
ROWS: tuple[Row, ...] = (
    (
        Reason(
            "policy",
            "PowerShell's policy forbids this script",
            "start it with: powershell -ExecutionPolicy Bypass -File scripts\\bootstrap.ps1; "
            f"where a group policy or Constrained Language Mode forbids that, too, {ADMINISTRATOR}",
        ),
        (
            r"about_execution_policies", r"pssecurityexception", r"requires an execution policy",
            r"running scripts is disabled", r"is not digitally signed",
            r"supported in this language mode|core types in this language mode", r"禁止运行脚本", r"此语言模式",
            r"ausführung von skripts auf diesem system deaktiviert", r"nicht digital signiert",
            r"in diesem sprachmodus",
        ),
    ),
    (
        Reason("old-program", "this PowerShell is too old: it lacks {detail}", "run this again in PowerShell 7"),
        (r"the term '(invoke-(?:webrequest|restmethod)|(?:expand|compress)-archive|get-filehash)' is not",),
    ),
    (
        Reason("old-program", "a module of PowerShell could not be loaded", _OTHER_POWERSHELL),
        (r"couldnotautoload", r"the term 'start-bitstransfer' is not"),
    ),
    (
        Reason("no-program", "{detail} is a command of PowerShell, and this is cmd", "run this again in PowerShell"),
        (r"'(irm|iwr|iex|invoke-\w+)' (?:is not recognized as an internal|不是内部或外部命令)",),
    ),
    (
        Reason(
            "internet-explorer",
            "a script reads pages with Internet Explorer, which was never started here",
            "run it in PowerShell 7; or start Internet Explorer once",
        ),
        (
            r"internet explorer.{0,2}(?:engine|modul|引擎)",
            r"(?:moteur|motor|motore)(?: de| di| d.)? ?internet explorer",
        ),
    ),
    (
        Reason("installer", "a program's own installer failed", "start that installer by hand: it says why", True),
        (r"installer failed with exit code", r"安装程序失败"),
    ),
    (
        Reason(
            "winget-source",
            "winget's list of packages is missing or damaged",
            "winget source reset --force, and run this again",
            is_general=True,
        ),
        (r"0x8a15000f", r"failed when (?:opening|searching) source", r"源时失败"),
    ),
)
# fmt: on
