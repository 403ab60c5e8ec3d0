"""The exponent by which a reader's work grows with its input: 1 is linear, 2 quadratic.

What is counted is CPU time of the thread. Events of the interpreter (calls, lines) would be the same on each run, but
see nothing of what goes wrong most: regular expressions, `str.find`, membership of lists, slices and joins all work in
C between two events. CPU time sees them, and knows nothing of the other processes of the machine. What remains is
noise, and it is kept from deciding: an input is measured at n, 4n and 16n, where quadratic work takes four times what
linear work takes at each step; n is chosen so that the work takes milliseconds and is more than what any call costs;
the garbage collector is out of the way; and an exponent that is too high is measured again, the least time of each
size, before it is believed: noise does not repeat, and quadratic work does.
"""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Callable
from typing import Any, NamedTuple

STEP = 4
_AGAIN = 3  # at most


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


def grow(kind: Kind, least_s: float, limit: float) -> Growth:
    """Measured from the size on that takes `least_s`; again where the exponent is above the limit."""
    kind.read(kind.make(1))  # what is loaded and compiled once
    gc.collect()
    gc.freeze()  # what there is now is not looked at again each time
    gc.disable()
    try:
        sizes = _sizes(kind, least_s)
        found = _measured(kind, sizes)
        for _ in range(_AGAIN):
            if found.exponent <= limit:
                break
            found = Growth(sizes, tuple(map(min, found.seconds, _measured(kind, sizes).seconds)))
        return found
    finally:
        gc.enable()
        gc.unfreeze()


def _sizes(kind: Kind, least_s: float) -> tuple[int, ...]:
    """From where the work is more than a constant, and its sixteenfold still fits."""
    most, size = max(1, kind.most // STEP**2), kind.least
    enough = max(least_s, 3 * min(_seconds(kind, 1), _seconds(kind, 1)))
    while size < most and _seconds(kind, min(size, most)) < enough:
        size = min(most, size * 2)
    return size, size * STEP, size * STEP**2


def _measured(kind: Kind, sizes: tuple[int, ...]) -> Growth:
    return Growth(sizes, tuple(_seconds(kind, size) for size in sizes))


def _seconds(kind: Kind, size: int) -> float:
    given = kind.make(size)
    gc.collect()
    start = time.thread_time()
    kind.read(given)
    return time.thread_time() - start
