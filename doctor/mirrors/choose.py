"""The source to use for each service. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from doctor.mirrors.model import JudgedMirror, MirrorVerdict

_PARTS = ("/pkgs/r", "/pkgs/msys2", "/pkgs/free", "/pkgs/pro", "/pkgs/mro")  # of conda's defaults beside pkgs/main
NOISE = 0.8  # a rate above this part of the best is no worse


def choose(judged: Sequence[JudgedMirror]) -> dict[str, JudgedMirror]:
    """Per service the fastest source that is ok; one that is configured stays while it is within the noise."""
    found: dict[str, JudgedMirror] = {}
    for service in dict.fromkeys(row.service for row in judged):
        good = [row for row in judged if row.service == service and row.verdict is MirrorVerdict.OK]
        best = _fastest([row for row in good if not row.url.rstrip("/").endswith(_PARTS)])
        if best is not None:
            found[service] = best
    return found


def _fastest(good: Sequence[JudgedMirror]) -> JudgedMirror | None:
    if not good:
        return None
    top = max(row.bytes_per_s or 0.0 for row in good)
    close = [row for row in good if (row.bytes_per_s or 0.0) >= NOISE * top]
    kept = [row for row in close if row.configured]
    fresh = [row for row in close if not row.behind]
    return max(kept or fresh or close, key=lambda row: row.bytes_per_s or 0.0)
