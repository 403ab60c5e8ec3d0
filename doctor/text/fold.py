"""What pasting, logging and translating did to a text, undone before anything is looked for in it.

Typographic punctuation, escaped quotes, entities and colours become what the program once wrote. No line end is added
or taken: a line that is broken inside (a log record with "\\n" spelled out, a progress bar) gets carriage returns.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from doctor.text.tongues import in_english
from doctor.text.typography import PLAIN

# Colours of a terminal, as they are, spelled out, and without their escape character
_ESCAPE = re.compile(rb"\x1b(?:\[[0-?]{0,64}[ -/]{0,8}[@-~]|\][^\x07\x1b\r\n]{0,4096}(?:\x07|\x1b\\))")
_SPELLED = (b"\\x1b[", b"\\u001b[", b"\\033[", b"\\e[", b"^[[", "␛[".encode())
_SPELLED_ESCAPE = re.compile(rb"(?:" + b"|".join(map(re.escape, _SPELLED)) + rb")[\d;]{0,20}[A-Za-z]")
_LOST_ESCAPE = re.compile(rb"\[(?:\d{1,3};){0,4}\d{1,3}m")

_ENTITY = re.compile(rb"&(?:amp;)?(gt|lt|quot|apos|nbsp|amp|#39|#34|#x27);")
_CHARACTERS = {b"gt": b">", b"lt": b"<", b"quot": b'"', b"#34": b'"', b"nbsp": b" ", b"amp": b"&"}
_TAG = re.compile(rb"</?(?:code|pre|strong|b|p|td|span)>")
_LINE_TAG = re.compile(rb"<br ?/?>")

_ESCAPED_QUOTES = ((b'\\"', b'"'), (b"\\'", b"'"))
_DEPTH = 3  # records within records: each escapes what is inside once more
_TRACEBACK = b"Traceback (most recent call last):\\n"
# Surely a line end: no folder of Windows goes on like that. C:\numpy is one that would
_SURE_END = re.compile(rb"\\\\?n(?=[\s\\A-Z\"'<(\[{\d#*=+^-]|$)")
_ANY_END = re.compile(rb"(?<!\\)\\n")
_FOLDER = re.compile(rb"[A-Za-z]:\\[^\\]")

# By the bytes they begin with: a search for a literal is many times faster than one for a choice
_TYPOGRAPHY = {
    lead: re.compile(b"%b[%b](?:%b[%b])*" % (lead, last, lead, last))
    for lead, last in (
        (b"\xe2\x80", rb"\x80-\xaf\xb2\xb3"),
        (b"\xe2\x81", rb"\x9f-\xaf"),
        (b"\xe2\x88", rb"\x92"),
        (b"\xc2", rb"\xa0\xab\xad\xb4\xbb"),
        (b"\xca", rb"\xbc"),
        (b"\xe3\x80", rb"\x80\x82\x8c-\x91"),
        (b"\xef\xbb", rb"\xbf"),
        (b"\xef\xbc", rb"\x81-\xbf"),
        (b"\xef\xbd", rb"\x80-\x9e"),
    )
}
_NARROWEST, _WIDEST = 60, 250  # columns of a terminal
_USUAL = (79, 80, 100, 120, 132)
_BEGINS = re.compile(r"\s|[\w.]{1,80}(?:Error|Warning|Exception)\b|\[|Traceback|\d{4}-\d\d-")
_EAST_ASIAN = "\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3"


def fold(raw: bytes) -> bytes:
    """A text in UTF-8 without what was done to it."""
    return fold_characters(break_lines(raw))


def break_lines(raw: bytes) -> bytes:
    """A carriage return wherever a line is broken inside."""
    if b"\r\n" in raw:
        raw = raw.replace(b"\r\n", b"\n")
    if b"<br" in raw:
        raw = _LINE_TAG.sub(b"\r", raw)
    return b"".join(_with_spelled_ends(raw)) if b"\\n" in raw else raw


def fold_characters(raw: bytes) -> bytes:
    """Plain characters in place of typographic, escaped and coloured ones; line ends and carriage returns stay."""
    if b"\x1b" in raw:
        raw = _ESCAPE.sub(b"", raw)
    if any(escape in raw for escape in _SPELLED):
        raw = _SPELLED_ESCAPE.sub(b"", raw)
    raw = _LOST_ESCAPE.sub(b"", raw)
    if b"&" in raw:
        raw = _ENTITY.sub(lambda found: _CHARACTERS.get(found[1], b"'"), raw)
    if b"</" in raw:
        raw = _TAG.sub(b"", raw)
    if b"\\" in raw:
        raw = _unescaped(raw)
    for lead, typographic in () if raw.isascii() else _TYPOGRAPHY.items():
        if lead in raw:
            raw = typographic.sub(lambda found: _plain(found[0]), raw)
    return in_english(raw)


def scripts_apart(line: str) -> str:
    """The line with a space between Chinese, Japanese or Korean and what stands beside it without one."""
    return line if line.isascii() else _east_asian().sub(_apart, line)


@cache
def _east_asian() -> re.Pattern[str]:
    """Made when it is needed: classes of so many letters take their time."""
    return re.compile(rf"[{_EAST_ASIAN}]+(?P<on>(?=[\w\"'\[]))?")


def _apart(found: re.Match[str]) -> str:
    before = found.string[found.start() - 1] if found.start() else " "
    return (" " if "!" <= before <= "~" else "") + found[0] + (" " if found["on"] is not None else "")


def _unescaped(raw: bytes) -> bytes:
    for escaped, quote in _ESCAPED_QUOTES * _DEPTH:
        raw = raw.replace(escaped, quote)
    return raw.replace(b"\\\\", b"\\")


@lru_cache(maxsize=1024)
def _plain(typographic: bytes) -> bytes:
    return typographic.decode().translate(PLAIN).encode()


def _with_spelled_ends(raw: bytes) -> list[bytes]:
    """The text in parts, with the line ends that log records spell out."""
    parts: list[bytes] = []
    done, at = 0, raw.find(b"\\n")
    while at >= 0:
        start = max(done, raw.rfind(b"\n", done, at) + 1)
        end = raw.find(b"\n", at)
        end = len(raw) if end < 0 else end
        parts += (raw[done:start], _broken(raw[start:end]))
        done, at = end, raw.find(b"\\n", end)
    return [*parts, raw[done:]]


def _broken(line: bytes) -> bytes:
    """A line that is a record of several; program text that a traceback shows is indented, and stays."""
    if _TRACEBACK not in line and (line.startswith(b"    ") or len(_SURE_END.findall(line)) < 2):
        return line
    line = _SURE_END.sub(b"\r", line.replace(b"\\r\\n", b"\\n"))
    return line if b"\\n" not in line or _FOLDER.search(line) else _ANY_END.sub(b"\r", line)


def unwrap(raw: bytes) -> tuple[bytes, list[int]] | None:
    """The text with the lines joined that a terminal cut at its width, inside words too, and the number of each line
    before that. None where no line is as wide as terminals are.
    """
    lines = raw.decode("utf-8", "replace").replace("\r\n", "\n").split("\n")
    width = max(map(len, lines[:-1]), default=0)
    full = sum(len(line) == width for line in lines)
    if not _NARROWEST <= width <= _WIDEST or full < (1 if width in _USUAL else 2):
        return None
    joined: list[str] = []
    numbers: list[int] = []
    for number, line in enumerate(lines, 1):
        if number == 1 or len(lines[number - 2]) < width or _BEGINS.match(line):
            joined.append("")
            numbers.append(number)
        joined[-1] += line
    return "\n".join(joined).encode(), numbers
