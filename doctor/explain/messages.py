"""What the messages in a text mean, by the atlas: names, codes where a context tells whose they are, and texts.

Right or silent: a short text counts only as the end of a line, one that several libraries share only beside the name of
its own, and a number only where what stands before it says what is counted.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

import msgspec

from doctor.explain import atlas
from doctor.explain.atlas import Concern, Entry
from doctor.explain.contexts import CODES, OF_LIBRARY
from doctor.explain.outline import Outline
from doctor.text.lines import Kind, kind_of
from doctor.text.systems import system_of

MAX_MESSAGES = 8
_NEAR, _HEAD, _TAIL = 3, 20, 60  # lines around exceptions and at the ends that are looked at

_OTHERS_WORDS = ("tls", "hosts")
_WORD = re.compile(r"(?<![\w.-])[A-Za-z]\w*(?:[.-]\w+)*")
_TELLING_NAME = re.compile(r"[_.]|[a-z][A-Z]|^(?:SIG|E)[A-Z]{3}")  # no word that people write
_ENOUGH, _ENOUGH_WORDS = 12, 3  # letters of its longest part, and words, that tell a text from others
_BEGINNING = 200  # characters of a long text that are looked for
_LEAST = 6  # letters of a text that counts as a line's end
_MACOS = "macOS"
_OPENING = r"(?m)(?:^|: |\] |\d {1,2})"
_CLOSING = r"(?= \(core dumped\)$|\.?$|: ['\"/])"


class Message(msgspec.Struct, frozen=True):
    """A message of the atlas that a text holds."""

    library: str
    name: str
    code: int | None
    meaning: str
    line_number: int
    apart: str


class Text(msgspec.Struct, frozen=True):
    """An entry's text as it is searched: its longest literal part, and a pattern of the whole."""

    book: str
    entry: Entry
    part: str
    pattern: str
    across: bool  # it may go on in the next line


class Found(msgspec.Struct, frozen=True):
    book: str
    entry: Entry
    line_number: int
    start: int = 0
    end: int = 0


def messages(outline: Outline) -> tuple[Message, ...]:
    """What the lines around exceptions and at the ends of a text mean; what is about the environment first."""
    lines = [line for line in _telling_lines(outline.lines) if kind_of(line[1]) is not Kind.SOURCE]
    system = system_of("\n".join(text for _, text in outline.lines))
    found = [*_by_code(lines, system), *_by_text(lines), *_by_name(lines)]
    best: dict[tuple[str, str], Found] = {}
    for one in sorted(found, key=lambda one: (one.entry.concern is not Concern.ENVIRONMENT, one.line_number)):
        if one.entry.meaning:
            best.setdefault((one.book, one.entry.name or one.entry.text), one)
    return tuple(_message(one) for one in list(best.values())[:MAX_MESSAGES])


def _message(one: Found) -> Message:
    entry = one.entry
    library = atlas.book(one.book).library
    return Message(library, entry.name, entry.code, entry.meaning, one.line_number, entry.apart)


def _telling_lines(lines: tuple[tuple[int, str], ...]) -> list[tuple[int, str]]:
    if len(lines) <= 2 * (_HEAD + _TAIL):
        return list(lines)
    raised = [place for place, (_, text) in enumerate(lines) if kind_of(text) is Kind.EXCEPTION]
    near = {place for at in raised for place in range(at - _NEAR, at + _NEAR + 1)}
    ends = (*range(_HEAD), *range(len(lines) - _TAIL, len(lines)))
    return [lines[place] for place in sorted(near.union(ends)) if 0 <= place < len(lines)]


def _by_name(lines: Iterable[tuple[int, str]]) -> Iterator[Found]:
    names = _names()
    for number, text in lines:
        for word in _WORD.findall(text):
            known = names.get(word) or names.get(word.rpartition(".")[2], [])
            yield from (Found(book, entry, number) for book, entry in known if _is_told(book, text))


def _is_told(book: str, line: str) -> bool:
    """Whether a name means this library in that line; most names are nobody else's."""
    return book not in _OTHERS_WORDS or _fits(book, line)


def _by_code(lines: Iterable[tuple[int, str]], system: str | None) -> Iterator[Found]:
    codes = _codes()
    for number, text in lines:
        for expression, books, code_of in _contexts():
            for found in expression.finditer(text):
                code = code_of(next(group for group in found.groups() if group))
                entries = [(book, one) for book in _counting(books, system) for one in codes.get((book, code), ())]
                yield from (Found(book, one, number) for book, one in _of_system(entries, system)[:1] if code)


def _counting(books: tuple[str, ...], system: str | None) -> tuple[str, ...]:
    """Rust passes the system's own number on; Windows has no exit codes that tell signals."""
    if books == ("os error",):
        return ("winerror",) if system == "windows" else ("errno",)
    return () if books == ("signals",) and system == "windows" else books


def _of_system(entries: list[tuple[str, Entry]], system: str | None) -> list[tuple[str, Entry]]:
    """A Mac's own numbers on a Mac, and nowhere else."""
    of_mac = [one for one in entries if one[1].where == _MACOS]
    others = [one for one in entries if one[1].where != _MACOS]
    return (of_mac or others) if system == "macos" else others


def _by_text(lines: Iterable[tuple[int, str]]) -> Iterator[Found]:
    numbers, starts, whole = [], [], ""
    for number, text in lines:
        numbers.append(number)
        starts.append(len(whole))
        whole += " ".join(text.split()) + "\n"
    flat = whole.replace("\n", " ")
    found = [one for text in _texts() if text.part in flat for one in _places(text, whole, flat, starts, numbers)]
    found.sort(key=lambda one: -len(one.entry.text.replace("{}", "")[:_BEGINNING]))  # the most exact first
    taken: list[Found] = []
    for one in found:
        if not any(_within(one, other) or _within(other, one) for other in taken):
            taken.append(one)
    yield from taken


def _within(one: Found, other: Found) -> bool:
    return other.start <= one.start and one.end <= other.end


def _places(text: Text, whole: str, flat: str, starts: list[int], numbers: list[int]) -> Iterator[Found]:
    for match in re.finditer(text.pattern, flat if text.across else whole):
        place = bisect.bisect_right(starts, match.start()) - 1
        line = whole[starts[place] :].partition("\n")[0]
        if _fits(text.book, line):
            yield Found(text.book, text.entry, numbers[place], match.start(), match.end())
            return


def _fits(book: str, line: str) -> bool:
    shape = OF_LIBRARY.get(book)
    return shape is None or re.search(shape, line) is not None


@cache
def _contexts() -> tuple[tuple[re.Pattern[str], tuple[str, ...], Callable[[str], int]], ...]:
    return tuple((re.compile(pattern), books, code_of) for pattern, books, code_of in CODES)


@cache
def _names() -> dict[str, list[tuple[str, Entry]]]:
    found: dict[str, list[tuple[str, Entry]]] = {}
    for book in atlas.books():
        for entry in atlas.book(book).entries:
            if _TELLING_NAME.search(entry.name) and book not in [other for other, _ in found.get(entry.name, ())]:
                found.setdefault(entry.name, []).append((book, entry))
    return found


@cache
def _codes() -> dict[tuple[str, int], list[Entry]]:
    found: dict[tuple[str, int], list[Entry]] = {}
    for book in atlas.books():
        for entry in atlas.book(book).entries:
            if entry.code is not None:
                found.setdefault((book, entry.code), []).append(entry)
    return found


@cache
def _texts() -> tuple[Text, ...]:
    made = (_text(book, entry) for book in atlas.books() for entry in atlas.book(book).entries if entry.meaning)
    return tuple(text for text in made if text)


def _text(book: str, entry: Entry) -> Text | None:
    parts = [part for part in " ".join(entry.text.split())[:_BEGINNING].rstrip("{").split("{}") if part.strip()]
    letters = [sum(map(str.isalpha, part)) for part in parts]
    if not parts:
        return None
    pattern = ".{0,300}?".join(re.escape(part) for part in parts)
    telling = max(letters) >= _ENOUGH and len(re.findall(r"[A-Za-z]{2,}", " ".join(parts))) >= _ENOUGH_WORDS
    if not telling and (len(parts) > 1 or sum(letters) < _LEAST):
        return None
    return Text(book, entry, max(parts, key=len), pattern if telling else rf"{_OPENING}{pattern}{_CLOSING}", telling)
