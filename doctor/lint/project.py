"""Many files: all cores when it pays, bounded memory, findings in the order of the files."""

from __future__ import annotations

import contextlib
import os
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice

from doctor.lint.discover import discover
from doctor.lint.engine import LintSettings, lint_file
from doctor.source.spots import LintFinding, LintResult, Note

CHUNK = 64
ALONE = 4 * CHUNK  # files that one process looks at sooner than others have started


def lint_paths(
    paths: Iterable[str], settings: LintSettings, exclude: tuple[str, ...] = (), jobs: int = 0
) -> LintResult:
    """Lint files and folders. `jobs` processes, 0 for one a CPU. Raises DoctorError for a path that is not there."""
    notes: list[Note] = []
    findings: list[LintFinding] = []
    count = 0
    files = discover(paths, exclude, notes.append)
    for found, trouble, looked_at in _results(files, settings, jobs or os.cpu_count() or 1):
        findings += found
        notes += trouble
        count += looked_at
    return LintResult(tuple(findings), tuple(sorted(notes)), count)


Result = tuple[list[LintFinding], list[Note], int]


def _results(files: Iterator[str], settings: LintSettings, jobs: int) -> Iterator[Result]:
    yield lint_files(list(islice(files, ALONE if jobs > 1 else None)), settings)
    rest = list(islice(files, CHUNK))
    if not rest:
        return
    from concurrent.futures import Future, ProcessPoolExecutor

    with _safe_path(), ProcessPoolExecutor(jobs) as pool:
        waiting: deque[Future[Result]] = deque()
        while rest or waiting:
            while rest and len(waiting) < 2 * jobs:  # a bounded queue keeps memory bounded
                waiting.append(pool.submit(lint_files, rest, settings))
                rest = list(islice(files, CHUNK))
            yield waiting.popleft().result()


@contextlib.contextmanager
def _safe_path() -> Iterator[None]:
    """Where processes are not forked, a new one would find its first modules in the working folder."""
    before = os.environ.get("PYTHONSAFEPATH")
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        yield
    finally:
        del os.environ["PYTHONSAFEPATH"]
        if before is not None:
            os.environ["PYTHONSAFEPATH"] = before


def lint_files(paths: list[str], settings: LintSettings) -> Result:
    findings: list[LintFinding] = []
    notes: list[Note] = []
    for path in paths:
        found, note = lint_file(path, settings)
        findings += found
        if note is not None:
            notes.append(note)
    return findings, notes, len(paths)
