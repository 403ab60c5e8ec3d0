"""What passes between the stages: readings, findings, remedies, reports, plans. No I/O."""

from __future__ import annotations

from enum import StrEnum
from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")
Argv = tuple[str, ...]

SCHEMA_VERSION = 1


class Status(StrEnum):
    """How a probe ended. Only `ok` carries a value; `absent` means looked and not there."""

    OK = "ok"
    ABSENT = "absent"
    TIMEOUT = "timeout"
    CRASHED = "crashed"
    DENIED = "denied"
    SKIPPED = "skipped"


class Severity(StrEnum):
    """error: PyTorch cannot do its work here; warning: it will probably bite; info: worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Risk(StrEnum):
    """What carrying out a remedy asks for."""

    SAFE = "safe"  # changes only the target environment or a backed-up file of the user's
    ADMIN = "admin"  # needs root or an administrator
    MANUAL = "manual"  # a person must do or decide something; the commands only help


class Reading(msgspec.Struct, Generic[T], frozen=True, omit_defaults=True):
    """One look at the machine: the value, or why there is none. `took_ms` in milliseconds."""

    status: Status
    value: T | None = None
    reason: str = ""
    source: str = ""
    took_ms: float = 0.0

    @property
    def ok(self) -> bool:
        return self.status is Status.OK

    @property
    def looked(self) -> bool:
        """True when the answer is known, be it `absent`."""
        return self.status in (Status.OK, Status.ABSENT)


def ok(value: T, source: str = "") -> Reading[T]:
    return Reading(Status.OK, value, source=source)


def absent(reason: str, source: str = "") -> Reading[T]:
    return Reading(Status.ABSENT, reason=reason, source=source)


def skipped(reason: str) -> Reading[T]:
    return Reading(Status.SKIPPED, reason=reason)


class Remedy(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something that mends a finding. `commands` are argv; `writes` names files and folders that change."""

    title: str
    commands: tuple[Argv, ...] = ()
    risk: Risk = msgspec.field(default=Risk.SAFE)
    writes: tuple[str, ...] = ()


class Evidence(msgspec.Struct, frozen=True, omit_defaults=True):
    """A fact a finding rests on: where it is found in the facts, what was seen, what would be needed."""

    fact: str
    seen: str
    needed: str = ""


class Finding(msgspec.Struct, frozen=True):
    """One rule's verdict. `area` is the rule's folder; `caused_by` names the rule whose finding explains this one."""

    rule: str
    severity: Severity
    message: str
    evidence: tuple[Evidence, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    primary: bool = False
    caused_by: str | None = None
    area: str = ""


class Unknown(msgspec.Struct, frozen=True):
    """A rule that could not judge, and why."""

    rule: str
    reason: str


class Step(msgspec.Struct, frozen=True, omit_defaults=True):
    """One ordered action of a plan. `undo` is the argv that takes it back, empty when nothing is left to undo."""

    title: str
    argv: Argv
    risk: Risk = msgspec.field(default=Risk.SAFE)
    rule: str = ""
    writes: tuple[str, ...] = ()
    undo: Argv = ()


class Plan(msgspec.Struct, frozen=True):
    """Ordered steps; `manual` holds the remedies that are only printed."""

    steps: tuple[Step, ...] = ()
    manual: tuple[Step, ...] = ()


class DoctorError(Exception):
    """A failure to tell the user: what was expected, what was found, where, and what to do next.

    `exit_code` follows the contract: 2 wrong usage or unreadable input, 3 the doctor itself failed, 1 problems found.
    """

    def __init__(self, reference: str, message: str, context: str = "", hint: str = "", exit_code: int = 2) -> None:
        super().__init__(message)
        self.reference = reference
        self.message = message
        self.context = context
        self.hint = hint
        self.exit_code = exit_code
