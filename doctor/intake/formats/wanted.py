"""Files that ask for packages: requirements.txt, environment.yml, pyproject.toml.

What they ask for need not be there. The indexes that they name are facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from doctor.facts import Packages, Source, Sources
from doctor.intake.merge import Partial
from doctor.intake.witness import Witness
from doctor.privacy import redact, without_credentials

TITLE = "a file that asks for packages"
WITNESS = Witness.FILE
OPENS = ""
LEFT_OUT: tuple[str, ...] = ()  # all of such a file is taken

_NAME = r"[A-Za-z0-9][\w.-]{0,80}(?:\[[\w,. -]{1,80}\])?"
_RANGE = r"(?:~=|===?|!=|[<>]=?)\s?[\w.*+!]{1,60}"
_ASKED = re.compile(
    rf"^({_NAME})\s*+(?P<ranges>{_RANGE}(?:\s*+,\s*+{_RANGE}){{0,5}})?\s*+"
    r"(?:;.{1,200})?(?:(?:\s++|(?<=\s))#.{0,200}|\s*+\\)?$"
)
_OPTION = re.compile(
    r"^(?P<key>--(?:extra-)?index-url|--find-links|-i|-f|--pre|--no-index|--no-binary|--only-binary|--trusted-host|-r"
    r"|--requirement|-c|--constraint|-e|--editable|--hash)(?:[ =](?P<value>\S.{0,300}?))?\s*+(?:#.*)?$"
)
_TITLE = re.compile(r"\brequirements[\w-]{0,30}\.(?:txt|in)\b", re.IGNORECASE)
_KEYS = {"-i": "index-url", "-f": "find-links"}
_INDEXES = ("index-url", "extra-index-url", "find-links")

_YAML_HEAD = re.compile(r"^dependencies:\s*$")
_YAML = re.compile(
    r"^(?:\s*- .{1,200}|(?:name|prefix|variables): .{1,200}|(?:channels|dependencies|variables):\s*|\s*#.*)$"
)
_TABLE = re.compile(
    r"^\s*\[\[?(?:project|build-system|dependency-groups|tool\.(?:poetry|uv|pixi|pdm|hatch))\b[^\]]{0,80}\]\]?"
)
_ANY_TABLE = re.compile(r"^\s*\[\[?[\w.\"-]{1,100}\]\]?\s*$")
_TOML = re.compile(r"^\s*(?:[\w.\"-]{1,60}\s*=|[\"'\]\[{}]|#)")
_URL = re.compile(r"^\s*url\s*=\s*\"(\S{5,200})\"")


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    used: set[int] = set()
    sources: list[Source] = []
    for run in _requirements(lines):
        used.update(run)
        sources += _indexes(lines[index].strip() for index in run)
    for block in (*_environments(lines), *_projects(lines)):
        used.update(block)
        sources += [_source("uv", "index", url[1]) for i in block if (url := _URL.match(lines[i]))]
    if not used:
        return {}, used
    facts: Partial = {"packages": Packages(complete=False)}
    return ({**facts, "sources": Sources(tuple(sources))} if sources else facts), used


def _requirements(lines: Sequence[str]) -> Iterator[list[int]]:
    """Stretches of requirements and options of which something shows that they ask: pins alone are a `pip freeze`."""
    run: list[int] = []
    for index, line in enumerate([*lines, "."]):
        text = line.strip()
        if _ASKED.match(text) or _OPTION.match(text) or (text.startswith("#") and len(text) < 200):
            run.append(index)
        elif text or (run and not _continues(lines, index)):
            if _asks(lines, run):
                yield run
            run = []


def _continues(lines: Sequence[str], index: int) -> bool:
    """After one empty line the file goes on."""
    following = lines[index + 1].strip() if index + 1 < len(lines) else ""
    return bool(following) and bool(_OPTION.match(following) or ((m := _ASKED.match(following)) and m["ranges"]))


def _asks(lines: Sequence[str], run: Sequence[int]) -> bool:
    texts = [lines[index].strip() for index in run]
    asked = [found for text in texts if (found := _ASKED.match(text))]
    ranges = [found["ranges"] for found in asked if found["ranges"]]
    open_ranges = sum(not text.startswith("==") or "*" in text for text in ranges)
    titled = any(_TITLE.search(lines[index]) for index in range(max(0, run[0] - 2), run[0] + 1)) if run else False
    options = any(_OPTION.match(text) and not text.startswith(("-e", "--editable")) for text in texts)
    return bool(ranges) and (options or open_ranges > 1 or titled)


def _indexes(texts: Iterator[str]) -> Iterator[Source]:
    for text in texts:
        if (option := _OPTION.match(text)) and option["value"]:
            key = _KEYS.get(option["key"], option["key"].lstrip("-"))
            if key in _INDEXES:
                yield _source("pip", key, option["value"])


def _source(tool: str, key: str, url: str) -> Source:
    return Source(tool, key, redact(without_credentials(url.strip("\"'"))), where="the file")


def _environments(lines: Sequence[str]) -> Iterator[range]:
    """environment.yml, around the line "dependencies:"."""
    for head in (index for index, line in enumerate(lines) if _YAML_HEAD.match(line)):
        start = next((i + 1 for i in range(head, -1, -1) if not _YAML.match(lines[i])), 0)
        end = next((i for i in range(head + 1, len(lines)) if not _YAML.match(lines[i])), len(lines))
        if end - head > 1:
            yield range(start, end)


def _projects(lines: Sequence[str]) -> Iterator[range]:
    """Tables of pyproject.toml that tell what a project is made of."""
    for head in (index for index, line in enumerate(lines) if _TABLE.match(line)):
        end = next((i for i in range(head + 1, len(lines)) if not _is_toml(lines, i)), len(lines))
        if end - head > 1:
            yield range(head, end)


def _is_toml(lines: Sequence[str], index: int) -> bool:
    line = lines[index]
    return not _ANY_TABLE.match(line) and (bool(_TOML.match(line)) or line.startswith("    "))
