"""Compare two machines or environments: what differs, most important first.

A and B are each a report (`torch-doctor check --format json`, or another text that `check --from` reads), a lock
(pylock.NAME.toml, doctor.lock.toml, uv.lock), a project's file (requirements.txt, pyproject.toml, environment.yml), an
environment's folder or interpreter, or `here`.
A project's file is compared by what it asks for: packages that it does not name make no difference.
Exit code: 0 identical, 1 they differ, 2 wrong usage or unreadable input.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from doctor import gate
from doctor.model import DoctorError

if TYPE_CHECKING:
    from doctor.diff import Diff, Side

HERE = "here"
CONTRACT = "contract"


def configure(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("a", metavar="A", help="a report, a lock, a project's file, an environment, or `here`")
    add("b", metavar="B", help="the same")
    add("--python", metavar="PATH", help="interpreter or environment that is `here` (default: the active one)")
    add("--format", choices=("text", "json"), default="text", help="default: text")


def run(options: argparse.Namespace) -> int:
    from doctor.diff import comparable, diff
    from doctor.setup import asked

    if options.a == options.b == "-":
        raise DoctorError("diff-stdin", "only one of the two can be read from stdin", "both are -")
    if options.python and HERE not in (options.a, options.b):
        raise DoctorError("diff-python", "--python needs `here` on one side", "neither side is `here`", "leave it out")
    a, b = _read_side(options.a, options.python), _read_side(options.b, options.python)
    if (a.kind == CONTRACT) != (b.kind == CONTRACT):
        a, b = _matching_build(options.a, a, b), _matching_build(options.b, b, a)
    a, b = comparable(a, b)
    kind = next((kind for kind in (asked.KIND, asked.UNIVERSAL) if kind in (a.kind, b.kind)), "")
    if kind and a.kind != b.kind:
        if a.kind == kind:
            a, b = asked.beside(Path(options.a).expanduser(), b)
        else:
            b, a = asked.beside(Path(options.b).expanduser(), a)
    if not set(a.areas) & set(b.areas):
        raise DoctorError("diff-kinds", "these two have nothing in common to compare", f"{a.name} and {b.name}")
    found = diff(a, b)
    show(found, options.format)
    return 0 if found.identical else 1


def show(found: Diff, form: str) -> None:
    if form == "json":
        from doctor.render import envelope

        envelope.write("diff", found)
        return
    from doctor.render.diff import lines

    gate.page(lines(found))


def _read_side(word: str, python: str | None) -> Side:
    if word == HERE:
        return _side_of_machine(python, HERE)
    path = Path(word).expanduser()
    if path.is_dir() and (path / "doctor.lock.toml").is_file():
        path = path / "doctor.lock.toml"
    if path.is_dir() or _is_interpreter(path):
        return _side_of_machine(word, word)
    from doctor.setup import asked

    if found := asked.side_of(path):
        return found
    return _side_of_lock(path) if path.suffix == ".toml" else _side_of_report(word)


def _matching_build(word: str, side: Side, other: Side) -> Side:
    """Beside a machine a contract stands for one of its builds."""
    from doctor.diff import side_of_lock
    from doctor.setup import select

    if side.kind != CONTRACT:
        return side
    torch, system, python = (
        other.areas.get(area, {}).get(what, "")
        for area, what in (("torch", "version"), ("system", "system"), ("python", "version"))
    )
    minor = ".".join(python.split(".")[:2])
    one = select.nearest(select.read(Path(word).expanduser()), torch, system, minor)
    packages = {d.name: (d.version, d.sha256) for d in one.downloads}
    return side_of_lock(packages, one.build.python, f"{side.name} ({one.build.name})")


def _is_interpreter(path: Path) -> bool:
    return path.is_file() and path.name.startswith("python") and path.suffix in ("", ".exe")


def _side_of_machine(python: str | None, name: str) -> Side:
    from doctor import collect
    from doctor.cli._target import find_target
    from doctor.diagnose import diagnose
    from doctor.diff import side_of_report
    from doctor.render.progress import Progress

    found = find_target(python)
    with Progress(collect.FIELDS, quiet=False) as progress:
        facts = collect.collect(found, None, progress.done)
    return side_of_report(diagnose(facts), name)


def _side_of_report(word: str) -> Side:
    """A report is judged anew, so that both sides are judged by the same rules."""
    from doctor import intake
    from doctor.cli._input import read_text
    from doctor.diagnose import diagnose
    from doctor.diff import short_name, side_of_report

    found = intake.examine(read_text(word, "the report"))
    return side_of_report(diagnose(found.facts), short_name(word))


def _side_of_lock(path: Path) -> Side:
    import msgspec

    from doctor.diff import short_name, side_of_contract, side_of_lock
    from doctor.setup import contract, pylock

    text = contract.read_text(path)
    name = short_name(str(path))
    if path.name == contract.FILE or "schema_version" in text.partition("[[")[0]:
        builds = {b.name: msgspec.to_builtins(b) for b in contract.parse(text, path.name)}
        return side_of_contract({key: _comparable(fields) for key, fields in builds.items()}, name)
    packages = {d.name: (d.version, d.sha256) for d in pylock.parse(text, path.name)}
    return side_of_lock(packages, pylock.python_of(text), name)


def _comparable(fields: dict[str, object]) -> dict[str, object]:
    """The name is the key; the file's hash follows from its content, which is compared as the other lock."""
    return {key: tuple(v) if isinstance(v, list) else v for key, v in fields.items() if key not in ("name", "sha256")}
