"""Commands as text for the shell of the user: quoting is done here, nowhere else."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Sequence

_SAFE_POWERSHELL = re.compile(r"[\w./:=+,@%^~\\-]+")


def command_line(argv: Sequence[str], windows: bool | None = None) -> str:
    """One argv as it is typed: POSIX quoting, or PowerShell's on Windows."""
    if windows if windows is not None else sys.platform == "win32":
        words = [_powershell(word) for word in argv]
        return ("& " if words and words[0].startswith("'") else "") + " ".join(words)
    return shlex.join(argv)


def _powershell(word: str) -> str:
    if _SAFE_POWERSHELL.fullmatch(word) and not word.startswith(("@", "%", ",")):
        return word
    return "'" + word.replace("'", "''") + "'"
