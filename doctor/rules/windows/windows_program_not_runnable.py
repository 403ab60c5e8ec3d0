"""Windows cannot run the program's file: it is damaged, empty, or for another kind of processor.

## Why it matters
Windows shows a window ("This app can't run on your PC"), and the terminal says only "Access is denied". Most often
python.exe of an environment is empty or cut short, after an installation that was broken off, a full disk or a virus
scanner; sometimes it is a 64-bit program on a 32-bit Windows.

## What to do
An environment is recreated; where it is the Python that it was made with, that is repaired first.

## References
- https://learn.microsoft.com/windows/win32/debug/system-error-codes--0-499-
- https://docs.python.org/3/using/windows.html
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, NewEnvironment

SEVERITY = Severity.ERROR
_PROGRAM = r"(?:[A-Za-z]:[\\/][^'\"\n]{1,300}\.exe|%1)"
SIGNATURES = (
    r"(?i:\b(?:this|the) app(?:lication)? can(?:['’]t| ?not) (?:be )?run on your (?:PC|computer))",
    r"(?:应用|应用程序|應用程式|应用软件)(?:无法|不能|無法)在(?:你|您)的"
    r"(?:电脑上运行|PC上运行|電腦上執行|PC 上运行|PC 上執行)",
    r"Diese App kann auf (?:dem|diesem|Ihrem|deinem) (?:PC|Computer) nicht ausgeführt werden",
    r"Impossible d['’]exécuter cette application sur votre (?:PC|ordinateur)",
    r"Esta aplicación no (?:se puede ejecutar|puede ejecutarse) en (?:el|tu|su) (?:equipo|PC)",
    r"Este aplicativo não pode ser executado (?:em|no) seu (?:PC|computador)"
    r"|Não é possível executar este aplicativo no seu (?:PC|computador)",
    r"Impossibile eseguire (?:l['’]app|questa app) (?:nel|sul|in questo) (?:tuo )?PC",
    r"(?:Запуск этого приложения на вашем (?:ПК|компьютере) невозможен"
    r"|Это приложение не (?:может быть запущено|работает) на вашем (?:ПК|компьютере))",
    r"このアプリはお使いの ?PC では実行できません|お使いの ?PC ではこのアプリを実行できません"
    r"|이 앱은? ?(?:사용자의? )?PC에서 실행할 수 없",
    rf"This version of {_PROGRAM} is not compatible with the version of Windows you['’]re running",
    rf"{_PROGRAM} ?的?(?:版本)?与(?:你|您)?运行的 ?Windows 版本不兼容"
    rf"|Die Version von {_PROGRAM} ist nicht mit der ausgeführten Windows-Version kompatibel",
)
EXPLAINS = ("windows-dll-load-193", "environment-not-writable")
CANDIDATES = {
    "windows-antivirus-blocks-install": "the file is empty or gone again soon after each repair, and the scanner's"
    " history names it",
    "environment-moved": "the environment came from another computer, or from a Windows for another processor",
}
WHERE = "See which file is started under the name, and whether it has 0 bytes, with `where.exe /T python`"
BASE = (
    "If Python itself cannot be started outside an environment either, repair it (Settings > Apps > Installed apps >"
    " Python > Modify > Repair), with the installer for this Windows' processor"
)


def remedies() -> tuple[Action, ...]:
    anew = NewEnvironment(title="Recreate the environment, in a new folder")
    return Advice(title=WHERE), anew, Advice(title=BASE)
