"""Which setting to take from measured throughputs: the smallest within the noise of the best. Pure.

A setting is (workers, prefetch, pinned); `rates` maps it to samples a second, one number a round.
"""

import math
import statistics
from typing import Dict, List, Tuple

Setting = Tuple[int, int, bool]
Rates = Dict[Setting, List[float]]

LEAST_GAIN = 0.05  # a smaller difference is not worth a process
_HOPELESS = 0.6  # of the best: not measured again
_LEAST_ROUNDS = 3


def median(values: List[float]) -> float:
    return statistics.median(values)


def uncertainty(values: List[float]) -> float:
    """Twice the standard error of the median; it shrinks as rounds are added. Of one round nothing is known."""
    if len(values) < 2:
        return math.inf
    return 2 * 1.2533 * statistics.stdev(values) / math.sqrt(len(values))


def best(rates: Rates) -> Setting:
    return max(rates, key=lambda setting: median(rates[setting]))


def noise(rates: Rates, setting: Setting) -> float:
    """How far below the best a setting may lie and still count as equal, in samples a second."""
    top = best(rates)
    if setting == top:
        return 0.0
    doubt = math.hypot(uncertainty(rates[top]), uncertainty(rates[setting]))
    return max(doubt, LEAST_GAIN * median(rates[top]))


def recommend(rates: Rates) -> Setting:
    """The smallest setting whose rate is within the noise of the best."""
    goal = median(rates[best(rates)])
    return min(s for s in rates if median(rates[s]) >= goal - noise(rates, s))


def is_settled(rates: Rates) -> bool:
    """Whether more rounds could not change the answer.

    Each setting is worse than the best by more than the noise, or the noise is below what counts.
    """
    top = best(rates)
    goal = median(rates[top])
    for setting, values in rates.items():
        if setting == top or is_hopeless(rates, setting):
            continue
        doubt = math.hypot(uncertainty(rates[top]), uncertainty(values))
        if doubt > LEAST_GAIN * goal and goal - median(values) <= doubt:
            return False
    return len(rates[top]) >= _LEAST_ROUNDS


def is_hopeless(rates: Rates, setting: Setting) -> bool:
    """Far behind the best in two rounds or more: measuring it again would only take time."""
    values = rates[setting]
    return len(values) > 1 and max(values) < _HOPELESS * median(rates[best(rates)])
