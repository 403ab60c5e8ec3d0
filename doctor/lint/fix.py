"""`lint --fix`: mechanical edits, shown as a diff, asked for, written in one step with the old file kept."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator

from doctor import gate
from doctor.lint.discover import discover
from doctor.lint.edits import fixed_text
from doctor.lint.engine import LintSettings
from doctor.lint.prefilter import relevant
from doctor.source.text import Unreadable, decode, encoding_of, read_bytes

QUESTION = "Write {count} changed files?"
WRITTEN = "torch-doctor: wrote {path} (undo: torch-doctor fix --undo {change})"
WHY = "lint --fix"


def fix_paths(
    paths: Iterable[str],
    settings: LintSettings,
    exclude: tuple[str, ...],
    *,
    confirm: Callable[[str], bool],
    dry_run: bool = False,
    show: Callable[[Iterable[str]], None] = gate.page,
) -> int:
    """Mend scripts (not notebooks) and return how many files were written; `show` gets the diff."""
    wanted: dict[str, tuple[bytes, bytes]] = {}
    for path in discover(paths, exclude, lambda note: None):  # linting afterwards tells of what cannot be read
        changed = None if path.endswith(".ipynb") else _fixed_file(path, settings)
        if changed is not None:
            wanted[path] = changed
            show(_diff(path, *changed))
    if not wanted or dry_run or not confirm(QUESTION.format(count=len(wanted))):
        return 0
    for path, (old, new) in wanted.items():
        _write(path, old, new)
    return len(wanted)


def _fixed_file(path: str, settings: LintSettings) -> tuple[bytes, bytes] | None:
    """The bytes from before and after, None when there is nothing to mend or the file cannot be judged."""
    try:
        data = read_bytes(path)
        if not relevant(data):
            return None
        text = decode(data)
        new = fixed_text(text, settings)
        return None if new == text else (data, new.encode(encoding_of(data)))
    except (Unreadable, RecursionError):
        return None


def _diff(path: str, old: bytes, new: bytes) -> Iterator[str]:
    before, after = (decode(data).splitlines() for data in (old, new))
    return difflib.unified_diff(before, after, path, path, lineterm="")


def _write(path: str, old: bytes, new: bytes) -> None:
    """The journal keeps the old bytes and replaces the file as a whole."""
    from doctor.files.journal import default_journal

    change = default_journal().write(path, new, WHY, based_on=old)
    if change is not None:
        gate.say(WRITTEN.format(path=path, change=change.id))
