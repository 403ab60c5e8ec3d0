"""Private keys that are pasted: whole, in one line, with the line ends escaped, or cut at either end."""

from __future__ import annotations

from doctor.privacy.lazily import lazily
from doctor.privacy.stand_ins import ELLIPSIS

_LONGEST = 20_000
_BEGIN = lazily(r"-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----")
_END = lazily(r"-----END (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----")
_HEADER = r"(?:Proc-Type|DEK-Info|Version|Comment|Hash): [^\n\\]{0,100}"
# lines of base64 with what may stand between them: line ends, escaped too, quotes, indentation, marks of a quotation
_BODY = lazily(
    rf"(?:(?:\\+[nr]|[\s\"'|>,])*+(?:{_HEADER}|[A-Za-z0-9+/]{{16,}}+={{0,2}}))*+"
    r"(?:(?:\\+[nr]|\s)*[A-Za-z0-9+/]{1,80}={1,2}(?![\w=]))?"
)
# the same from the end of the text to its beginning
_BACKWARDS = lazily(
    r"(?:[nr]\\+|[\s\"'|>,])*(?:={0,2}[A-Za-z0-9+/]{1,80})?(?:(?:[nr]\\+|[\s\"'|>,])+={0,2}[A-Za-z0-9+/]{16,}+)*"
)
_PUTTY = lazily(r"(Private-Lines: \d{1,4}\s++)[A-Za-z0-9+/=\s]{16,9000}?(?=\n\s*Private-MAC|\n\s*\n|$)")
_FEWEST = 24


def without_private_keys(text: str) -> str:
    if "PRIVATE KEY" in text and "-----" in text:
        text = _without_tails(_without_heads(text))
    return _PUTTY.sub(rf"\1{ELLIPSIS}", text) if "Private-Lines" in text else text


def _without_heads(text: str) -> str:
    """From each beginning to its end, or as far as it looks like a key."""
    kept, at = [], 0
    while begin := _BEGIN.search(text, at):
        inside = begin.end()
        kept += [text[at:inside], ELLIPSIS]
        at = _end_of_key(text, inside)
    return "".join((*kept, text[at:]))


def _end_of_key(text: str, inside: int) -> int:
    end = _END.search(text, inside, inside + _LONGEST)
    if end and not _BEGIN.search(text, inside, end.start()):
        return end.start()
    body = _BODY.match(text, inside, inside + _LONGEST)
    stop = body.end() if body else inside
    return stop + len(ELLIPSIS) if text.startswith(ELLIPSIS, stop) else stop


def _without_tails(text: str) -> str:
    """Of keys whose beginning is cut off."""
    kept, at = [], 0
    while end := _END.search(text, at):
        lines = _BACKWARDS.match(text[max(at, end.start() - _LONGEST) : end.start()][::-1])
        length = lines.end() if lines and lines.end() >= _FEWEST else 0
        kept += [text[at : end.start() - length], ELLIPSIS if length else "", end[0]]
        at = end.end()
    return "".join((*kept, text[at:]))
