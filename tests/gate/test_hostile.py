"""Must not act: thirty reports of somebody who means ill, in every output of every command."""

from __future__ import annotations

import json
import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.gate.hostile import FAKE, KINDS, hostile
from tests.gate.outputs import drawn

REPORTS = range(len(KINDS))
LOUD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\u3164\ufe0f\ufeff\U000e0000-\U000e007f]"
)
MARKS_OF_OURS = re.compile("(?<=[⚠ℹ])\ufe0f")
STYLES = re.compile(r"\x1b\[[0-9;]*m")
TURNING = re.compile(r"\x1b\[(?:\?25[lh]|2K|1A)|\r")  # what rich writes a status over with
ON_LINES = (
    "check",
    "check -v",
    "explain",
    "run",
    "dataloader",
    "match",
    "mirrors",
    "diff",
    "setup --dry-run",
    "lock",
    "fix",
    "fix --dry-run",
    "lint text",
    "run-recipes",
    "errors",
    "progress",
    "wrong usage",
    "sentences",
)
ACTS = re.compile(r"(?i)@\w|#\d|\bgh-\d|://|www\.|\b[0-9a-f]{7,40}\b|:\w+:")


@cache
def outputs(number: int, terminal: bool = False) -> dict[str, str]:
    return drawn(lambda place: hostile(number, place), terminal=terminal)


@cache
def harmless() -> dict[str, str]:
    return drawn(lambda place: f"value of {place.replace('_', ' ')}")


@pytest.mark.parametrize("number", REPORTS)
def test_nothing_invisible_is_written(number: int) -> None:
    found = {name: LOUD.findall(MARKS_OF_OURS.sub("", text)) for name, text in outputs(number).items()}
    assert {name: loud for name, loud in found.items() if loud} == {}


@pytest.mark.parametrize("number", REPORTS[::5])
def test_a_terminal_gets_styles_and_nothing_else(number: int) -> None:
    for name, text in outputs(number, terminal=True).items():
        plain = STYLES.sub("", text)
        assert not LOUD.search(TURNING.sub("", plain) if name.startswith(("progress", "sentences")) else plain), name
        assert "31m" not in plain


@pytest.mark.parametrize("number", REPORTS)
def test_no_value_begins_a_line_or_commands_a_ci_service(number: int) -> None:
    for name in ON_LINES:
        lines = outputs(number)[name].splitlines()
        assert not [line for line in lines if line.startswith((FAKE, "✓ F", "→ F", "  → F"))], name
        assert not [line for line in lines if line.lstrip().startswith("::") or "##[" in line], name
    assert [line.partition(" file=")[0] for line in outputs(number)["lint github"].splitlines()] == ["::error"]


@pytest.mark.parametrize("number", REPORTS)
def test_documents_are_read_back(number: int) -> None:
    for name, text in outputs(number).items():
        if name.endswith(("json", "sarif")):
            json.loads(text)
    ET.fromstring(outputs(number)["run-recipes --format junit"].encode())


class Tags(HTMLParser):
    """Every tag with its attributes, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, object]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, tuple(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.seen.append((tag, None))

    def handle_comment(self, data: str) -> None:
        self.seen.append(("comment", data))

    def handle_pi(self, data: str) -> None:
        self.seen.append(("instruction", data))


def tags(page: str) -> list[tuple[str, object]]:
    parser = Tags()
    parser.feed(page)
    parser.close()
    return parser.seen


@pytest.mark.parametrize("number", REPORTS)
def test_html_has_the_tags_of_a_harmless_page(number: int) -> None:
    assert tags(outputs(number)["check --format html"]) == tags(harmless()["check --format html"])
    assert not re.search(r"""(?i)<[^>]*\s(?:src|href|on\w+)=""", outputs(number)["check --format html"])


def parsed(text: str) -> list[Token]:
    reader = MarkdownIt("gfm-like", {"html": True, "linkify": True})
    assert reader.linkify
    reader.linkify.set({"fuzzy_link": False})  # GitHub links no bare domain
    return reader.parse(text)


def shape(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """Blocks, and what lines are made of beside text and code."""
    for token in tokens:
        yield token.type, token.tag if token.type != "html_block" else token.content
        yield from ((c.type, c.tag) for c in token.children or () if c.type not in ("text", "code_inline"))


@pytest.mark.parametrize("number", REPORTS)
@pytest.mark.parametrize("name", ["check --format markdown", "run-recipes --format markdown"])
def test_markdown_has_the_shape_of_a_harmless_one(number: int, name: str) -> None:
    tokens = parsed(outputs(number)[name])
    assert list(shape(tokens)) == list(shape(parsed(harmless()[name])))
    words = [child.content for token in tokens for child in token.children or () if child.type == "text"]
    assert not [word for word in words if ACTS.search(word)]


def test_the_reports_hold_every_kind_and_the_check_sees_them() -> None:
    words = dict.fromkeys(KINDS, 0)
    for number in REPORTS:
        for place in ("a", "b"):
            words = {kind: count + (kind in hostile(number, place)) for kind, count in words.items()}
    assert all(words.values())
    loud = [kind for kind in KINDS if LOUD.search(kind)]
    assert len(loud) > 8 and all(unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp", "Lo", "Mn") or char in "\ue000"
                                 for kind in loud for char in LOUD.findall(kind))  # fmt: skip
    opened = "".join(f"\n\n{kind}\n" for kind in KINDS if kind.isprintable())
    assert {"link", "image", "html_inline"} <= {kind.removesuffix("_open") for kind, _ in shape(parsed(opened))}
