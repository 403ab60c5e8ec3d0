"""The beginning and the end of a text that comes in pieces: where versions and last words stand."""

from __future__ import annotations

KEPT_BYTES = 256 * 1024


class Ends:
    """Keeps at most `limit` bytes of each end; `text` is both, or the whole where it is short."""

    def __init__(self, limit: int = KEPT_BYTES) -> None:
        self._limit = limit
        self._head = b""
        self._tail = b""

    def feed(self, piece: bytes) -> None:
        room = self._limit - len(self._head)
        self._head += piece[:room]
        if rest := piece[room:]:
            self._tail = (self._tail + rest)[-self._limit :]

    @property
    def text(self) -> str:
        return (self._head + self._tail).decode("utf-8", "replace")
