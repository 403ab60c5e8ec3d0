"""Commands ended by a signal at moments spread evenly over their run, and what each of them leaves behind."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from doctor.files.journal import Journal
from doctor.model import DoctorError

MARK = "KILLED_BY_A_TEST"
SIGNALS = ("SIGKILL", "SIGTERM", "SIGKILL", "SIGTERM", "SIGHUP", "SIGKILL", "SIGTERM", "SIGINT")
_ENDS_S = 60.0  # for a command that tidies up, on a busy machine
_GONE_S = 10.0
_SEED = 7


def _nothing() -> None:
    pass


@dataclass
class Situation:
    """A command, and what is to be true of the files around it whenever it is ended."""

    name: str
    argv: Sequence[str]
    env: dict[str, str]
    folder: Path
    prepare: Callable[[], None] = _nothing  # how everything is before it
    whole: dict[Path, set[bytes | None]] = field(default_factory=dict)  # what a file may hold; None: there is none
    faults: Callable[[str], list[str]] = lambda _: []  # what else is torn or left, given the name of the signal
    journal: Path | None = None


@dataclass
class Tally:
    """What became of the kills of one command. `hit`: it was still running."""

    name: str
    tried: int = 0
    hit: int = 0
    lost: int = 0
    unreadable: int = 0
    processes: int = 0
    temporary: int = 0
    told: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return not self.told


def kill_all_over(situation: Situation, kills: int, signals: Sequence[str] = SIGNALS, *, runs: int = 3) -> Tally:
    """So many kills, the signals in turn, each at another moment of what the command takes in so many runs."""
    tally = Tally(situation.name)
    seconds = statistics.median(_seconds(situation) for _ in range(runs))
    moments = [seconds * (turn + 0.5) / kills for turn in range(kills)]
    random.Random(_SEED).shuffle(moments)
    for turn, moment in enumerate(moments):
        _kill(situation, signals[turn % len(signals)], moment, tally)
    return tally


def _seconds(situation: Situation) -> float:
    situation.prepare()
    with tempfile.TemporaryDirectory() as scratch:
        begin = time.monotonic()
        done = _start(situation, scratch, "")
        assert done.stderr
        text = done.stderr.read().decode(errors="replace")
        done.wait()
        done.stderr.close()
    assert "Traceback" not in text, text
    return time.monotonic() - begin


def _start(situation: Situation, scratch: str, mark: str) -> subprocess.Popen[bytes]:
    env = {**situation.env, "TMPDIR": scratch, MARK: mark}
    return subprocess.Popen(
        situation.argv, env=env, cwd=situation.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, start_new_session=True, preexec_fn=_heed_all,
    )  # fmt: skip


def _heed_all() -> None:
    """A shell's background ignores Ctrl-C, and nohup a closed terminal."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def _kill(situation: Situation, name: str, moment: float, tally: Tally) -> None:
    situation.prepare()
    number = signal.Signals[name]
    scratch = tempfile.mkdtemp()
    mark = f"{os.getpid()}-{random.randrange(10**9)}"
    child = _start(situation, scratch, mark)
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(moment)
    hit = child.poll() is None
    child.send_signal(number)
    text = _said(child)
    tally.tried += 1
    tally.hit += hit
    _look(situation, tally, f"{situation.name}, {name} after {moment:.3f} s", name, mark, scratch)
    if hit and number != signal.SIGKILL:
        _look_at_the_end(tally, f"{situation.name}, {name} after {moment:.3f} s", text, child.returncode)
    shutil.rmtree(scratch, ignore_errors=True)


def _said(child: subprocess.Popen[bytes]) -> str:
    """To stderr; what outlives a killed command may hold that open, so it is not read to its end."""
    assert child.stderr
    os.set_blocking(child.stderr.fileno(), False)
    text, ends = b"", time.monotonic() + _ENDS_S
    while child.poll() is None and time.monotonic() < ends:
        text += child.stderr.read() or b""
        time.sleep(0.005)
    text += child.stderr.read() or b""
    child.stderr.close()
    if child.returncode is None:
        child.kill()
        child.wait()
        return f"{text.decode(errors='replace')}\nTraceback: it did not end within {_ENDS_S:g} seconds"
    return text.decode(errors="replace")


def _look_at_the_end(tally: Tally, what: str, text: str, code: int) -> None:
    ours = (
        "ending.py" in text
    )  # a Python that has not come to us yet has a traceback of its own, as may the command of `run`
    if (ours and "Traceback" in text) or "internal error" in text or code in (3, 120):
        tally.told.append(f"{what}: ended with {code}: {text.strip()[-2000:]}")


def _look(situation: Situation, tally: Tally, what: str, name: str, mark: str, scratch: str) -> None:
    if left := _left(mark):
        tally.processes += len(left)
        tally.told.append(f"{what}: processes left: {left}")
    torn = [
        f"{file}: {_content(file)!r}" for file, contents in situation.whole.items() if _content(file) not in contents
    ]
    torn += situation.faults(name)
    if torn:
        tally.lost += len(torn)
        tally.told.append(f"{what}: not as before nor as after: {torn}")
    if name != "SIGKILL" and (entries := os.listdir(scratch)):
        tally.temporary += len(entries)
        tally.told.append(f"{what}: temporary folders left: {entries}")
    if situation.journal:
        try:
            Journal(situation.journal).changes()
        except DoctorError as error:
            tally.unreadable += 1
            tally.told.append(f"{what}: {error.message}: {error.context}")


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def _left(mark: str) -> list[str]:
    """What is still there with this mark after a while, which is ended."""
    ends = time.monotonic() + _GONE_S
    while (found := _marked(mark)) and time.monotonic() < ends:
        time.sleep(0.02)
    for pid in found:
        with contextlib.suppress(OSError):
            os.kill(pid, signal.SIGKILL)
    return list(found.values())


def _marked(mark: str) -> dict[int, str]:
    found = {}
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if entry.name.isdigit() and f"{MARK}={mark}".encode() in (entry / "environ").read_bytes().split(b"\0"):
                found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return found


def table(tallies: Sequence[Tally]) -> str:
    head = ("command", "kills", "hit", "files torn", "journals unreadable", "processes left", "temporary left")
    rows = [
        (t.name, *map(str, (t.tried, t.hit, t.lost, t.unreadable, t.processes, t.temporary)))
        for t in (*tallies, _total(tallies))
    ]
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (head, *rows)]
    return "\n".join(line.rstrip() for line in lines)


def _total(tallies: Sequence[Tally]) -> Tally:
    names = ("tried", "hit", "lost", "unreadable", "processes", "temporary")
    return Tally("all", *(sum(getattr(one, name) for one in tallies) for name in names))
