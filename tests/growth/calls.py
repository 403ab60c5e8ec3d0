"""Functions that are called out of proportion to the input, as those of a loop in a loop are.

A count has no noise, so it shows at small sizes what the clock shows at large ones only; but it does not see what goes
over much in one call, as regular expressions and membership of lists do. `measure.py` does.
"""

from __future__ import annotations

import cProfile
import pstats
from collections import Counter

from tests.growth.measure import STEP, Kind

LIMIT = 12  # times as many for four times the input: quadratic is 16, and what is read at all may differ
_LEAST = 100  # the first size
_FEW = 20  # calls at the first size that tell nothing yet


def outgrowing(kind: Kind, limit: float = LIMIT) -> dict[str, tuple[int, int]]:
    """Calls at n and at 4n of each function that has more than `limit` times as many; none of a kind that is cut."""
    size = max(_LEAST, kind.least)
    if size * STEP > kind.most:
        return {}
    kind.read(kind.make(1))  # what is loaded and compiled once
    few, many = _calls(kind, size), _calls(kind, size * STEP)
    return {name: (few[name], count) for name, count in many.items() if few[name] > _FEW and count > limit * few[name]}


def _calls(kind: Kind, size: int) -> Counter[str]:
    given = kind.make(size)
    with cProfile.Profile() as profile:
        kind.read(given)
    counts: Counter[str] = Counter()
    for (file, line, name), (_, calls, *_) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        counts[f"{file}:{line} {name}"] += calls
    return counts
