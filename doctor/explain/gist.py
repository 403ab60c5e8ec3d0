"""What a text tells whether or not a cause is recognised, and what would tell more."""

from __future__ import annotations

import re
from collections.abc import Collection

import msgspec

from doctor.explain.alike import alike
from doctor.explain.messages import Message, messages
from doctor.explain.scan import Scan
from doctor.explain.tracebacks import Frame
from doctor.model import OF_INSTALLERS, Phase
from doctor.privacy import redact

_PACKAGES = re.compile(r".*(?:site|dist)-packages[/\\]+")

WHOLE = "the whole text, from the command that was typed or the first `Traceback` to its last line"
MACHINE = "the output of `torch-doctor check --format json` on that machine"
_MORE: dict[Phase, tuple[str, ...]] = {
    Phase.RESOLVING: ("the whole command, and the output of `pip config list`",),
    Phase.DOWNLOADING: ("the address that failed, and the output of `torch-doctor mirrors`",),
    Phase.BUILDING_ISOLATED: ("the lines above the first `error:`, which the option `-v` of pip or uv shows in full",),
    Phase.BUILDING: ("the lines above the first `error:`, which the option `-v` of pip or uv shows in full",),
    Phase.INSTALLING: ("the whole command, and which environment is active: `python -m pip --version`",),
    Phase.IMPORTING: ('what `python -c "import torch; print(torch.__file__)"` prints, in the same shell',),
    Phase.STARTING_PROCESSES: ("the lines of the worker's own traceback, and the script from its first line on",),
    Phase.RENDEZVOUS: ("the command of every node, and the first lines of every rank's output",),
    Phase.INITIALISING: ("the output of `nvidia-smi`, or of `rocminfo` for AMD, in the same shell or container",),
    Phase.TRAINING: ("the last lines before the error, from every rank when there are several",),
    Phase.SAVING: ("the output of `df -h` for the folder that is written to",),
    Phase.FETCHING: ("the address that failed, and whether it opens from that machine",),
    Phase.UNKNOWN: (),
}


class Gist(msgspec.Struct, frozen=True):
    """The phase; who raised, PROGRAM for the user's own code; the last exception's line; what messages in it mean;
    rules that read alike, which are no findings; and what to paste next."""

    phase: Phase = Phase.UNKNOWN
    raised_by: str = ""
    where: str = ""  # file, line and function of the frame that raised
    exception: str = ""
    exception_line: int = 0
    messages: tuple[Message, ...] = ()
    alike: tuple[str, ...] = ()
    paste: tuple[str, ...] = ()
    empty: bool = False  # there is no text


def gist_of(scan: Scan, named: Collection[str]) -> Gist:
    """The gist of a text; `named` are the rules that it names: where there are any, nothing is guessed."""
    outline = scan.outline
    number, exception = outline.exception
    machine = () if outline.phase in OF_INSTALLERS else (MACHINE,)
    return Gist(
        phase=outline.phase,
        raised_by=outline.raised_by,
        where=_where(outline.raiser),
        exception=redact(exception),
        exception_line=number,
        messages=messages(outline),
        alike=() if named else alike(outline),
        paste=(*_MORE[outline.phase], *(() if outline.tracebacks else (WHOLE,)), *machine),
        empty=not scan.ends.strip(),
    )


def _where(frame: Frame | None) -> str:
    if frame is None:
        return ""
    inside = _PACKAGES.sub("", frame.path).replace("\\\\", "\\")
    shown = [inside if inside != frame.path else re.split(r"[/\\]", frame.path)[-1]]
    shown += [f"line {frame.line}"] if frame.line else []
    shown += [f"in {frame.function}"] if frame.function else []
    return redact(", ".join(shown))
