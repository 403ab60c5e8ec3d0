"""The exponent by which a reader's work grows with its input: 1 is linear, 2 quadratic.

What is counted is CPU time of the thread. Events of the interpreter (calls, lines) would be the same on each run, but
see nothing of what goes wrong most: regular expressions, `str.find`, membership of lists, slices and joins all work in
C between two events. CPU time sees them, and knows nothing of the other processes of the machine. What remains is
noise, and it is kept from deciding: an input is measured at n, 4n and 16n, where quadratic work takes four times what
linear work takes at each step; n is chosen so that the work takes milliseconds and is more than what any call costs;
the least of several runs counts, without the garbage collector; and an exponent that is too high is measured again
before it is believed, since noise does not repeat and quadratic work does.
"""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Callable
from typing import Any, NamedTuple

STEP = 4
_AGAIN = 3


class Kind(NamedTuple):
    """One kind of input: `make(n)` builds one whose size is proportional to n, `read` is the reader.

    `most` is the largest n that makes sense: above it the reader cuts its input, and would look better than it is.
    `least` is the first n: below it work is bounded by a number of things, and would look worse than it is.
    """

    read: Callable[[Any], object]
    make: Callable[[int], Any]
    most: int = 1 << 40
    least: int = 1


class Growth(NamedTuple):
    sizes: tuple[int, ...]
    seconds: tuple[float, ...]

    @property
    def exponent(self) -> float:
        """Of the last step: at the small end constants hide growth, and limits on how much is looked at feign it."""
        times = self.seconds[-1] / max(self.seconds[-2], 1e-9)
        return math.log(times) / math.log(self.sizes[-1] / self.sizes[-2])


def grow(kind: Kind, least_s: float, limit: float, runs: int = 2) -> Growth:
    """Measured from the size on that takes `least_s`; again where the exponent is above the limit."""
    kind.read(kind.make(1))  # what is loaded and compiled once
    first = _first_size(kind, least_s)
    found = _measured(kind, first, runs)
    for _ in range(_AGAIN - 1):
        if found.exponent <= limit:
            break
        found = min(found, _measured(kind, first, runs), key=lambda one: one.exponent)
    return found


def _first_size(kind: Kind, least_s: float) -> int:
    """Where the work is more than a constant, and its sixteenfold still fits."""
    most, size = max(1, kind.most // STEP**2), kind.least
    constant = _seconds(kind, 1, 2)
    while size < most and _seconds(kind, min(size, most), 1) < max(least_s, 3 * constant):
        size = min(most, size * STEP)
    return size


def _measured(kind: Kind, first: int, runs: int) -> Growth:
    sizes = (first, first * STEP, first * STEP**2)
    return Growth(sizes, tuple(_seconds(kind, size, runs) for size in sizes))


def _seconds(kind: Kind, size: int, runs: int) -> float:
    given = [kind.make(size) for _ in range(runs)]
    gc.collect()
    gc.disable()
    try:
        return min(_once(kind, one) for one in given)
    finally:
        gc.enable()


def _once(kind: Kind, given: Any) -> float:
    start = time.thread_time()
    kind.read(given)
    return time.thread_time() - start
