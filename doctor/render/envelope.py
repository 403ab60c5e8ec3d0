"""What every command's JSON has in common: `schema_version` and `kind`, before what the command has to say."""

from __future__ import annotations

import sys
from typing import Any

import msgspec

from doctor.model import SCHEMA_VERSION
from doctor.render.json_ import encode


def envelope(kind: str, payload: Any) -> dict[str, Any]:
    """The document of a struct, or of a mapping."""
    return {"schema_version": SCHEMA_VERSION, "kind": kind, **msgspec.to_builtins(payload)}


def write(kind: str, payload: Any) -> None:
    """Print the document on stdout, as UTF-8 whatever the terminal speaks."""
    sys.stdout.buffer.write(encode(envelope(kind, payload)).encode())
    sys.stdout.buffer.flush()
