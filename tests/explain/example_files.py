"""Example texts: `examples/RULE.toml`, at least eight a rule, of different versions, platforms and wrappings.

[[example]]
text = '''
...
'''
note = "torch 2.4, Windows, wrapped at 80 columns"   # what is particular about it
first = "another-rule"   # default: the file's rule; "" where nothing may be named first (a near miss)
never = ["a-rule"]       # rules that must not be among the causes at all
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "examples"


class Example(NamedTuple):
    rule: str
    place: int  # in its file, from 1
    text: str
    first: str
    never: tuple[str, ...]
    note: str

    def __str__(self) -> str:
        return f"{self.rule}[{self.place}]"


def read(path: Path) -> list[Example]:
    entries = tomllib.loads(path.read_text("utf-8"))["example"]
    return [
        Example(
            path.stem,
            place,
            e["text"].lstrip("\n"),
            e.get("first", path.stem),
            tuple(e.get("never", ())),
            e.get("note", ""),
        )
        for place, e in enumerate(entries, 1)
    ]


@cache
def every() -> tuple[Example, ...]:
    return tuple(example for path in sorted(FOLDER.glob("*.toml")) for example in read(path))
