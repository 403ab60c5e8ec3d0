"""The source to use for each service. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from doctor.mirrors.model import Judged, Verdict

NOISE = 0.8  # a rate above this part of the best is no worse


def choose(judged: Sequence[Judged]) -> dict[str, Judged]:
    """Per service the fastest source that is ok; one that is configured stays while it is within the noise."""
    found: dict[str, Judged] = {}
    for service in dict.fromkeys(row.service for row in judged):
        best = _best([row for row in judged if row.service == service and row.verdict is Verdict.OK])
        if best is not None:
            found[service] = best
    return found


def _best(good: Sequence[Judged]) -> Judged | None:
    if not good:
        return None
    top = max(row.bytes_per_s or 0.0 for row in good)
    close = [row for row in good if (row.bytes_per_s or 0.0) >= NOISE * top]
    kept = [row for row in close if row.configured]
    fresh = [row for row in close if not row.behind]
    return max(kept or fresh or close, key=lambda row: row.bytes_per_s or 0.0)
