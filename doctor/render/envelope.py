"""What every command's JSON has in common: `schema_version` and `kind`, before what the command has to say."""

from __future__ import annotations

from typing import Any

import msgspec

from doctor import gate
from doctor.model import SCHEMA_VERSION
from doctor.render.json_ import encode
from doctor.render.passing import passed


def envelope(kind: str, payload: Any) -> dict[str, Any]:
    """The document of a struct, or of a mapping, passed."""
    return {"schema_version": SCHEMA_VERSION, "kind": kind, **msgspec.to_builtins(passed(payload))}


def write(kind: str, payload: Any) -> None:
    """Print the document on stdout."""
    gate.write(encode(envelope(kind, payload)))
