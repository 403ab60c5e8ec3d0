"""Commands as text for the shell of the user: quoting is done here, nowhere else."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Sequence

from doctor.model import Shell
from doctor.privacy import USER

_BARE = re.compile(r"(?!-[^ ]*[.:])[\w./:=+\\-][\w./:=+@~\\-]*")  # words that cmd and PowerShell take as they are
# What a report has instead of the user's name and home; a shell expands ~ nowhere but where a word begins
_FILLED = re.compile(rf"({re.escape(USER)}|(?<=[=:/])~(?=[/\\]|$))")
_NEITHER_EXPANDS = re.compile(r"[^\"“”„$`]+")
_SINGLE = re.compile("['‘’‚‛]")  # what PowerShell takes for a single quotation mark
# Git's bash and MSYS2's set MSYSTEM; else it is cmd or PowerShell, and no matter which
HERE = Shell.WINDOWS if sys.platform == "win32" and "MSYSTEM" not in os.environ else Shell.POSIX


def command_line(argv: Sequence[str], shell: Shell = HERE) -> str:
    """One argv as it is typed into that shell. A leading `~` and `$USER` stand for what a report does not tell."""
    if shell is Shell.POSIX:
        return " ".join(map(_posix, argv))
    if shell is Shell.CMD:
        return " ".join(map(_cmd, argv))
    if shell is Shell.WINDOWS and _in_both(argv):
        return " ".join(map(_either, argv))
    words = [_powershell(word) for word in argv]
    return ("& " if words and words[0][:1] in ("'", '"', "$") else "") + " ".join(words)


def _in_both(argv: Sequence[str]) -> bool:
    """Whether cmd and PowerShell can have one line: not for a program with a blank in its path, nor for what a report
    does not tell."""
    return bool(_BARE.fullmatch(argv[0])) and not any(_filled(word, home="", user="?") for word in argv)


def shell_on(os: str) -> Shell:
    """What commands for a machine with this system are typed into, where nobody told."""
    return (HERE if sys.platform == "win32" else Shell.WINDOWS) if os == "windows" else Shell.POSIX


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
        return filled if _BARE.fullmatch(filled.replace("$", "")) else f'"{filled}"'
    return word if _BARE.fullmatch(word) else "'" + _SINGLE.sub(r"\g<0>\g<0>", word) + "'"


def _cmd(word: str) -> str:
    if filled := _filled(word, home="%USERPROFILE%", user="%USERNAME%"):
        return f'"{filled}"'  # a user's folder may have blanks in its name
    return word if _BARE.fullmatch(word) else '"' + re.sub(r'(?<!\\)(\\*)("|\Z)', _doubled, word) + '"'


def _doubled(found: re.Match[str]) -> str:
    """Backslashes before a quotation mark: a program of Windows reads two as one."""
    return 2 * found[1] + (f"\\{found[2]}" if found[2] else "")


def _either(word: str) -> str:
    """What cmd and PowerShell both take, as far as there is such a form; else PowerShell's."""
    return f'"{word}"' if _NEITHER_EXPANDS.fullmatch(word) and not _BARE.fullmatch(word) else _powershell(word)


def _filled(word: str, *, home: str, user: str) -> str:
    """A path with the shell's own variables for home and user; "" for a word that needs none."""
    inside = word[1:] if word[:2] in ("~/", "~\\") else ""
    return (home + inside if inside else word).replace(USER, user) if inside or USER in word else ""
