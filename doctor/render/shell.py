"""Commands as text for the shell of the user: quoting is done here, nowhere else."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Sequence

from doctor.model import Shell
from doctor.privacy import USER

_BARE = re.compile(r"[\w./:=+^\\-][\w./:=+@%^~\\-]*")  # words that cmd and PowerShell take as they are
# What a report has instead of the user's name and home; a shell expands ~ nowhere but where a word begins
_FILLED = re.compile(rf"({re.escape(USER)}|(?<=[=:/])~(?=[/\\]|$))")
_NEITHER_EXPANDS = re.compile(r"[^\"$`%]+")
HERE = Shell.WINDOWS if sys.platform == "win32" else Shell.POSIX


def command_line(argv: Sequence[str], shell: Shell = HERE) -> str:
    """One argv as it is typed into that shell. A leading `~` and `$USER` stand for what a report does not tell."""
    if shell is Shell.POSIX:
        return " ".join(map(_posix, argv))
    if shell is Shell.CMD:
        return " ".join(map(_cmd, argv))
    quote = _powershell if shell is Shell.POWERSHELL else _either
    words = [quote(word) for word in argv]
    return ("& " if words and words[0][:1] in ("'", '"', "$") else "") + " ".join(words)


def _posix(word: str) -> str:
    home, rest = ("~/", word[2:]) if word[:2] in ("~/", "~\\") and len(word) > 2 else ("", word)
    if word == "~":
        return word
    if not home and word.startswith("=") and shlex.quote(word) == word:
        return f"'{word}'"  # zsh looks up what follows =
    parts = [part if part == USER else '"$HOME"' if part == "~" else _quoted(part) for part in _FILLED.split(rest)]
    return home + ("".join(parts) if len(parts) > 1 else shlex.quote(rest))


def _quoted(part: str) -> str:
    return shlex.quote(part) if part else ""


def _powershell(word: str) -> str:
    if filled := _filled(word, home="$HOME", user="$env:USERNAME"):
        return f'"{filled}"' if " " in filled else filled
    return word if _BARE.fullmatch(word) else "'" + word.replace("'", "''") + "'"


def _cmd(word: str) -> str:
    if filled := _filled(word, home="%USERPROFILE%", user="%USERNAME%"):
        return f'"{filled}"' if " " in filled else filled
    return word if _BARE.fullmatch(word) else '"' + word.replace('"', '\\"') + '"'


def _either(word: str) -> str:
    """What cmd and PowerShell both take, as far as there is such a form; else PowerShell's."""
    if _BARE.fullmatch(word) or not _NEITHER_EXPANDS.fullmatch(word) or _filled(word, home="$HOME", user=USER):
        return _powershell(word)
    return f'"{word}"'


def _filled(word: str, *, home: str, user: str) -> str:
    """A path with the shell's own variables for home and user; "" for a word that needs none."""
    inside = word[1:] if word[:2] in ("~/", "~\\") else ""
    return (home + inside if inside else word).replace(USER, user) if inside or USER in word else ""
