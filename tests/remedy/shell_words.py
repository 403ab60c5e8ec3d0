"""How the shells of Windows take a line apart, as far as a printed command may go: what does not fit raises."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable

from doctor.model import Shell

HOME, NAME = r"C:\Users\me", "me"
_SPECIAL = re.compile(r"[&|<>^()!`;]")  # of cmd, outside quotation marks
_CMD_VARIABLES = {"%USERPROFILE%": HOME, "%USERNAME%": NAME}
_TOKEN = re.compile(
    r"'(?P<single>(?:[^'‘’‚‛]|['‘’‚‛]{2})*)'|\"(?P<double>[^\"“”„`]*)\"|(?P<variable>\$HOME|\$env:USERNAME)"
    r"|(?P<bare>[^\s'\"‘’‚‛“”„`$@#&|;,(){}<>]+)|(?P<blank> +)"
)


def of_cmd(line: str) -> tuple[str, ...]:
    """The line through cmd and then through the C runtime of the program that it starts."""
    for variable, value in _CMD_VARIABLES.items():
        line = line.replace(variable, value)
    assert not re.search(r"%\w+%", line), line
    assert not _SPECIAL.search(re.sub(r'"[^"]*"', "", line)), line
    assert r"\"" not in line.replace("\\\\", ""), line  # cmd takes it for the end of the quotation
    return tuple(_of_c_runtime(line))


def _of_c_runtime(line: str) -> list[str]:
    words: list[str] = []
    word, quoted, at = "", False, 0
    started = False
    while at < len(line):
        run = re.match(r'\\+(?=")', line[at:])
        if run:
            word, at = word + "\\" * (len(run[0]) // 2), at + len(run[0])
            assert len(run[0]) % 2 == 0, line
        elif line[at] == '"':
            quoted, started, at = not quoted, True, at + 1
        elif line[at] == " " and not quoted:
            words, word, started, at = [*words, word] if started else words, "", False, at + 1
        else:
            word, started, at = word + line[at], True, at + 1
    assert not quoted, line
    return [*words, word] if started else words


def of_powershell(line: str) -> tuple[str, ...]:
    """Where the first word begins with a quotation mark or a variable, only `&` makes a command of it."""
    called, line = line.startswith("& "), line.removeprefix("& ")
    assert called or line[0] not in "'\"$", line
    words = [""]
    at = 0
    while at < len(line):
        found = _TOKEN.match(line, at)
        assert found, f"{line!r} at {line[at:]!r}"
        at = found.end()
        if found["blank"]:
            words.append("")
        elif found["single"] is not None:
            words[-1] += re.sub("(['‘’‚‛])['‘’‚‛]", r"\1", found["single"])
        else:
            words[-1] += _filled(found["double"] or found["variable"] or found["bare"] or "")
    assert not any(re.fullmatch(r"-[^ ]*[.:].*", word) for word in re.findall(r"(?<= )-\S+", line)), line
    return tuple(words)


def _filled(text: str) -> str:
    text = text.replace("$HOME", HOME).replace("$env:USERNAME", NAME)
    assert "$" not in text, text
    return text


def of_posix(line: str) -> tuple[str, ...]:
    words = (f"{HOME}\\{word[2:]}" if word.startswith("~/") else word for word in shlex.split(line))
    return tuple(word.replace("$HOME", HOME) for word in words)


TAKES: dict[Shell, tuple[Callable[[str], tuple[str, ...]], ...]] = {
    Shell.CMD: (of_cmd,),
    Shell.POWERSHELL: (of_powershell,),
    Shell.POSIX: (of_posix,),
    Shell.WINDOWS: (of_cmd, of_powershell),
}
