"""Lines of a log: what stands before each, and which of them tell of no failure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

_HINTS = (  # that say why
    r"this error|it looks like|packages were|(?:only )?pre-releases|wheels are|a source distribution|an index url|`"
    r"|= is|the (?:`requires-python`|package `|project `|workspace member|python interpreter|resolution|source dist)"
    r"|while the active|you(?:'re| require| are attempting)"
)
# the time, where something that writes logs stands between: Docker, GitHub's runners, uv -v
_TIME = re.compile(
    r"\s*(?:#\d{1,3} \d{1,6}\.\d{1,3} |\d{1,6}\.\d{3}(?:\d{3}s(?: {1,8}\d{1,5}ms)?)? "
    r"|\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S{0,20} )"
)
_C_FILE = r"\w{1,60}\.(?:cpp|cc|h):\d{1,5}\]"
# what tells of no failure; behind "+ " and "12 | " PowerShell shows the line of the script, which may be one of a page
# of GitHub
_HARMLESS = re.compile(
    r"\s*(?:[\w.-]{1,30} : )?(?:warning(?!: (?:the repository located|failed to open|requirement '|md5sum mismatch)"
    r"|\s{1,4}libmamba the specification)|warnung|警告|(?:debug|info|trace)\b"
    r"|[^\"']{1,300}:\d{1,6}: \w{0,40}warning:|(?:find|ls|du|e?grep|stat): "
    rf"|retrying \(|note:|reason for being yanked|hint:(?! (?:{_HINTS}))|\[notice\]|looking in|collecting|using"
    r"|downloading(?!.*(?:\w : |error: ))"
    rf"|n: |sudo: unable to resolve host|\[[wi]\d{{0,8}} [\d:. ]{{0,30}}{_C_FILE}|[wi] tensorflow/"
    r"|rm(?:dir)?: .{0,300}: (?:permission denied|no such file|directory not empty|operation not permitted)"
    r"|link : .{0,60}lnk1181: .{0,80}\b(?:aio|cufile)\.lib"
    r"|\+ (?!categoryinfo|fullyqualifiederrorid|.*(?:octicon|client-env|data-turbo))|\d{2,5} \|  (?!.*<[a-z!/]))",
    re.I,
)

# of a test of what the compiler can do
_TEST = re.compile(r"(?i)\s*(?:\S{0,200}[\\/])?(?:_configtest|conftest|test)\.c[:(]\d")
_END_OF_TEST = re.compile(r"(?i)\s*compilation terminated\b")
_LINES_OF_TEST = 5
_OF_UV = re.compile(r"\s*(?:DEBUG|TRACE|INFO) ")
_SETTINGS = re.compile(r"\s*warning: Failed to parse `\S{1,200}` during settings discovery")  # uv goes on without them
_SHOWN = re.compile(r"[ \t]{2}|TOML parse error|\d{0,5} ?\||unknown field|failed to parse|invalid ")
_CAUSED = re.compile(r"\s+Caused by: ")
_WILL_RETRY = re.compile(r"Warning: Problem\b.{0,200}Will retry")  # curl, of the line before


def lines_of(log: str) -> list[str]:
    """Without the time, and without what tests of the compiler printed."""
    lines = [line[time.end() :] if (time := _TIME.match(line)) else line for line in log.splitlines()]
    for at, line in enumerate(lines):
        if _TEST.match(line):
            ends = (end for end in range(at, at + _LINES_OF_TEST) if _END_OF_TEST.match("".join(lines[end : end + 1])))
            end = next(ends, at)
            lines[at : end + 1] = [""] * (end + 1 - at)
    return lines


def of_failures(lines: Sequence[str]) -> list[str]:
    """ "" in the place of a line that tells of none."""
    return [
        "" if _HARMLESS.match(line) or _WILL_RETRY.match(following) else line
        for line, following in pairwise([*lines, ""])
    ]


def without_what_uv_got_over(lines: Iterable[str]) -> Iterator[str]:
    """uv -v tells why it tries again, and uv which settings it goes on without."""
    causes = settings = False
    for line in lines:
        causes = bool(_OF_UV.match(line)) or (causes and bool(_CAUSED.match(line)))
        settings = bool(_SETTINGS.match(line)) or (settings and bool(_SHOWN.match(line)))
        yield "" if causes or settings else line
