"""What to type tomorrow: three lines that work in a new shell of the kind that the user has."""

from __future__ import annotations

import contextlib
import shlex
import sys
from collections.abc import Callable, Mapping
from pathlib import Path, PurePath

from doctor import gate
from doctor.bootstrap import launcher
from doctor.bootstrap.home import Home
from doctor.bootstrap.records import EnvironmentRecord
from doctor.privacy import USER

_POLICY = "Set-ExecutionPolicy -Scope Process -ExecutionPolicy RemoteSigned -Force; "
# what the scripts of older venvs take for a pattern or a variable where it stands in their own path
_MISREAD = {"powershell": '[]*?"$`', "cmd": ""}
# where `conda init` leaves its mark, by shell
_INITIALISED = {
    "bash": (".bashrc", ".bash_profile"),
    "zsh": (".zshrc",),
    "fish": (".config/fish/config.fish",),
    "powershell": (
        "Documents/WindowsPowerShell/profile.ps1", "Documents/PowerShell/profile.ps1", ".config/powershell/profile.ps1",
    ),
}  # fmt: skip


def lines(home: Home, environment: EnvironmentRecord, variables: Mapping[str, str]) -> tuple[str, str, str]:
    """Activate, check, run the recipes."""
    shell = shell_of(variables)
    quote = QUOTES[shell]
    if launcher.is_found(home, environment, variables):
        command = "torch-doctor"
    else:
        command = ("& " if shell == "powershell" else "") + quote(str(launcher.program(home)))
    activate = _conda(environment, shell, quote) if environment.conda else _venv(environment, shell, quote)
    return activate, f"{command} check", f"{command} run-recipes"


def shell_of(variables: Mapping[str, str]) -> str:
    """ "sh" (what every POSIX shell takes), "bash", "zsh", "fish", "powershell" or "cmd"."""
    started = variables.get("TORCH_DOCTOR_SHELL", "")
    name = PurePath(variables.get("SHELL", "")).stem
    if sys.platform == "win32":
        return "powershell" if started == "powershell" else ("bash" if name else "cmd")
    if name in ("bash", "zsh", "fish"):
        return name
    return "powershell" if name == "pwsh" or (not name and started == "powershell") else "sh"


def _venv(environment: EnvironmentRecord, shell: str, quote: Callable[[str], str]) -> str:
    folder = environment.python.parent
    if any(letter in environment.folder for letter in _MISREAD.get(shell, '"$`')):
        return _on_path(environment, shell, quote)
    if shell == "powershell":
        script = next((file for file in folder.glob("[Aa]ctivate.ps1")), folder / "Activate.ps1")
        return f"{_POLICY if sys.platform == 'win32' else ''}. {quote(str(script))}"
    if shell == "cmd":
        return quote(str(folder / "activate.bat"))
    name = "activate.fish" if shell == "fish" else "activate"
    return f". {quote((folder / name).as_posix())}"


def _conda(environment: EnvironmentRecord, shell: str, quote: Callable[[str], str]) -> str:
    """By name where the shell knows that conda; else conda's own start first; without one, the folder on PATH."""
    folder = Path(environment.folder)
    base = folder.parent.parent
    by_name = folder.parent.name == "envs"
    activate = f"conda activate {quote(environment.conda if by_name else str(folder))}"
    if by_name and _knows(shell, base):
        return activate
    program = base / ("Scripts/conda.exe" if sys.platform == "win32" else "bin/conda")
    if not by_name or not program.is_file():
        return _on_path(environment, shell, quote)
    if shell == "powershell":
        return f"(& {quote(str(program))} 'shell.powershell' 'hook') | Out-String | Invoke-Expression; {activate}"
    if shell == "cmd":
        return f"{quote(str(base / 'Scripts' / 'activate.bat'))} {quote(environment.conda)}"
    if shell == "fish":
        return f"eval ({quote(str(program))} shell.fish hook); {activate}"
    return f". {quote((base / 'etc' / 'profile.d' / 'conda.sh').as_posix())}; {activate}"


def _on_path(environment: EnvironmentRecord, shell: str, quote: Callable[[str], str]) -> str:
    folder = environment.python.parent
    if shell == "powershell":
        separator = ";" if sys.platform == "win32" else ":"
        return f"$env:PATH = {quote(f'{folder}{separator}')} + $env:PATH"
    if shell == "cmd":
        return f'set "PATH={folder};%PATH%"'
    if shell == "fish":
        return f"set -gx PATH {quote(str(folder))} $PATH"
    return f'export PATH={quote(folder.as_posix())}:"$PATH"'


def _knows(shell: str, base: Path) -> bool:
    """Whether `conda init` of that conda was run for the shell."""
    texts = [_user_file(name) for name in _INITIALISED.get(shell, ())]
    if shell == "cmd":
        texts = [_autorun()]
    return any("conda" in text and str(base) in text for text in texts)


def _user_file(name: str) -> str:
    try:
        return (Path.home() / name).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _autorun() -> str:
    """What cmd runs when it starts."""
    if sys.platform == "win32":
        import winreg

        name = r"Software\Microsoft\Command Processor"
        with contextlib.suppress(OSError), winreg.OpenKey(winreg.HKEY_CURRENT_USER, name) as key:
            return str(winreg.QueryValueEx(key, "AutoRun")[0])
    return ""


def _fish(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _powershell(word: str) -> str:
    """Typographic apostrophes end a string there, too."""
    for quote in "'\u2018\u2019\u201a\u201b":
        word = word.replace(quote, quote * 2)
    return f"'{word}'"


def _cmd(word: str) -> str:
    return f'"{word}"'


def _told(quote: Callable[[str], str], around: str, home: str, user: str) -> Callable[[str], str]:
    """What quotes a path that may be told: the shell itself puts home and user in, between `around`."""

    def quoted(word: str) -> str:
        shown = gate.word(word)
        begin, rest = (home, shown[1:]) if shown[:2] in ("~/", "~\\") else ("", shown)
        if shown == word:
            return quote(word)
        if around:
            return around + begin + rest.replace(USER, user) + around
        return begin + rest[: len(begin)] + USER.join(part and quote(part) for part in rest[len(begin) :].split(USER))

    return quoted


_SH, _FISH = _told(shlex.quote, "", "~", USER), _told(_fish, "", "~", USER)
QUOTES: dict[str, Callable[[str], str]] = {
    "sh": _SH, "bash": _SH, "zsh": _SH, "fish": _FISH,
    "powershell": _told(_powershell, '"', "$HOME", "$env:USERNAME"),
    "cmd": _told(_cmd, '"', "%USERPROFILE%", "%USERNAME%"),
}  # fmt: skip
