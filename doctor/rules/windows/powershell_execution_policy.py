"""PowerShell is not allowed to run scripts.

## Why it matters
Activate.ps1 of an environment, conda's start-up lines and installers are scripts. Without them an environment is not
active, and what is installed next goes into another Python.

## What to do
Use the environment without activating it, or allow this user's own scripts. Where an administrator sets the policy, it
can only be changed there.

## References
- https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_execution_policies
- https://docs.python.org/3/library/venv.html
"""

from __future__ import annotations

from doctor.facts import ErrorText, Host, Python
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "PowerShell runs no scripts here (execution policy {policy}), so Activate.ps1 of an environment does nothing"
UNLESS = (r"blocked by software restriction policies", r"ScriptContainedMaliciousContent")
SIGNATURES = (
    r"running scripts is disabled on this system|在此系统上禁止运行脚本|這個系統上已停用指令碼執行",
    r"die Ausführung von Skripts auf diesem System deaktiviert|ejecución de scripts está deshabilitada en este sistema",
    r"このシステムではスクリプトの実行が無効|이 시스템에서 스크립트를 실행할 수 없으므로",
    r"l'exécution de scripts est désactivée sur ce système|выполнение сценариев отключено в этой системе",
    r"execução de scripts foi desabilitada neste sistema|(?i:l)'esecuzione di script è disabilitata nel sistema in uso",
    r"\bPSSecurityException\b",
    r"is not digitally signed\. You cannot run this script|进行数字签名.{0,12}无法在当前系统上运行该脚本",
    r"PowerShell requires an execution policy in \[",
    r"the setting is overridden by a policy defined at a more specific scope",
    r"To change the execution policy for the (?:default|current user)|要更改默认\(LocalMachine\)作用域的执行策略",
)
EXPLAINS = ("conda-not-initialised", "windows-command-not-on-path")
_REFUSING = ("Restricted", "AllSigned")
_WITH_SCRIPT = ("venv", "virtualenv", "uv")


def check(host: Host, python: Python | None, error: ErrorText | None) -> Answer:
    if host.os != "windows":
        return not_there("host.os", host.os) if host.os else cannot_tell("host.os")
    typed = host.shell == "powershell" and python and python.kind in _WITH_SCRIPT  # PowerShell 7 has its own policies
    if error or not typed or host.execution_policy not in _REFUSING:
        return cannot_tell("error.text")
    evidence = seen("host.execution_policy", host.execution_policy, "RemoteSigned")
    return there(evidence, severity=Severity.INFO, policy=host.execution_policy)


def remedies() -> tuple[Action, ...]:
    plain = r"Use the environment without activating it: run `.venv\Scripts\python.exe`"
    cmd = r"In cmd, which has no such policy, activate it with `.venv\Scripts\activate.bat`"
    allow = "Allow this user's own scripts: `Set-ExecutionPolicy -Scope CurrentUser RemoteSigned` in PowerShell"
    return Advice(title=plain), Advice(title=cmd), Advice(title=allow)
