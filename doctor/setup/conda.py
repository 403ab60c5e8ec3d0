"""An environment of conda, mamba, micromamba or pixi instead of a venv; the packages come from conda-forge."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path

import msgspec

from doctor.bootstrap.programs import which
from doctor.collect.this_machine import this_machine
from doctor.files import regular
from doctor.match import Wish, match
from doctor.match.flags import python_version
from doctor.match.install_commands import conda_specs
from doctor.model import Argv, DoctorError, Exit
from doctor.process import run
from doctor.setup.failure import last_words, why_failed
from doctor.setup.installing import INSTALLING, looking
from doctor.setup.model import Doing, Download, SetupPlan, Transfer, quietly
from doctor.setup.session import CHANGES
from doctor.setup.tools import CONDA_LIKE
from doctor.target.choose import python_in
from doctor.text.documents import json, toml

SOLVING = "asking {program} what belongs together"
CHANNEL = ("--override-channels", "--channel", "conda-forge")
_ASK_S = 60.0
_SOLVE_S = 600.0
_INSTALL_S = 6 * 3600.0
_VARIABLES = {"mamba": "MAMBA_EXE", "micromamba": "MAMBA_EXE", "conda": "CONDA_EXE"}


class CondaPrepared(msgspec.Struct, frozen=True):
    """A plan, the program, and the name or folder of the environment."""

    plan: SetupPlan
    program: str
    name: str

    @property
    def is_new(self) -> bool:
        return self.plan.state == "new"


def prepare(name: str, python: str | None, wish: Wish, doing: Doing = quietly) -> CondaPrepared:
    """Raises DoctorError when there is no such program, or conda-forge has nothing for this machine."""
    program = find_program()
    machine = this_machine(None, with_interpreter=False)
    if python:
        version, free = python_version(python)
        machine = msgspec.structs.replace(machine, python=version, free_threaded=free)
    found = match(machine, wish)
    if found.conda is None:
        raise DoctorError(
            "setup-match", "conda-forge has no PyTorch for this machine", found.message, exit_code=Exit.NOT_DONE
        )
    specs = (*([f"python={machine.python}"] if python else []), *conda_specs(found.conda, machine))
    prefix = _prefix(program, name)
    state = "existing" if prefix else "new"
    commands = _commands(program, name, specs, found.conda.cuda, new=not prefix)
    doing(SOLVING.format(program=Path(program).stem))
    plan = SetupPlan(
        folder=prefix or name,
        state=state,
        python=machine.python or "conda's choice",
        packages=specs,
        build=f"cuda {found.conda.cuda}" if found.conda.cuda else "cpu",
        source=f"conda-forge, by {Path(program).stem}",
        commands=commands,
        downloads=_fetched(program, commands[0]),
        notes=(CHANGES,) if prefix else (),
    )
    return CondaPrepared(plan, program, name)


def find_program() -> str:
    """The first of mamba, conda, micromamba and pixi that is there."""
    for name in CONDA_LIKE:
        started_by = os.environ.get(_VARIABLES.get(name, ""), "")
        named = started_by if Path(started_by).stem == name and Path(started_by).is_file() else None
        program = named or which(name)
        if program:
            return program
    hint = "leave --conda out for an ordinary virtual environment, or install micromamba"
    raise DoctorError(
        "setup-conda", "conda was not found", "none of " + ", ".join(CONDA_LIKE), hint, exit_code=Exit.NOT_DONE
    )


def _is_pixi(program: str) -> bool:
    return Path(program).stem == "pixi"


def _environment_words(name: str) -> Argv:
    return ("--prefix", str(Path(name).expanduser().absolute())) if "/" in name or "\\" in name else ("--name", name)


def _commands(program: str, name: str, specs: Argv, cuda: str, *, new: bool) -> tuple[Argv, ...]:
    if _is_pixi(program):
        manifest = Path(name) / "pixi.toml"
        made = ((program, "init", "--channel", "conda-forge", name),) if new else ()
        add = (program, "add", "--manifest-path", str(manifest), *specs)
        return (*made, *_gpu_for_pixi(program, manifest, cuda), add)
    return ((program, "create" if new else "install", "--yes", *_environment_words(name), *CHANNEL, *specs),)


def _gpu_for_pixi(program: str, manifest: Path, cuda: str) -> tuple[Argv, ...]:
    """It solves for machines without a GPU until its manifest says otherwise."""
    try:
        said = "cuda" in toml(regular.read_text(manifest)).get("system-requirements", {})
    except (OSError, ValueError):
        said = False
    workspace = (program, "workspace", "--manifest-path", str(manifest))
    return () if said or not cuda else ((*workspace, "system-requirements", "add", "cuda", cuda.partition(".")[0]),)


def _fetched(program: str, command: Argv) -> tuple[Download, ...]:
    """What the solver says it will download; nothing where it does not say."""
    if _is_pixi(program):
        return ()
    argv = (*command[:2], "--dry-run", "--json", *command[2:])
    try:
        rows = json(run(argv, timeout_s=_SOLVE_S, cwd=None).stdout)["actions"]["FETCH"]
        return tuple(Download(r["name"], r["version"], r.get("url", ""), "", r.get("size")) for r in rows)
    except (ValueError, KeyError, TypeError):
        return ()


def _prefix(program: str, name: str) -> str:
    """The folder of an environment of that name, "" when there is none."""
    if _is_pixi(program):
        return str(Path(name).absolute()) if (Path(name) / "pixi.toml").is_file() else ""
    kind, value = _environment_words(name)
    if kind == "--prefix":
        return value if (Path(value) / "conda-meta").is_dir() else ""
    ended = run([program, "env", "list", "--json"], timeout_s=_ASK_S, takes_back=True)
    try:
        prefixes = json(ended.stdout)["envs"] if ended.ok else []
    except (ValueError, KeyError, TypeError):
        prefixes = []
    return next((str(one) for one in prefixes if Path(one).name == name), "")


def carry_out(prepared: CondaPrepared, say: Callable[[str], None], doing: Doing = quietly) -> str:
    """Run the commands; returns the environment's interpreter. One that was not there before is removed on failure."""
    try:
        for argv in prepared.plan.commands:
            with _progress(prepared, doing):
                ended = run(argv, timeout_s=_INSTALL_S, cwd=None, on_line=say, on_error_line=say)
            if not ended.ok:
                why, step = why_failed(ended)
                message = f"{Path(argv[0]).stem} failed{why}"
                raise DoctorError("setup-install", message, last_words(ended), step, exit_code=Exit.NOT_DONE)
        return _python_of(prepared)
    except BaseException:
        if prepared.is_new:
            _remove(prepared)
        raise


def _progress(prepared: CondaPrepared, doing: Doing) -> AbstractContextManager[None]:
    """None of these programs tells a pipe how far it is, but what it downloads grows in its cache."""
    downloads, total = prepared.plan.downloads, prepared.plan.known_bytes
    caches = _caches(prepared.program) if total else ()

    def look() -> None:
        done = sum(_come(cache, one) for cache in caches for one in downloads)
        doing(Transfer(done, total) if done < total else INSTALLING.format(count=len(downloads)))

    return looking(look) if caches else nullcontext()


def _caches(program: str) -> tuple[Path, ...]:
    """Where the archives go: conda and mamba have different names for it."""
    try:
        told = json(run([program, "info", "--json"], timeout_s=_ASK_S).stdout)
        return tuple(map(Path, told.get("pkgs_dirs") or told["package cache"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return ()


def _come(cache: Path, download: Download) -> int:
    """Of an archive, which is called `.partial` or `.part` until it is whole."""
    for ending in ("", ".partial", ".part"):
        with suppress(OSError):
            return (cache / f"{download.file}{ending}").stat().st_size
    return 0


def _python_of(prepared: CondaPrepared) -> str:
    prefix = _prefix(prepared.program, prepared.name)
    folder = Path(prefix, ".pixi", "envs", "default") if _is_pixi(prepared.program) else Path(prefix)
    python = python_in(folder) if prefix else None
    if python is None:
        raise DoctorError("setup-conda", "the environment has no Python", str(folder), exit_code=Exit.NOT_DONE)
    return str(python)


def _remove(prepared: CondaPrepared) -> None:
    if _is_pixi(prepared.program):
        shutil.rmtree(prepared.name, ignore_errors=True)
    elif _prefix(prepared.program, prepared.name):
        argv = [prepared.program, "env", "remove", "--yes", *_environment_words(prepared.name)]
        run(argv, timeout_s=_INSTALL_S, takes_back=True)
