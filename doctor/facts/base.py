"""The base of all facts."""

from __future__ import annotations

import msgspec


class Struct(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=False):
    """Base of all facts: immutable, compact in JSON, tolerant of fields of a newer schema."""
