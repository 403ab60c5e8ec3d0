"""Text as people paste it, made plain: encodings, ANSI, control characters, line ends, quoting and fences."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import chain

from doctor.text.fold import fold_characters
from doctor.text.visible import visible

_LOST_COLOUR = re.compile(r"\[(?:(?:\d{1,3};){1,4}\d{1,3}|\d{1,2})m")  # that has lost its escape character
_QUOTE = re.compile(r"^[ \t]{0,3}(?:>(?!>> )[ \t]?)+")  # not the prompt of Python
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)[\w.+-]*[ \t]*$")
_TAG = re.compile(r"^[ \t]*</?(?:details|summary|pre|code|p|br|b)\b[^>\n]{0,200}>[ \t]*", re.IGNORECASE)
# A job's raw log of GitHub Actions, and the columns that `gh run view --log` puts before it
_CI_STAMP = re.compile(r"^(?:[^\t\n]{1,80}\t[^\t\n]{1,80}\t)?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z ?")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


_HIGH = re.compile(rb"[\x80-\xff]+")
_HEAD_BYTES = 200_000


def encoding_of(head: bytes) -> str:
    """The encoding of a text from its beginning: PowerShell redirects as UTF-16, other consoles in their code page."""
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return encoding
    if len(head) >= 4 and head[1::2].count(0) > len(head) // 4:
        return "utf-16-le"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return _code_page(head)
    return "utf-8"


def _code_page(head: bytes) -> str:
    """Japanese, Chinese or Western, by what the bytes above ASCII look like; UTF-8 with damage when they do not."""
    if b"\x00" in head:
        return "utf-8"
    runs = _HIGH.findall(head)
    high, western = sum(map(len, runs)), sum(len(run) == 1 for run in runs) * 2 >= len(runs)
    kana = sum("ぁ" <= letter <= "ヿ" for letter in head.decode("cp932", "ignore"))
    if kana * 8 > high:
        return "cp932"
    text = head.decode("gb18030", "replace")
    if not western and text.count("\ufffd") * 20 < len(text):
        return "gb18030"
    return "cp1252" if western else "utf-8"


def decode(raw: bytes) -> str:
    """Bytes of a pasted or redirected text as text; bytes that do not fit are replaced."""
    return b"".join(as_utf8(iter((raw,)))).decode("utf-8", "replace")


def as_utf8(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces of a text of any encoding as UTF-8; UTF-8 passes untouched, bad bytes and all."""
    first = next(pieces, b"")
    encoding = encoding_of(first[:_HEAD_BYTES])
    if encoding == "utf-8":
        yield first.removeprefix(codecs.BOM_UTF8)
        yield from pieces
        return
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for piece in chain((first,), pieces):
        yield decoder.decode(piece).removeprefix("\ufeff").encode("utf-8", "replace")
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")


def printable(text: str) -> str:
    """Text without escapes, lost ones too, and invisible characters; tabs and newlines are kept."""
    seen = visible(text)
    return _LOST_COLOUR.sub("", seen) if "[" in seen else seen


def plain(text: str) -> str:
    """A pasted text without escapes, control characters, quoting, fences and HTML wrappers; lines keep their order."""
    text = fold_characters(text.replace("\r\n", "\n").encode("utf-8", "replace")).decode("utf-8", "replace")
    return "\n".join(_unquote(printable(line.rpartition("\r")[2] or line)) for line in text.split("\n"))


def _unquote(line: str) -> str:
    line = _TAG.sub("", _QUOTE.sub("", _CI_STAMP.sub("", line)))
    return "" if _FENCE.match(line) else line.rstrip()
