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


def middle(values: List[float]) -> float:
    return statistics.median(values)


def uncertainty(values: List[float]) -> float:
    """Twice the standard error of the median; it shrinks as rounds are added. Of one round nothing is known."""
    if len(values) < 2:
        return math.inf
    return 2 * 1.2533 * statistics.stdev(values) / math.sqrt(len(values))


def best(rates: Rates) -> Setting:
    return max(rates, key=lambda setting: middle(rates[setting]))


def noise(rates: Rates, setting: Setting) -> float:
    """How far below the best a setting may lie and still count as equal, in samples a second."""
    top = best(rates)
    if setting == top:
        return 0.0
    doubt = math.hypot(uncertainty(rates[top]), uncertainty(rates[setting]))
    return max(doubt, LEAST_GAIN * middle(rates[top]))


def recommended(rates: Rates) -> Setting:
    """The smallest setting whose rate is within the noise of the best."""
    goal = middle(rates[best(rates)])
    return min(s for s in rates if middle(rates[s]) >= goal - noise(rates, s))


def settled(rates: Rates) -> bool:
    """Whether more rounds could not change the answer.

    Each setting is worse than the best by more than the noise, or the noise is below what counts.
    """
    top = best(rates)
    goal = middle(rates[top])
    for setting, values in rates.items():
        if setting == top or hopeless(rates, setting):
            continue
        doubt = math.hypot(uncertainty(rates[top]), uncertainty(values))
        if doubt > LEAST_GAIN * goal and goal - middle(values) <= doubt:
            return False
    return len(rates[top]) >= _LEAST_ROUNDS


def hopeless(rates: Rates, setting: Setting) -> bool:
    """Far behind the best in two rounds or more: measuring it again would only take time."""
    values = rates[setting]
    return len(values) > 1 and max(values) < _HOPELESS * middle(rates[best(rates)])
