"""One conclusion from what a text tells."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec


class Inference(NamedTuple):
    """`field` of `section` is `value`, because of `reason`."""

    section: str
    kind: type[msgspec.Struct]
    field: str
    value: Any
    reason: str
