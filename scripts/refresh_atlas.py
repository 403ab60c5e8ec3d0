#!/usr/bin/env python3
"""Compare the atlas of messages with what the libraries of an environment say, and show what differs.

    python scripts/refresh_atlas.py --environment PATH            new, gone and unassigned messages, and the coverage
    python scripts/refresh_atlas.py --environment PATH --check    the same; exit code 1 when something is new
    python scripts/refresh_atlas.py --environment PATH --write    and keep it in atlas_census.json and docs/atlas.md

What is new waits in the census until somebody writes what it means into doctor/explain/atlas/; what is gone stays in
the atlas, since older versions are in use. Books whose library is not in the environment are left as they are.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import atlas_coverage
import atlas_native
import atlas_python
from atlas_coverage import Count, Message

from doctor.explain import atlas
from doctor.explain.atlas import Entry

PAGE = Path(__file__).resolve().parent.parent / "docs" / "atlas.md"
EXTRACTORS = (atlas_native.extract, atlas_python.extract)


class Difference(NamedTuple):
    """A book against what was found: `count` is what the census would say, `new` what it does not say yet."""

    count: Count
    new: tuple[Message, ...]
    gone: tuple[Entry, ...]


def main(argv: list[str] | None = None) -> int:
    options = _options(argv)
    if not options.environment.is_dir():
        print(f"refresh_atlas: {options.environment} is no folder", file=sys.stderr)
        return 2
    before = atlas_coverage.census()
    differences = {
        name: compare(entries(name), found, before.get(name, Count(0)).unassigned)
        for name, found in extracted(options.environment).items()
    }
    after = before | {name: difference.count for name, difference in differences.items()}
    print("\n".join([*_told(differences), *_coverage(after)]))
    if options.write:
        atlas_coverage.write_census(after)
        PAGE.write_text(atlas_coverage.page(after), encoding="utf-8")
    return int(options.check and any(difference.new for difference in differences.values()))


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--environment", metavar="PATH", type=Path, required=True, help="a folder with installed wheels"
    )
    parser.add_argument("--check", action="store_true", help="exit with 1 when something is new")
    parser.add_argument("--write", action="store_true", help="keep what was found; the atlas itself is written by hand")
    return parser.parse_args(argv)


def extracted(environment: Path) -> dict[str, list[Message]]:
    """What the extractors find; a library that is not there has nothing to say."""
    found = (item for extract in EXTRACTORS for item in extract(environment).items())
    return {name: messages for name, messages in found if messages}


def entries(name: str) -> tuple[Entry, ...]:
    return atlas.book(name).entries if name in atlas.books() else ()


def compare(known: Iterable[Entry], found: list[Message], waiting: Iterable[Message]) -> Difference:
    """An entry is that of a message with the same name and number, and the same text where one could be asked for.

    Entries of other versions, systems or sources name them in `where`; these are not gone.
    """
    known, waiting = tuple(known), frozenset(waiting)
    has = {_key(each) for each in known} | {(each.name, each.code) for each in known if each.name}
    said = {_key(each) for each in found}
    wheres = {each.where for each in found}
    unassigned = tuple(each for each in found if _key(each) not in has)
    new = tuple(each for each in unassigned if each not in waiting)
    absent = (each for each in known if each.where in wheres and not {_key(each), (each.name, each.code)} & said)
    return Difference(Count(len(found), unassigned), new, tuple(absent))


def _key(message: Message | Entry) -> tuple[str | int | None, ...]:
    return (message.name, message.code, message.text) if message.text else (message.name, message.code)


def _told(differences: dict[str, Difference]) -> list[str]:
    lines = []
    for name, difference in sorted(differences.items()):
        waiting = [each for each in difference.count.unassigned if each not in difference.new]
        for word, messages in (("new", difference.new), ("unassigned", waiting), ("gone", difference.gone)):
            lines += [f"{word:<10}  {name}: {_said(each)}" for each in messages]
    return lines


def _said(message: Message | Entry) -> str:
    number = "" if message.code is None else f"{message.code} "
    return f"{number}{message.name} {message.text}".replace("\n", " ").strip()


def _coverage(counts: dict[str, Count]) -> list[str]:
    return [
        f"{row.book:<16} {row.assigned:>5} of {'?' if row.population is None else row.population}"
        for row in atlas_coverage.rows(counts)
    ]


if __name__ == "__main__":
    sys.exit(main())
