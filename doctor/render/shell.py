"""Commands as text for the shell of the user: quoting is done here, nowhere else."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Sequence

from doctor.privacy import USER

_SAFE_POWERSHELL = re.compile(r"[\w./:=+,@%^~\\-]+")


def command_line(argv: Sequence[str], windows: bool | None = None) -> str:
    """One argv as it is typed: POSIX quoting, or PowerShell's on Windows."""
    if windows if windows is not None else sys.platform == "win32":
        words = [_powershell(word) for word in argv]
        return ("& " if words and words[0].startswith("'") else "") + " ".join(words)
    return " ".join(_posix(word) for word in argv)


def _posix(word: str) -> str:
    """Quoted, but for a leading `~/` and `$USER`, which stand for what a report does not tell (doctor.privacy)."""
    home, rest = ("~/", word[2:]) if word.startswith("~/") and len(word) > 2 else ("", word)
    if USER not in rest:
        return home + shlex.quote(rest)
    return home + USER.join(shlex.quote(part) if part else "" for part in rest.split(USER))


def _powershell(word: str) -> str:
    if _SAFE_POWERSHELL.fullmatch(word) and not word.startswith(("@", "%", ",")):
        return word
    return "'" + word.replace("'", "''") + "'"
