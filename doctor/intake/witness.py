"""Who tells a fact. Where several texts in one paste tell the same, the better witness is believed."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Protocol

from doctor.intake.merge import Partial


class Witness(IntEnum):
    """Best first."""

    DRIVER = 1  # the driver's own tools: of GPUs, of the driver
    PROGRAM = 2  # a program that ran in the environment and asked torch
    LIST = 3  # lists of what is installed
    SYSTEM = 4  # the operating system's tools
    PERSON = 5  # what somebody typed: forms, prose
    FILE = 6  # what a file asks for, which need not be what is installed


class Format(Protocol):
    """A format that people paste: one module of `doctor/intake/formats`.

    `TITLE` names it for people ("`accelerate env`"); a second line that `OPENS` matches begins another machine's text
    ("" where that cannot be told). `read` returns the facts, and the indexes of the lines that it took: those that
    tell facts, and those that the format defines and no rule needs (`LEFT_OUT`: regular expressions for their starts).
    """

    @property
    def TITLE(self) -> str: ...
    @property
    def WITNESS(self) -> Witness: ...
    @property
    def OPENS(self) -> str: ...
    @property
    def LEFT_OUT(self) -> tuple[str, ...]: ...

    def read(self, lines: Sequence[str], /) -> tuple[Partial, set[int]]: ...
