"""An installer at work, and how far it is with its downloads: from what it draws and says itself.

uv draws a bar for every file at once. pip fetches one file after the other, with a bar or with "Progress N of M". Where
there is no terminal to draw on, uv names what begins and ends, and in between its cache grows.
"""

from __future__ import annotations

import contextlib
import re
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote

from doctor.model import Argv
from doctor.process import NOWHERE, ProcessResult, run, scratch
from doctor.setup.model import Doing, Download, Transfer
from doctor.setup.tools import heeding_index

INSTALLING, INSTALLING_SOME = "installing {count} packages", "installing"
_ARCHIVES = (".whl", ".tar.gz", ".zip")
DRAWS = sys.platform != "win32"  # whether it gets a terminal
_GROWTH_S = 2.0
_ASK_S = 30.0
_AMOUNT = r"(\d{1,12}(?:\.\d{1,9})?) ?([kKMG]?i?B|bytes)"
_UV_BAR = re.compile(rf"(?<![\w.-])([A-Za-z0-9][\w.-]*)\s+-+\s+{_AMOUNT}/\s*{_AMOUNT}")
_PIP_BAR = re.compile(r"[━╸╺\s]*(\d{1,12}(?:\.\d{1,9})?)/(\d{1,12}(?:\.\d{1,9})?) ([kMG]B|bytes)")
_PIP_COUNTS = re.compile(r"Progress (\d{1,18}) of (\d{1,18})")
_BEGINS = re.compile(rf"\s*Downloading (?:\S*/)?(\S+) \({_AMOUNT}\)")
_HAS_COME = re.compile(r" Downloaded (\S+)")
_WAS_THERE = re.compile(r"\s*(?:Using cached|Processing) (?:\S*/)?(\S+)")
_INSTALLS = re.compile(r"Prepared \d+ pack|Installing collected|[█░]+ \[\d+/\d+\]")
_ROUTINE = re.compile(
    r"\s*(?:Using C?Python|Creating virtual|Activate with|Resolved|Installed|Uninstalled|Audited|Checked|Collecting"
    r"|Downloading|Looking in|Requirement already|Attempting uninstall|Found existing|Uninstalling|Successfully|Saved"
    r"|\[notice\]|[+~-] \S+==)"
)
_UNITS = {"k": 1000, "M": 1000**2, "G": 1000**3, "Ki": 1024, "Mi": 1024**2, "Gi": 1024**3}


def run_installer(
    argv: Argv,
    *,
    timeout_s: float,
    env: Mapping[str, str],
    say: Callable[[str], None],
    doing: Doing,
    downloads: Sequence[Download] = (),
    unpacked_bytes: int | None = None,
) -> ProcessResult:
    """Run uv or pip; `say` gets what is not the usual course. `downloads`: the files that are planned, where known."""
    heard = Listener(say, doing, downloads, unpacked_bytes)
    is_uv = Path(argv[0]).stem == "uv"  # it heeds the settings of the project that the user stands in
    grows = not DRAWS and is_uv
    with scratch.folder() as folder, _growth_of_cache(argv[0], heard) if grows else contextlib.nullcontext():
        return run(
            argv,
            timeout_s=timeout_s,
            env={**heeding_index(argv, env), **scratch.variables(folder)},
            cwd=None if is_uv else NOWHERE,
            on_line=heard.line,
            on_error_line=heard.line,
            on_screen=heard.screen if DRAWS else None,
        )


class Listener:
    """Makes one number of bytes of all that an installer tells, and passes on what is not about progress."""

    def __init__(
        self,
        say: Callable[[str], None],
        doing: Doing,
        downloads: Sequence[Download] = (),
        unpacked_bytes: int | None = None,
    ) -> None:
        self._say, self._doing = say, doing
        self._planned = {one.file: one.size_bytes or 0 for one in downloads}
        self._packed = sum(self._planned.values()) / unpacked_bytes if unpacked_bytes else 1.0
        self._count = len(downloads)
        self._files: dict[str, tuple[int, int]] = {}  # what has come of each, and its size
        self._file = ""  # the one that pip is at

    def line(self, text: str) -> None:
        if not self._understood(text) and not _ROUTINE.match(text):
            self._say(text)

    def screen(self, text: str) -> None:
        self._understood(text)

    def unpacked(self, count: int) -> None:
        """So many bytes lie unpacked of the files that are on their way."""
        if coming := sum(size for done, size in self._files.values() if done < size):
            self._tell(min(round(count * self._packed), coming))

    def _understood(self, text: str) -> bool:
        if bars := _UV_BAR.findall(text):
            self._drawn({name: (_bytes(*words[:2]), _bytes(*words[2:])) for name, *words in bars})
        elif found := _PIP_COUNTS.match(text):
            self._came(int(found[1]), int(found[2]))
        elif found := _PIP_BAR.match(text):
            self._came(_bytes(found[1], found[3]), _bytes(found[2], found[3]))
        elif found := _BEGINS.match(text):
            self._begins(unquote(found[1]), _bytes(found[2], found[3]))
        elif found := _HAS_COME.match(text):
            self._files[found[1]] = (self._files.get(found[1], (0, 0))[1],) * 2
        elif found := _WAS_THERE.match(text):
            self._planned.pop(unquote(found[1]), None)
        else:
            return self._installs(text)
        return True

    def _drawn(self, bars: dict[str, tuple[int, int]]) -> None:
        """The bar of a file that has come is gone."""
        self._files = {name: (size, size) for name, (_, size) in self._files.items()} | bars
        self._tell()

    def _begins(self, name: str, size: int) -> None:
        self._file = name if name.endswith(_ARCHIVES) else ""
        if self._file or not name.endswith(".metadata"):
            self._files[name] = (0, size)
            self._tell()

    def _came(self, done: int, size: int) -> None:
        if self._file:
            self._files[self._file] = (done, size)
            self._tell()

    def _installs(self, text: str) -> bool:
        if begins := _INSTALLS.match(text):
            self._doing(INSTALLING.format(count=self._count) if self._count else INSTALLING_SOME)
        return bool(begins)

    def _tell(self, coming: int = 0) -> None:
        if self._file and self._file not in self._planned:
            self._doing(Transfer(*self._files[self._file], self._file))
            return
        done = sum(come for come, _ in self._files.values()) + coming
        total = sum(self._planned.values()) if self._file else sum(size for _, size in self._files.values())
        self._doing(Transfer(done, total))


def _bytes(number: str, unit: str) -> int:
    return round(float(number) * _UNITS.get(unit.removesuffix("B"), 1))


@contextlib.contextmanager
def _growth_of_cache(uv: str, heard: Listener) -> Iterator[None]:
    """uv unpacks what it downloads as it comes, into temporary folders of its cache."""
    cache = Path(run([uv, "cache", "dir"], timeout_s=_ASK_S).stdout.strip())
    with looking(lambda: heard.unpacked(_temporary_bytes(cache))):
        yield


@contextlib.contextmanager
def looking(look: Callable[[], object]) -> Iterator[None]:
    """Every few seconds, while another program works."""
    ended = threading.Event()

    def go_on() -> None:
        while not ended.wait(_GROWTH_S):
            look()

    threading.Thread(target=go_on, daemon=True).start()
    try:
        yield
    finally:
        ended.set()


def _temporary_bytes(cache: Path) -> int:
    total = 0
    for file in (file for folder in cache.glob(".tmp*") for file in folder.rglob("*")):
        with contextlib.suppress(OSError):  # which was moved to its place in between
            total += file.lstat().st_size
    return total
