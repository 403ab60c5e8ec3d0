"""What passes between the stages: readings, findings, remedies, reports, plans. No I/O."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")
Argv = tuple[str, ...]

PROGRAM = "torch-doctor"  # what is typed, shown and recommended; `doctor` is the package
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


class Phase(StrEnum):
    """What was being done when an error text was written."""

    RESOLVING = "resolving"  # an installer looks for versions that fit
    DOWNLOADING = "downloading"  # and fetches them
    BUILDING_ISOLATED = "building-isolated"  # a package is built where only its build requirements are seen
    BUILDING = "building"
    INSTALLING = "installing"
    IMPORTING = "importing"
    STARTING_PROCESSES = "starting-processes"
    RENDEZVOUS = "rendezvous"  # the processes of a job look for each other
    INITIALISING = "initialising-device"
    TRAINING = "training"  # or any other use of a model
    SAVING = "saving"
    FETCHING = "fetching"  # models or data
    UNKNOWN = "unknown"


OF_INSTALLERS = (Phase.RESOLVING, Phase.DOWNLOADING, Phase.BUILDING_ISOLATED, Phase.BUILDING, Phase.INSTALLING)


class Risk(StrEnum):
    """What carrying out a remedy asks for."""

    SAFE = "safe"  # changes only the target environment or a backed-up file of the user's
    ADMIN = "admin"  # needs root or an administrator
    MANUAL = "manual"  # a person must do or decide something; the commands only help


class Shell(StrEnum):
    """What commands are typed into, as far as quoting goes."""

    POSIX = "posix"
    POWERSHELL = "powershell"
    CMD = "cmd"
    WINDOWS = "windows"  # cmd or PowerShell, not known which


class FactOrigin(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a text tells a fact: in which format, on which line (the first is 1). `inferred` says in a sentence what it
    was concluded from, when the text does not tell the fact itself."""

    where: str = ""
    line: int | None = None
    inferred: str = ""


class Reading(msgspec.Struct, Generic[T], frozen=True, omit_defaults=True):
    """One look at the machine: the value, or why there is none. `took_ms` in milliseconds. `origins` names where in a
    text the fields of the value were found, by field."""

    status: Status
    value: T | None = None
    reason: str = ""
    source: str = ""
    took_ms: float = 0.0
    origins: dict[str, FactOrigin] = {}

    @property
    def inferred(self) -> tuple[str, ...]:
        """The fields that the text does not tell and that follow from what it tells."""
        fields = getattr(self.value, "__struct_fields__", ())
        return tuple(field for field in fields if field in self.origins and self.origins[field].inferred)

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


class Verdict(StrEnum):
    """What an examination comes to; `undetermined` when what decides could not be looked at."""

    SICK = "sick"
    SOUND = "sound"
    UNDETERMINED = "undetermined"


class Remedy(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something that mends a finding, or shows more of it.

    `commands` are argv, run in order where `where` says; `writes` names files and folders that change, `removes` what
    is gone afterwards. The sizes are in bytes and rough, None when not known. `undo` takes it back; `tried` says that
    commands of this kind are run for real by this project's tests. `alternative`: it mends what the remedy before it
    mends, so one of them is enough. `shell`: what the commands are to be typed into.
    """

    title: str
    commands: tuple[Argv, ...] = ()
    risk: Risk = msgspec.field(default=Risk.SAFE)
    writes: tuple[str, ...] = ()
    removes: tuple[str, ...] = ()
    download_bytes: int | None = None
    disk_bytes: int | None = None
    undo: tuple[Argv, ...] = ()
    tried: bool = False
    alternative: bool = False
    where: str = ""
    shell: Shell = Shell.POSIX


class Evidence(msgspec.Struct, frozen=True, omit_defaults=True):
    """A fact a finding rests on: where it is found in the facts, what was seen, what would be needed."""

    fact: str
    seen: str
    needed: str = ""


class Candidate(msgspec.Struct, frozen=True, omit_defaults=True):
    """A cause that a symptom may have: its rule, and the observation or command that tells it from the others.

    Judged by a machine's facts, `missing` is the fact that leaves it open and `look` the command that shows that, to be
    typed into `shell`.
    """

    rule: str
    tell: str
    missing: str = ""
    look: Argv = ()
    shell: Shell = Shell.POSIX


class Finding(msgspec.Struct, frozen=True):
    """One rule's verdict. `area` is the rule's folder; `caused_by` names the rule whose finding explains this one.
    What is `likely` rests on inferred facts: a warning at most, and still above an error that it explains.

    What an error text names is told in full: its `candidates`, the likeliest first, where it is a symptom of many
    causes, and whether it clears the environment (`acquits`), in which the facts show no error either.
    """

    rule: str
    severity: Severity
    message: str
    evidence: tuple[Evidence, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    primary: bool = False
    caused_by: str | None = None
    area: str = ""
    candidates: tuple[Candidate, ...] = ()
    acquits: bool = False
    likely: bool = False


class Unknown(msgspec.Struct, frozen=True):
    """A rule that could not judge, and why."""

    rule: str
    reason: str


class Broken(msgspec.Struct, frozen=True):
    """A rule that failed instead of judging: a bug of this program's. `place` is the file and line it happened at."""

    rule: str
    error: str
    place: str


class Step(msgspec.Struct, frozen=True):
    """One remedy of a plan, for one rule's finding: its commands are run in order, just as they are shown."""

    rule: str
    remedy: Remedy


class Plan(msgspec.Struct, frozen=True):
    """Ordered steps; `manual` holds the remedies that are only printed."""

    steps: tuple[Step, ...] = ()
    manual: tuple[Step, ...] = ()


class Exit(IntEnum):
    """The exit codes of every command."""

    OK = 0  # sound, or done
    PROBLEMS = 1  # found
    USAGE = 2  # wrong usage or unreadable input
    INTERNAL = 3  # the doctor itself failed
    NOT_DONE = 4  # what was asked for could not be done
    UNDETERMINED = 4  # what decides could not be looked at
    INTERRUPTED = 130  # by Ctrl-C; by another signal 128 and its number


class DoctorError(Exception):
    """A failure to tell the user: what was expected, what was found, where, and what to do next."""

    def __init__(
        self, reference: str, message: str, context: str = "", hint: str = "", exit_code: int = Exit.USAGE
    ) -> None:
        super().__init__(message)
        self.reference = reference
        self.message = message
        self.context = context
        self.hint = hint
        self.exit_code = exit_code
