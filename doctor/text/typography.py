"""Typographic characters, and the plain ones that programs write."""

from __future__ import annotations

_QUOTES = {**dict.fromkeys("‘’‚‛′´ʼ", "'"), **dict.fromkeys("“”„‟″«»「」『』", '"')}
_DASHES = dict.fromkeys("‐‑‒–—―−", "-")
_SPACES = {**dict.fromkeys("\u00a0\u202f\u205f\u3000", " "), **{chr(c): " " for c in range(0x2000, 0x200B)}}
_HIDDEN = {chr(c): "" for c in (0xAD, 0xFEFF, *range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070))}
_WIDE = {chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)} | {"。": ".", "【": "[", "】": "]"}
PLAIN = str.maketrans(_QUOTES | _DASHES | _SPACES | _HIDDEN | _WIDE)
