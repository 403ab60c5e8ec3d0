"""Text without what acts on a terminal or hides in a line."""

from __future__ import annotations

import re

# CSI, then OSC and its kin (closed by BEL or ST, or cut off), and the two-character escapes of ECMA-48
_ESCAPE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]?"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]{0,4096}(?:[\x07\x9c]|\x1b\\)?"
    r"|\x1b[ -/]{0,4}[0-~]?"
)
# C0 except tab and newline, DEL, C1; what Unicode draws nothing for: bidirectional controls, zero-width marks, fillers,
# variation selectors, tags; and the two code points that are no characters at all
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def visible(text: str) -> str:
    """Escape sequences and invisible characters removed, half characters replaced; tabs and newlines are kept."""
    if text.isascii() and text.isprintable():
        return text
    return _SURROGATE.sub("\ufffd", _INVISIBLE.sub("", _ESCAPE.sub("", text)))
