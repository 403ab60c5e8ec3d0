"""Text as people paste it, made plain: encodings, ANSI, control characters, line ends, quoting and fences."""

from __future__ import annotations

import codecs
import re

# CSI, OSC (closed by BEL or ST, or cut off), and the two-character escapes of ECMA-48
_ESCAPE = re.compile(
    r"\x1b\[[0-?]{0,64}[ -/]{0,8}[@-~]?|\x1b[\]PX^_][^\x07\x1b\n]{0,4096}(?:\x07|\x1b\\)?|\x1b[ -/]{0,4}[0-~]?"
)
# C0 except tab and newline, DEL, C1; the bidirectional overrides and zero-width marks that hide text
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_QUOTE = re.compile(r"^[ \t]{0,3}(?:>[ \t]?)+")
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)[\w.+-]*[ \t]*$")
_TAG = re.compile(r"^[ \t]*</?(?:details|summary|pre|code|p|br|b)\b[^>\n]{0,200}>[ \t]*", re.IGNORECASE)
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#39;", "'"), ("&amp;", "&"))
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(raw: bytes) -> str:
    """Bytes of a pasted or redirected text as text; PowerShell redirects as UTF-16, Chinese consoles as GBK."""
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace")
    head = raw[:2000]
    if len(head) >= 4 and head[1::2].count(0) > len(head) // 4:
        return raw.decode("utf-16-le", "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(raw)


def _legacy(raw: bytes) -> str:
    """GBK where it fits and gives Chinese, else UTF-8 with replacements."""
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace")
    return text if b"\x00" not in raw else raw.decode("utf-8", "replace")


def printable(text: str) -> str:
    """Text that is safe to send to a terminal: escapes and control characters removed, tabs and newlines kept."""
    return _CONTROL.sub("", _ESCAPE.sub("", text)) if text else text


def plain(text: str) -> str:
    """A pasted text without escapes, control characters, quoting, fences and HTML wrappers; lines keep their order."""
    text = text.replace("\r\n", "\n")
    lines = [_unquote(printable(line.rpartition("\r")[2] or line)) for line in text.split("\n")]
    return "\n".join(_unescape(lines))


def _unquote(line: str) -> str:
    line = _TAG.sub("", _QUOTE.sub("", line))
    return "" if _FENCE.match(line) else line.rstrip()


def _unescape(lines: list[str]) -> list[str]:
    if not any("&" in line for line in lines):
        return lines
    for entity, character in _ENTITIES:
        lines = [line.replace(entity, character) for line in lines]
    return lines
