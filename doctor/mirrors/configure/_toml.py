"""TOML files edited with their comments, order and form kept."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Array

from doctor.mirrors.configure import decode, encode, not_understood, read
from doctor.text.documents import PARSER_ERRORS


def load(path: Path) -> tuple[bytes, tomlkit.TOMLDocument]:
    """Bytes and document. Raises DoctorError for what is no TOML."""
    old = read(path)
    try:
        return old, tomlkit.parse(decode(old))
    except (TOMLKitError, *PARSER_ERRORS) as error:
        raise not_understood(path, error) from error


def dump(document: tomlkit.TOMLDocument, old: bytes) -> bytes:
    """Lines that are new end as those of the file do."""
    text = tomlkit.dumps(document)
    dos = b"\r\n" in old and b"\n" not in old.replace(b"\r\n", b"")
    return encode(re.sub(r"(?<!\r)\n", "\r\n", text) if dos else text)


def table(parent: Any, name: str) -> Any:
    """A table of this name, made at the end when it is not there."""
    if name not in parent:
        parent[name] = tomlkit.table()
    return parent[name]


def row_of(parent: Any, array: str, **same: object) -> Any:
    """The row of an array of tables with these values, added when there is none; inline arrays stay inline."""
    rows = parent.get(array)
    for row in rows or ():
        if all(row.get(key) == value for key, value in same.items()):
            return row
    if isinstance(rows, Array):
        inline = tomlkit.inline_table()
        rows.append(inline)
        return rows[-1]
    if not isinstance(rows, AoT):
        parent[array] = tomlkit.aot()
    added = tomlkit.table()
    parent[array].append(added)
    return parent[array][-1]
