"""The program's own environment: proven on every run, and made anew where it does not stand."""

from __future__ import annotations

import contextlib
import hashlib
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import doctor
from doctor.bootstrap import children, index, pinned_files, pip_wheel
from doctor.bootstrap.home import Home, read, write
from doctor.bootstrap.run import Run, whole_or_gone
from doctor.bootstrap.stop import Stop

_PROOF = "import doctor.cli; print(1)"
_PARTS = ("doctor", "recipes", "pyproject.toml")
_PROOF_S = 60.0
_IMPATIENT = {"UV_HTTP_TIMEOUT": "10", "UV_HTTP_RETRIES": "1"}  # uv is only tried: pip waits longer


def python_of(home: Home) -> Path:
    """Its interpreter; it need not be there."""
    return home.doctor / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def source() -> Path | None:
    """What this is run from: a checkout or a wheel; None where it is installed."""
    root = Path(doctor.__file__).parents[1]
    is_checkout = (root / "pyproject.toml").is_file() and (root / "recipes").is_dir()
    return root if root.is_file() or is_checkout else None


def key_of(source: Path) -> str:
    """Of another content, another key."""
    files = [source] if source.is_file() else [file for part in _PARTS for file in _files(source / part)]
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.relative_to(source).as_posix()}\n".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _files(part: Path) -> list[Path]:
    if part.is_file():
        return [part]
    return sorted(file for file in part.rglob("*") if file.is_file() and "__pycache__" not in file.parts)


def stands(home: Home, variables: Mapping[str, str]) -> bool:
    """Whether its Python starts and imports the program, and it was made from what this is run from."""
    origin = source()
    made_from = read(home.folder / "doctor.json").get("source")
    if made_from is None or (origin and made_from != key_of(origin)):
        return False
    return (
        children.ask([str(python_of(home)), "-P", "-B", "-c", _PROOF], timeout_s=_PROOF_S, variables=variables) == "1"
    )


def prepare(run: Run) -> Run:
    """Make it where it does not stand. The run that goes on with it, with the package source that was chosen."""
    if stands(run.home, run.variables):
        return run
    origin = source()
    if origin is None:
        step = "run it from a checkout, or give --source FOLDER|WHEEL|URL"
        raise Stop("torch-doctor itself is missing: this is neither a checkout nor a wheel of it", step)
    (run.home.folder / "doctor.json").unlink(missing_ok=True)
    with whole_or_gone(run.home.doctor):
        run = _make(run, origin)
    write(run.home.folder / "doctor.json", {"source": key_of(origin), "base": run.machine.python})
    return run


def _make(run: Run, origin: Path) -> Run:
    base, python = run.machine.python, python_of(run.home)
    argv = [base, "-I", "-m", "venv", "--without-pip", str(run.home.doctor)]
    doing = f"creating torch-doctor's environment in {run.home.doctor}"
    run.logged(doing, argv, "torch-doctor's environment could not be created")
    if quick := pip_wheel.quick(run, python):
        with contextlib.suppress(Stop):  # whatever keeps uv from it need not keep pip
            _install(run.with_variables({**run.variables, **_IMPATIENT}), quick, origin)
            return run
    installer = pip_wheel.find(run, base, python)
    run = choose_source(run, installer)
    _install(run, installer, origin)
    return run


def _install(run: Run, installer: pip_wheel.PipStart, origin: Path) -> None:
    """What it needs by the lists of this release, then itself, without asking any package source."""
    folder = run.options.offline
    only = ("--no-index", "--find-links", folder) if folder else ()
    lists = ("doctor", *(("build",) if origin.is_dir() else ()), *(() if folder else ("tools",)))
    what = f"torch-doctor could not be installed{f' from {run.source}' if run.source else ''}"
    run.begin()
    if needs := pinned_files.install_words(run.home.work, *lists):
        doing = "installing what torch-doctor needs"
        if not run.try_logged(doing, installer.install(*only, *needs)):
            raise _not_as_pinned(run, what)
    itself = installer.install("--no-index", "--no-deps", "--no-build-isolation", str(origin))
    run.logged("installing torch-doctor", itself, what)
    for tool in ("pip", "uv") if folder else ():
        if any(Path(folder).glob(f"{tool}-*")):
            words = pinned_files.words_of_tool(run.home.work, tool)
            run.try_logged(f"installing {tool} from the folder", installer.install(*only, *words))


def _not_as_pinned(run: Run, what: str) -> Stop:
    stop = run.failure(what, mirror_helps=not run.options.offline)
    if run.options.offline:
        stop.next_step = pinned_files.FILL.format(folder=run.options.offline)
    return stop


def choose_source(run: Run, installer: pip_wheel.PipStart) -> Run:
    """`--mirror auto`: the run with a package source that answers."""
    if run.options.mirror != "auto" or run.options.offline or run.has_source:
        return run

    def answers(variables: Mapping[str, str]) -> bool:
        return run.with_variables(variables).try_logged("asking the package source", installer.tries())

    chosen = index.answering(run.variables, answers, run.talk.say)
    if chosen is None:
        raise run.failure("no package source answers")
    return replace(run, variables=chosen, has_source=True)
