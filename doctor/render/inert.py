"""Values as Markdown that opens nothing: no tag, link, image, mention, heading, table or fence.

What a word could act with stands in a code span: GitHub reads mentions and addresses in any other text, escaped or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_QUOTED = re.compile(r"(?<!`)`([^`]+)`(?!`)")  # as our own sentences quote
_PLAIN = re.compile(r"(?:[^\W_]|[.,;:()'\"+/%=?!×≥≤→…·⏎-])*")
# addresses, issues, emoji, commits
_ACTS = re.compile(r"(?i)://|www\.|^(?:mailto|xmpp):|\b(?:gh|ghsa|cve)-|:[\w+-]+:|\b[0-9a-f]{7,}\b")
_BEGINS_A_BLOCK = re.compile(r"[-+=]+|\d+[.)]")


def prose(text: str) -> str:
    """A sentence with values in it, in one line."""
    parts = _QUOTED.split(" ".join(text.split()))  # every other one was quoted
    return "".join(code(part) if place % 2 else _words(part, place == 0) for place, part in enumerate(parts))


def _words(text: str, first: bool) -> str:
    begin = _BEGINS_A_BLOCK.match(text) if first else None
    if begin and text[begin.end() : begin.end() + 1] in ("", " "):
        return code(begin[0]) + _words(text[begin.end() :], first=False)
    return " ".join(map(_word, text.split(" ")))


def _word(word: str) -> str:
    """As it is, or as code between the signs around it."""
    if _PLAIN.fullmatch(word) and not _ACTS.search(word):
        return word
    inner = word.lstrip("(\"'").rstrip(".,;:!?)\"'")
    before, _, after = word.partition(inner)
    return before + code(inner) + after if inner else code(word)


def code(text: str) -> str:
    """A code span that nothing inside can end."""
    mark = "`" * (_longest_run(text) + 1)
    pad = " " if "`" in (text[:1], text[-1:]) else ""
    return f"{mark}{pad}{text}{pad}{mark}" if text.strip() else ""


def cell(text: str) -> str:
    """A sentence for a cell of a table; a backslash before the bar would count twice."""
    return prose(text).replace("\\|", "\\¦").replace("|", "\\|")


def fence(language: str, lines: Iterable[str]) -> list[str]:
    """A block that no line inside can end."""
    body = list(lines)
    mark = "`" * max(3, _longest_run("\n".join(body)) + 1)
    return [f"{mark}{language}", *body, mark]


def _longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)
