"""Probes: the live machine -> one field of Facts each. Module name = field name.

Each module has `probe(target: Target) -> T` (the field's struct). It returns what was seen and raises `Absent` or
`Denied` where there is nothing to return, TimeoutError or `Crashed` when what it asked hung or died; anything else it
raises becomes `crashed` with the place. Parsing is a function of text beside it, tested with real samples. A probe
never judges.
"""

from __future__ import annotations


class Absent(Exception):
    """Looked, and it is not there; the text says what was looked for."""


class Denied(Exception):
    """There, but not for us; the text says what was refused."""


class Crashed(Exception):
    """What was asked died, and nothing else tells; the text says of what."""
