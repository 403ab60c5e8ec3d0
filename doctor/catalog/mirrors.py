"""Package sources: operators' addresses with the latest evidence, their status documents, addresses known to be bad.

The data is in mirrors.toml, each row with its source and day. None of it is a verdict: `doctor.mirrors` probes.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import msgspec


class Mirror(msgspec.Struct, frozen=True, kw_only=True):
    """A source of a service. `url` of "" records that the operator does not offer it; `group` names whom it fails with.

    `{build}`, `{distro}` and `{arch}` in a url stand for a PyTorch build tag and for NVIDIA's names of systems.
    """

    service: str
    name: str
    url: str = ""
    official: bool = False
    layout: str = "simple"  # of wheels: "simple" (an index) or "flat" (a folder, for --find-links)
    group: str = ""
    status: str  # what was last reported
    as_of: str  # ISO day, month or year
    confidence: str
    source: tuple[str, ...]
    notes: str = ""


class StatusDocument(msgspec.Struct, frozen=True):
    """Where an operator tells when each tree was last synchronised. `format` is "tunasync" or "mirrorz"."""

    name: str
    url: str
    format: str


class BadUrl(msgspec.Struct, frozen=True):
    """An address that looks right and is not. `keys` are the settings it is wrong in, "*" for all."""

    pattern: str
    keys: tuple[str, ...]
    why: str
    instead: str
    source: tuple[str, ...]
    as_of: str


class Breakage(msgspec.Struct, frozen=True):
    """What once failed at a source, and what people saw."""

    name: str
    when: str
    what: str
    symptom: str
    state: str
    source: tuple[str, ...]


class MirrorFile(msgspec.Struct, frozen=True):
    compiled: str
    mirror: tuple[Mirror, ...]
    status: tuple[StatusDocument, ...]
    bad_url: tuple[BadUrl, ...]
    breakage: tuple[Breakage, ...]


@cache
def load() -> MirrorFile:
    text = (Path(__file__).parent / "mirrors.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), MirrorFile)


def offered(service: str) -> tuple[Mirror, ...]:
    """Every source of a service that has an address, the official ones first."""
    rows = [row for row in load().mirror if row.service == service and row.url]
    return tuple(sorted(rows, key=lambda row: not row.official))


def known_bad(url: str, key: str = "*") -> BadUrl | None:
    """The row an address matches when it stands in this setting ("index-url", "find-links", "channels" …)."""
    for row in load().bad_url:
        if ("*" in row.keys or key in row.keys) and re.search(row.pattern, url):
            return row
    return None
