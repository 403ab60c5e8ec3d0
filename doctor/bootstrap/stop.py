"""How a run ends early: with what is in the way and what to do about it."""

from __future__ import annotations

DONE, IN_THE_WAY, WRONG_USAGE = 0, 1, 2


class Stop(Exception):
    """`what` is in the way, `next_step` mends it ("" where nothing is to be done), `code` is the exit code."""

    def __init__(self, what: str, next_step: str = "", *, code: int = IN_THE_WAY) -> None:
        super().__init__(what)
        self.what, self.next_step, self.code = what, next_step, code


def wrong_usage(what: str) -> Stop:
    """The command line cannot be followed."""
    return Stop(f"{what}; --help lists the options", code=WRONG_USAGE)
