"""The line of a log that tells more than a general reason does.

Of a failed build what it says itself, below all that only passes it on: the compiler's first error, or the exception
that ended the package's own script."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

_LONGEST = 160
_FRAME = " \t│|╰─>×"
_PASSES_ON = re.compile(
    r"(?i)subprocess-exited-with-error|metadata-generation-failed|legacy-install-failure|command ['\"]|command errored"
    r"|failed[ -](?:building|to build|wheel-build|to prepare|to fetch wheel)|could not build"
    r"|compil(?:ing|ation) (?:objects|failed)|error compiling"
    r"|exit (?:code|status)|backend (?:returned|operation)|CalledProcessError|python setup\.py|note: this error"
    r"|did not run successfully|exception: pip failed"
)
_OF_A_COMPILER = re.compile(
    r"(?:^|[\s:)])((?:fatal error|error)(?: [A-Z]{1,4}\d{2,5})?(?:\[E\d{4}\])?: \S.*|undefined reference to \S.*)$"
)
_IN_A_FILE = re.compile(r"\w[:(]\d{1,6}[:,)]|\w\(\d{1,6}\) ?:|\[E\d{4}\]|undefined reference|fatal error")
_OF_PYTHON = re.compile(r"^((?:[A-Za-z_]\w{0,60}\.){0,8}[A-Z]\w{0,60}(?:Error|Exception|NotFound)): *(\S.*)$")
_ERROR = re.compile(r"^(?:ERROR|error): (?=[A-Z])")
_VERSIONS = re.compile(r" ?\(from versions: .*")
_OF_CMAKE = re.compile(r"^CMake Error(?: at [^:]{1,200}(?::\d{1,6})? \(\w{1,60}\))?: *(.*)$")

# of the package's own script
_OUTPUT = re.compile(r"(?i)^\[\d{1,6} lines? of output\]|^\[std(?:out|err)\]|^-{3} std(?:out|err):|^complete output\b")
_ITS_END = re.compile(r"(?i)^(?:\[end of output\]|hint:|note: this (?:error|is)|-{3}$|-{8})")
_SAYS_WHY = re.compile(
    r"(?i)\b(?:not (?:found|installed|supported|available|set|defined)|missing|please|must|requires?|required|needs?"
    r"|cannot|can't|could not|couldn't|unable to|unsupported|no such)\b"
)
_LAST = 6
_DOES = re.compile(
    r"(?i)(?:file \"|raise |warn|running|copying|creating|writing|adding|reading|removing|skipping|checking|looking)"
)


def innermost(lines: Sequence[str]) -> str:
    """In one line; "" where none tells more than that it failed."""
    plain = [line.strip().strip(_FRAME).strip() for line in lines]
    begins = [at for at, line in enumerate(plain) if _OUTPUT.match(line)]
    outputs = ([*takewhile(lambda line: not _ITS_END.match(line), plain[at + 1 :])] for at in begins)
    own = next(filter(None, (_told(one) or _last_words(one) for one in outputs)), "")
    return shortened(own or _told(plain[: begins[0]] if begins else plain))


def _told(lines: Sequence[str]) -> str:
    return _compiler(lines) or _cmake(lines) or _python(lines)


def shortened(line: str) -> str:
    """Without what only says that it is an error, the list of all versions and control characters."""
    found = _VERSIONS.sub("", _ERROR.sub("", line.strip()))
    shown = " ".join("".join(letter if letter.isprintable() else " " for letter in found).split())
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 2]} …"


def _compiler(lines: Sequence[str]) -> str:
    """The first: those that follow come of it."""
    found = [match for line in lines if (match := _OF_A_COMPILER.search(line)) and not _OF_PYTHON.match(line)]
    own = [match for match in found if not _PASSES_ON.search(match[1])]
    own.sort(key=lambda match: not _IN_A_FILE.search(match.string))
    return own[0][1] if own else ""


def _cmake(lines: Sequence[str]) -> str:
    """Its message stands behind the place, or in the lines below."""
    for at, line in enumerate(lines):
        if match := _OF_CMAKE.match(line):
            below = takewhile(lambda one: not one.startswith(("-- ", "CMake ")), lines[at + 1 : at + 8])
            return match[1] or " ".join(below)
    return ""


def _python(lines: Sequence[str]) -> str:
    """The last: it ended the script. One without words is told by what it asserted."""
    found = [match[0] for line in lines if (match := _OF_PYTHON.match(line)) and not _PASSES_ON.search(line)]
    if found or "AssertionError" not in lines:
        return found[-1] if found else ""
    return next((line for line in reversed(lines) if line.startswith("assert ")), "")


def _last_words(lines: Sequence[str]) -> str:
    """Of a script that raised nothing: the last line that tells why it ended."""
    said = [line for line, before in zip(lines, ["", *lines], strict=False) if line and not before.startswith('File "')]
    last = said[-_LAST:]
    told = (line for line in reversed(last) if _SAYS_WHY.search(line))
    return next((one for one in told if not (_DOES.match(one) or _PASSES_ON.search(one))), "")
