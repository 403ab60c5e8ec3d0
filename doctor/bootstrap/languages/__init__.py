"""The sentences that failures are known by, in English, whatever language the system speaks.

What is known of a failure is written down once, in English (known_failures/). Here is what systems say in its place in
German, Chinese, French, Spanish, Japanese, and the frequent ones in more languages: a sentence of one language beside
the other, divided by "|", and {} for what is named in it. Windows' own errors are those of `doctor.text` beside these.
A number (WinError, errno, HTTP) needs no line here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from doctor.bootstrap.languages import linux, linux_programs, powershell, powershell_seven, windows, winget
from doctor.text import tongues_windows

_QUOTES = "'\"“”„‘’‚«»‹›「」`"
_NAME = f"([^{_QUOTES}\n]{{1,200}}?)"
_BLANK = "[ \xa0\n]{1,3}"
_WRAPPED = "\n?"  # a window breaks a line at any character


class _Sentence(NamedTuple):
    words: str
    pieces: tuple[str, ...]  # all that is in it without blanks, as it is found in a text without any
    english: str


def in_english(text: str) -> str:
    """A text in small letters, with those sentences put into English."""
    text = text.replace("：", ": ")  # of Chinese, as wide as a character
    dense = "".join(text.split())
    for one in _of_ascii() if text.isascii() else _all():
        if all(piece in dense for piece in one.pieces):
            text = _expression(one.words).sub(one.english, text)
    return text


@cache
def _all() -> tuple[_Sentence, ...]:
    """The longest first: a shorter one may be a part of it."""
    return tuple(sorted(_sentences(), key=lambda one: -len(one.words)))


@cache
def _of_ascii() -> tuple[_Sentence, ...]:
    return tuple(one for one in _all() if one.words.isascii())


def _sentences() -> Iterator[_Sentence]:
    for part in (linux, linux_programs, windows, powershell, powershell_seven, winget):
        for english, others in part.SENTENCES.items():
            for words in others.lower().split(" | "):
                yield _sentence(words, english)
    for english, others in tongues_windows.SAID.items():
        if not english.startswith(" "):  # what goes on behind a name
            for words in others.lower().split("|"):
                yield _sentence(words, english.lower())


def _sentence(words: str, english: str) -> _Sentence:
    pieces = re.split(rf"[{_QUOTES}]|\{{\}}", "".join(words.split()))
    return _Sentence(words, tuple(filter(None, pieces)), english.replace("{}", r"\1"))


@cache
def _expression(words: str) -> re.Pattern[str]:
    return re.compile(_WRAPPED.join(map(_one, re.findall(r"\{\}|.", words))))


def _one(character: str) -> str:
    if character == "{}":
        return _NAME
    if character in _QUOTES:
        return f"[ \xa0]?[{_QUOTES}][ \xa0]?"
    return _BLANK if character == " " else re.escape(character)
