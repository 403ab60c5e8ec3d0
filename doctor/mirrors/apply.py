"""Carries a choice out: shows what each file becomes, asks, writes through the journal; and takes it back."""

from __future__ import annotations

import difflib
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from doctor.bootstrap.programs import which
from doctor.files.journal import Change, Journal, default_journal
from doctor.mirrors.configure import ConfigEdit, ConfigLocations, decode, read
from doctor.mirrors.model import JudgedMirror, Limits, MirrorCandidate, MirrorVerdict
from doctor.mirrors.precedence import overriding_settings
from doctor.mirrors.run import MirrorsReport
from doctor.mirrors.wanted import os_release
from doctor.model import PROGRAM, DoctorError, Exit
from doctor.privacy import redact, redact_path
from doctor.probes import chosen_sources as chosen

Say = Callable[[str], None]
WHY = "mirrors {batch}: {tool}"
NOTHING = "torch-doctor: the configuration is already like that; there is nothing to write"
QUESTION = "Write this?"
WROTE = "torch-doctor: wrote {path} (change {id})"
TAKE_BACK = "torch-doctor: to undo this: torch-doctor mirrors --undo"
RESTORED = "torch-doctor: restored {path}"
_CONDA_PROGRAMS = ("conda", "mamba", "micromamba")
_DEFAULTS = "conda-defaults"
_SCOPES = {
    "pip": ("user", "environment", "system"),
    "uv": ("user", "project", "system"),
    "conda": ("user", "environment", "system"),
    "pixi": ("user", "project", "system"),
}


def apply(result: MirrorsReport, tools: Sequence[str], scope: str, *, confirm: Callable[[str], bool], say: Say) -> int:
    """The exit code: NOT_DONE where a service has no source. Raises DoctorError when it may not, or cannot."""
    places = ConfigLocations(result.target.env, _prefix(result), result.target.cwd)
    chosen_tools = tools or tuple(tool for tool in _tools_here(result) if scope in _SCOPES[tool])
    edits = [edit for edit in _edits(result, chosen_tools, scope, places) if edit.new != edit.old]
    kept = _choice_edit(result)
    for edit in edits:
        _show(edit, say)
        for line in overriding_settings(edit, result.sources, result.target.env):
            say(f"{PROGRAM}: {line}")
    if not edits:
        say(NOTHING)
    elif not confirm(QUESTION):
        raise DoctorError("mirrors-declined", "nothing was written", exit_code=Exit.NOT_DONE)
    _write([*edits, *kept], say)
    return Exit.OK if result.complete else Exit.NOT_DONE


def undo(word: str, *, say: Say, journal: Journal | None = None) -> int:
    """Restore the files of the last choice, of all, or of one change. Raises DoctorError when one was edited since."""
    journal = journal or default_journal()
    ours = [change for change in journal.changes() if change.why.startswith("mirrors ")]
    if word == "last":
        ours = [change for change in ours if _batch_of(change) == _batch_of(ours[-1])]
    elif word != "all":
        ours = [change for change in ours if change.id == word]
    if not ours:
        raise DoctorError("mirrors-undo", "there is no such change of `mirrors --apply`", word, exit_code=Exit.NOT_DONE)
    for change in journal.undo(*(change.id for change in ours)):
        say(RESTORED.format(path=redact_path(change.path)))
    return 0


def _batch_of(change: Change) -> str:
    return change.why.partition(":")[0]


def _prefix(result: MirrorsReport) -> Path:
    described, _ = result.target.describe()
    return Path(described.get("python", {}).get("prefix") or Path(result.target.executable).parent.parent)


def _tools_here(result: MirrorsReport) -> tuple[str, ...]:
    """The tools that are here: pip always, the others where they can be found."""
    env = result.target.env
    folders = [str(Path(p).parent) for p in (result.target.executable, sys.executable)]
    env = env if sys.platform == "win32" else {**env, "PATH": ":".join([env.get("PATH", ""), *folders])}
    found = ["pip"]
    found += ["uv"] if which("uv", env) or _is_set_up("uv", result) else []
    conda = any(which(program, env) for program in _CONDA_PROGRAMS) or _is_set_up("conda", result)
    found += ["conda"] if conda else []
    return (*found, *(["pixi"] if which("pixi", env) else []))


def _is_set_up(tool: str, result: MirrorsReport) -> bool:
    return any(entry.tool == tool for entry in result.sources.entries)


def _edits(result: MirrorsReport, tools: Sequence[str], scope: str, places: ConfigLocations) -> Iterator[ConfigEdit]:
    from doctor.mirrors.configure import apt, pip, projects, uv

    private = {(c.service, c.name) for c in result.candidates if c.url != c.shown}  # logins stay where they are
    rows = {s: row for s, row in result.choice.items() if row.layout != "flat" and (s, row.name) not in private}
    urls = {service: row.url for service, row in rows.items()}
    index = urls.get("pypi", "")
    for tool in tools:
        if tool == "pip" and index and _uses_another_index(result, "pip"):
            yield pip.edit(places, scope, index)
        elif tool == "uv" and ((index and _uses_another_index(result, "uv")) or _uv_python(result)):
            yield uv.edit(places, scope, index if _uses_another_index(result, "uv") else "", _uv_python(result))
        elif tool == "conda" and any(service.startswith("conda-") for service in urls):
            yield _conda_edit(result, scope, places)
        elif tool == "pixi":
            wheels = {"pypi"} if not _uses_another_index(result, "pip") else set()
            yield projects.pixi(places, scope, {s: url for s, url in urls.items() if s not in wheels})
        elif tool in ("poetry", "pdm") and index:
            yield projects.poetry(places, index) if tool == "poetry" else projects.pdm(places, index)
        elif tool == "apt":
            distribution = os_release().get("ID", "")
            if urls.get(f"apt-{distribution}"):
                yield from apt.edits(places, distribution, urls[f"apt-{distribution}"])


def _uv_python(result: MirrorsReport) -> str:
    """The mirror of Python builds; "" for uv's own source."""
    row = result.choice.get("uv-python")
    return row.url if row is not None and not row.official else ""


def _uses_another_index(result: MirrorsReport, tool: str) -> bool:
    """Whether the tool uses another index than the chosen one now; the built-in default needs no setting."""
    row = result.choice.get("pypi")
    if row is None:
        return False
    set_up = [e.url.rstrip("/") for e in result.sources.entries if e.tool == tool and e.key == "index-url"]
    if not set_up:
        return row.url.rstrip("/") != result.settings.default_index.rstrip("/")
    return any(url != row.url.rstrip("/") for url in set_up)


def _conda_edit(result: MirrorsReport, scope: str, places: ConfigLocations) -> ConfigEdit:
    from doctor.mirrors.configure import conda

    main = result.choice.get(_DEFAULTS)
    defaults: list[str] = []
    if main is not None and (not main.official or _sets_defaults(result)):
        defaults = [main.url, *_sibling_channels(main, result)]
    channels = {s: row.url for s, row in result.choice.items() if s.startswith("conda-") and s != _DEFAULTS}
    return conda.edit(places, scope, defaults, channels)


def _sets_defaults(result: MirrorsReport) -> bool:
    return any(e.tool == "conda" and "/pkgs/" in e.url for e in result.sources.entries)


def _sibling_channels(main: JudgedMirror, result: MirrorsReport) -> list[str]:
    """The other channels of `defaults` that this source really has."""
    from doctor.mirrors.probe import probe_all

    root = main.url.rstrip("/").rpartition("/")[0]
    names = ("r", "msys2") if result.wanted.subdir.startswith("win-") else ("r",)
    who = [MirrorCandidate(service=_DEFAULTS, name=n, url=f"{root}/{n}", shown=f"{root}/{n}") for n in names]
    seen = probe_all(who, result.settings, result.wanted, Limits(sample_bytes=65536))
    return [o.candidate.url for o in seen if o.problem is None or o.problem.verdict is MirrorVerdict.SLOW]


def _choice_edit(result: MirrorsReport) -> list[ConfigEdit]:
    """The file that `match`, `setup` and `run-recipes` read the choice from."""
    today = time.strftime("%Y-%m-%d")
    known = chosen.stored_choices()
    changed = {s: chosen.ChosenSource(row.name, row.url, today, row.layout) for s, row in result.choice.items()}
    path = chosen.choice_file()
    old = read(path)
    return [ConfigEdit("choice", path, old, chosen.encode({**known, **changed}), "")]


def _show(edit: ConfigEdit, say: Say) -> None:
    """The change as a diff, without credentials."""
    name = redact_path(edit.path)
    old, new = (redact(decode(data).encode("utf-8", "replace").decode()).splitlines() for data in (edit.old, edit.new))
    for line in difflib.unified_diff(old, new, name, name, lineterm="", n=1):
        say(line)


def _write(edits: Sequence[ConfigEdit], say: Say) -> None:
    journal, batch = default_journal(), f"{time.time_ns():x}"
    wrote = False
    for edit in edits:
        change = journal.write(edit.path, edit.new, WHY.format(batch=batch, tool=edit.tool), based_on=edit.old)
        if change is not None and edit.tool != "choice":
            say(WROTE.format(path=redact_path(edit.path), id=change.id))
            wrote = True
    if wrote:
        say(TAKE_BACK)
