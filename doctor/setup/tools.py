"""The programs that make and fill environments: uv where there is one, else the interpreter's own venv and pip."""

from __future__ import annotations

import contextlib
import functools
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from doctor.bootstrap.programs import which
from doctor.catalog import Version
from doctor.mirrors import transport
from doctor.model import Argv, DoctorError, Exit
from doctor.process import run, scratch
from doctor.setup.model import Doing, Where

CONDA_LIKE = ("mamba", "conda", "micromamba", "pixi")
_NAMELESS = (".venv", "venv", ".env", "env")
_ASK_S = 30.0
_FETCH_S = 120.0
_OLDEST_PIP = (22, 3)  # the first with `--python`; `--report` came just before
_COUNTING_PIP = (24, 1)  # the first with `--progress-bar raw`
_PLANNING_PIP = (25, 3)  # the first that answers a dry run without fetching every wheel
# pip's wheel of `ensurepip`, whose folder a distribution may have put elsewhere; the setuptools beside it would replace
# the newer one that torch asks for
_CARRIED = """
import ensurepip, glob, os, sysconfig
folder = sysconfig.get_config_var("WHEEL_PKG_DIR") or os.path.join(ensurepip.__path__[0], "_bundled")
print(*glob.glob(os.path.join(folder, "pip-*.whl")), sep="\\n")
"""


class Installer(msgspec.Struct, frozen=True):
    """`kind` "uv" or "pip"; `argv` is how it is started, without a subcommand; `counts`: pip can tell its bytes."""

    kind: str
    argv: Argv
    counts: bool = False

    @property
    def variables(self) -> dict[str, str]:
        return {"PIP_PROGRESS_BAR": "raw"} if self.counts else {}

    def make(self, base: str, folder: str) -> Argv:
        """Makes an environment in a folder that may hold the setup's own mark; its prompt names it."""
        if self.kind == "uv":
            return (*self.argv, "venv", "--allow-existing", "--prompt", _prompt(folder), "--python", base, folder)
        return (base, "-m", "venv", "--without-pip", "--prompt", _prompt(folder), folder)

    def install(self, python: str, requirements: str, *arguments: str, hashed: bool = True) -> Argv:
        """Installs a requirements file into the environment of `python`; `hashed`: it names every file by its hash."""
        exact = ("--no-deps", *(("--require-hashes",) if hashed else ()), "-r", requirements, *arguments)
        if self.kind == "uv":
            return (*self.argv, "pip", "install", "--python", python, *exact)
        # as uv: torch's thousands of modules are compiled when they are first imported, and most never are
        return (*self.argv, "--python", python, "install", "--disable-pip-version-check", "--no-compile", *exact)

    def fetch_pip(self, python: str, where: Where) -> Argv:
        """Puts the pip of a place into the environment of `python`."""
        words = ("pip", "install", "--python", python) if self.kind == "uv" else ("--python", python, "install")
        return (*self.argv, *words, *where.arguments(self.kind), "pip")


def _prompt(folder: str) -> str:
    """The project's name, where that of the environment says nothing."""
    path = Path(folder)
    return path.parent.name or path.name if path.name in _NAMELESS else path.name


def find_uv() -> str | None:
    """The uv that started us, the one beside our Python (an extra of the same install), or the one on PATH; one that
    does not start, as where an administrator lets no such program run, is none."""
    beside = Path(sys.executable).with_name("uv.exe" if sys.platform == "win32" else "uv")
    there = [str(path) for path in (os.environ.get("UV", ""), beside) if path and Path(path).is_file()]
    return next(filter(_starts, [*there, *filter(None, [which("uv")])]), None)


@functools.lru_cache(maxsize=8)
def _starts(program: str) -> bool:
    return run((program, "--version"), timeout_s=_ASK_S).ok


def choose_installer(base: str) -> Installer:
    """What installs into an environment made from `base`. Raises DoctorError when nothing can.

    Without uv: the pip of `base`, else our own; either has to be able to serve another interpreter and to report.
    """
    found = find_uv()
    if found:
        return Installer("uv", (found,))
    seen = []
    for python in (base, sys.executable):
        version = _pip_version(python)
        if version >= _OLDEST_PIP:
            return Installer("pip", (python, "-m", "pip"), counts=version >= _COUNTING_PIP)
        seen.append(f"pip {version} in {python}" if version else f"no pip in {python}")
    hint = "install uv, or a newer pip (Debian and Ubuntu: the packages python3-pip and python3-venv)"
    context = f"no uv; {'; '.join(dict.fromkeys(seen))}"
    raise DoctorError(
        "setup-installer", "there is no tool to install packages with", context, hint, exit_code=Exit.NOT_DONE
    )


def heeding_index(argv: Argv, variables: Mapping[str, str]) -> Mapping[str, str]:
    """For uv the variable of the user comes before the index that a command names."""
    if "--index-url" not in argv:
        return variables
    return {name: value for name, value in variables.items() if name != "UV_DEFAULT_INDEX"}


def add_pip(installer: Installer, python: str, variables: Mapping[str, str]) -> Argv:
    """Puts Python's own copy of pip into its environment, which takes `ensurepip` ten times as long; `ensurepip`
    itself where the copy is not found, as Debian changed it before Python 3.10."""
    carried = run((python, "-c", _CARRIED), timeout_s=_ASK_S, env=variables).stdout.split("\n")
    wheels = [line for line in carried if line.endswith(".whl")]
    if not wheels:
        return (python, "-m", "ensurepip", "--default-pip")
    if installer.kind == "uv":
        return (*installer.argv, "pip", "install", "--python", python, "--no-index", "--no-deps", *wheels)
    return (*installer.argv, "--python", python, "install", "--no-index", "--no-deps", "--no-compile", *wheels)


@contextlib.contextmanager
def planning(installer: Installer, doing: Doing) -> Iterator[dict[str, str]]:
    """The environment in which an installer can be asked without fetching what it is asked about: for an older pip,
    one with a newer pip in a folder that goes afterwards."""
    variables = transport.variables()
    if installer.kind == "uv" or (old := _pip_version(installer.argv[0])) >= _PLANNING_PIP:
        yield variables
        return
    newer = f"pip>={'.'.join(map(str, _PLANNING_PIP))}"
    with scratch.folder() as folder:
        doing(f"fetching a newer pip: {old} would fetch every package to plan with it")
        argv = (*installer.argv, "install", "--quiet", "--no-deps", "--only-binary", ":all:", "--target", folder, newer)
        if run(argv, timeout_s=_FETCH_S, env=variables).ok:
            variables["PYTHONPATH"] = folder
        else:
            doing(f"pip {old} fetches every package to plan with it")
        yield variables


def _pip_version(python: str) -> Version:
    """22.3 of "pip 22.3.1 from …"; not known where there is none."""
    return Version.of(run([python, "-m", "pip", "--version"], timeout_s=_ASK_S).stdout.removeprefix("pip ")).cut(2)


def find_python(wanted: str) -> str | None:
    """The path of an interpreter of that version ("3.12"): uv's, on PATH, or of pyenv; None when there is none."""
    found = find_uv()
    if found:
        answer = run([found, "python", "find", "--no-project", "--system", wanted], timeout_s=_ASK_S)
        if answer.ok and answer.stdout.strip():
            return answer.stdout.strip().splitlines()[-1]
    on_path = which(f"python{wanted}")
    if on_path and run([on_path, "-c", ""], timeout_s=_ASK_S).ok:
        return on_path
    versions = Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser() / "versions"
    return next((str(path) for path in sorted(versions.glob(f"{wanted}.*/bin/python"))), None)
