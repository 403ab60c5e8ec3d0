#!/usr/bin/env python3
"""Compare the catalog's releases with a package index, show what differs, and write it when told to.

What is read from the index stands in `doctor/refresh/compare.py`; a user's own `torch-doctor match --refresh` reads it
the same way, and takes only what is new.
Exit code: 0 nothing differs or it was written, 1 something differs, 2 the index cannot be read.
"""

from __future__ import annotations

import argparse
import difflib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from doctor.model import DoctorError
from doctor.refresh.compare import Row, refreshed
from doctor.refresh.index import Index

RELEASES = Path(__file__).resolve().parent.parent / "doctor" / "catalog" / "releases.json"


def main(argv: list[str] | None = None) -> int:
    options = _options(argv)
    try:
        index = Index(options.index_url or default_index(options.python))
        before = json.loads(options.catalog.read_text(encoding="utf-8"))
        after = refreshed(before, index)
    except DoctorError as error:
        print(f"{error.message}: {error.context}\n  to do: {error.hint}", file=sys.stderr)
        return 2
    difference = list(diff(before["releases"], after["releases"]))
    print("\n".join(difference) or "The catalog agrees with the index.")
    if difference and options.write:
        options.catalog.write_text(render(after), encoding="utf-8")
        print(f"Written: {options.catalog}", file=sys.stderr)
        return 0
    return int(bool(difference))


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index-url", metavar="URL", help="default: the one built into pip")
    parser.add_argument("--python", default=sys.executable, help="whose pip is asked for its default")
    parser.add_argument("--catalog", type=Path, default=RELEASES, help="the file to compare")
    parser.add_argument("--write", action="store_true", help="write what differs; without it nothing is changed")
    return parser.parse_args(argv)


def default_index(python: str) -> str:
    """The index that pip is built with, whatever is configured."""
    argv = [python, "-c", "from pip._internal.models.index import PyPI; print(PyPI.simple_url)"]
    asked = subprocess.run(argv, capture_output=True, text=True, timeout=60, check=False)
    if asked.returncode:
        raise DoctorError("refresh-pip", "pip does not tell its default index", python, "name one with --index-url")
    return asked.stdout.strip()


def diff(before: list[Row], after: list[Row]) -> Iterator[str]:
    """A unified diff of the rows that differ, one section a release."""
    old = {row["torch"]: row for row in before}
    for row in after:
        was = old.get(row["torch"])
        if row == was:
            continue
        old_lines, new_lines = (_readable(one) for one in (was, row))
        name = f"torch {row['torch']}"
        yield from difflib.unified_diff(old_lines, new_lines, f"catalog: {name}", f"index: {name}", lineterm="", n=4)


def _readable(row: Row | None) -> list[str]:
    return json.dumps(row, indent=1, ensure_ascii=False).splitlines() if row else []


def render(catalog: Row) -> str:
    """The file as it is kept: one row a line, so that version control shows what changed."""
    head = {key: value for key, value in catalog.items() if key not in ("sources", "releases")}
    sources = [f"{_compact(key)}:{_compact(value)}" for key, value in catalog["sources"].items()]
    rows = [_compact(row) for row in catalog["releases"]]
    return (
        f'{_compact(head)[:-1]},"sources":{{\n'
        + ",\n".join(sources)
        + '},\n"releases":[\n'
        + ",\n".join(rows)
        + "\n]}\n"
    )


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    sys.exit(main())
