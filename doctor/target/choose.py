"""Which interpreter is the target: the one named, else the one the user would get.

In this order: `--python`, the active virtualenv or conda environment, `.venv` here, the doctor's own when it was named
(`/env/bin/python -m doctor`) or torch lies beside it, the environment that the bootstrap made, `python` on PATH, the
doctor's own. `.venv` here is of whoever made the folder: only commands that are about the environment start it, and
unasked only the user's own (`doctor.target.trust`).
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from doctor.bootstrap.home import home_around
from doctor.bootstrap.programs import every, which
from doctor.bootstrap.records import current_python
from doctor.files.regular import size
from doctor.model import DoctorError
from doctor.process import ProcessResult, run
from doctor.target import trust

Say = Callable[[str, str], None]
OLDEST = (3, 7)
_ANSWER = "doctor-target"
_ASK = f"import sys;sys.stdout.write('\\n{_ANSWER} %d.%d %s\\n' % (sys.version_info[:2] + (sys.executable,)))"
_TIMEOUT_S = 10.0
NOISE = " after {size} of other output"
_MUCH_NOISE = 1 << 20
_EXAMPLE = r"C:\path\to\env\Scripts\python.exe" if sys.platform == "win32" else "/path/to/env/bin/python"
_HINT = f"name an interpreter: --python {_EXAMPLE}"
HERE = ".venv here"
_NAME_IT = "`{option} {environment}` starts it all the same, {option} with another one leaves it alone"
# where `uv tool`, `uvx` and pipx put an application: nobody's PyTorch environment, though uvx puts it on PATH
_TOOL_FILES = ("uv-receipt.toml", "pipx_metadata.json")
_TOOL_FOLDERS = ("archive-v0", "environments-v2")


def choose(
    python: str | None,
    env: Mapping[str, str],
    cwd: Path,
    deadline_s: float = _TIMEOUT_S,
    *,
    here: bool = True,
    say: Say = lambda *_: None,
) -> tuple[str, str]:
    """The target's executable and by what it was chosen. Raises DoctorError when the named one cannot be used.

    The one that is named has all the time that a question has; the others only as long as an interpreter needs.
    `say` hears of both before anything is started; without `here`, `.venv` in the working folder does not count.
    """
    if python is not None:
        return executable_named(python, env, cwd, deadline_s, say=say), "--python"
    shorter_s = min(deadline_s, _TIMEOUT_S)
    for executable, chosen_by in _candidates(env, cwd, here):
        if chosen_by == HERE:
            require_own(cwd)
        say(executable, chosen_by)
        try:
            return (executable if chosen_by == "own" else require_usable(executable, shorter_s)), chosen_by
        except DoctorError:
            continue  # an old or broken Python that happens to be there: the next one then
    raise DoctorError("no-python", "no usable Python was found", "nothing on PATH works", _HINT)


def require_own(cwd: Path, option: str = "--python") -> None:
    """Raises DoctorError where the environment in this folder is not to be started unasked."""
    environment = cwd / ".venv"
    interpreter = python_in(environment)
    why = trust.objection(environment, interpreter) if interpreter else ""
    if why:
        hint = _NAME_IT.format(environment=environment.name, option=option)
        raise DoctorError("python-not-yours", f"{interpreter} is not started unasked", why, hint)


def asleep(env: Mapping[str, str], cwd: Path) -> Path | None:
    """The interpreter of `.venv` here where nothing is active before it: the user may mean it, and has not said so."""
    first = next(_candidates(env, cwd, here=True), None)
    return Path(first[0]) if first and first[1] == HERE else None


def executable_named(
    python: str, env: Mapping[str, str], cwd: Path, deadline_s: float = _TIMEOUT_S, *, say: Say = lambda *_: None
) -> str:
    """The executable that `--python` means: a file, the folder of an environment, or a command on PATH."""
    path = cwd / Path(python).expanduser()
    if path.is_dir():
        inside = python_in(path)
        if inside is None:
            raise DoctorError("python-missing", f"no Python in the folder {python}", _contents(path), _HINT)
        path = inside
    elif not path.exists() and not os.path.lexists(path) and Path(python).name == python:
        found = which(python, env)
        path = Path(found) if found else path
    say(str(path), "--python")
    return require_usable(str(path), deadline_s)


def python_in(folder: Path) -> Path | None:
    """The interpreter of an environment's folder, as venv and conda lay it out on each system."""
    places = ("bin/python", "bin/python3", "Scripts/python.exe", "python.exe")
    return next((folder / place for place in places if is_file(folder / place)), None)


def is_file(path: Path) -> bool:
    """False as well where a folder on the way may not be entered, which raises otherwise."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _candidates(env: Mapping[str, str], cwd: Path, here: bool) -> Iterator[tuple[str, str]]:
    active = [(name, Path(env.get(name, ""))) for name in ("VIRTUAL_ENV", "CONDA_PREFIX")]
    places = [place for place in active if place[1].is_absolute()]  # as what activates an environment writes it
    for chosen_by, folder in [*places, *([(HERE, cwd / ".venv")] if here else [])]:
        inside = python_in(folder)
        if inside:
            yield str(inside), chosen_by
    if sys.executable and (_started_from_environment() or _torch_beside_us()):
        yield sys.executable, "own"
    if made := current_python(env):
        yield made, "bootstrap"
    for found in _on_path(env):
        yield found, "PATH"
    if sys.executable:
        yield sys.executable, "own"


def _started_from_environment() -> bool:
    """Whether the doctor was started as `python -m doctor` by the Python of an environment that is the user's."""
    module = Path(sys.argv[0])
    as_module = module.name == "__main__.py" and module.parent.name == "doctor"
    return as_module and sys.prefix != sys.base_prefix and not _is_application(Path(sys.prefix))


def _torch_beside_us() -> bool:
    """Whether torch lies in the doctor's own environment; its folder is looked for, nothing is imported."""
    return any(is_file(Path(entry, "torch", "version.py")) for entry in sys.path if entry)


def _on_path(env: Mapping[str, str]) -> Iterator[str]:
    """Each `python`, then each `python3` on PATH; the doctor's own only when it is not an application's."""
    own = Path(sys.executable).parent if _is_application(Path(sys.prefix)) else None
    for name in ("python", "python3"):
        yield from (found for found in every(name, env) if Path(found).parent != own)


def _is_application(prefix: Path) -> bool:
    by_file = any(is_file(prefix / name) for name in _TOOL_FILES)
    return by_file or home_around(prefix) is not None or any(name in prefix.parts for name in _TOOL_FOLDERS)


def require_usable(executable: str, timeout_s: float = _TIMEOUT_S) -> str:
    """The executable when it can be the target. Raises DoctorError saying why it cannot.

    A shim (pyenv, asdf, mise) is replaced by the interpreter behind it: shims are slow and depend on the folder.
    """
    path = Path(executable)
    if not path.exists():
        broken = "a broken link" if path.is_symlink() else "no such file"
        raise DoctorError("python-missing", f"no Python at {executable}", broken, _HINT)
    if sys.executable and path.samefile(sys.executable):
        return executable
    found, noise, ended = _asked(executable, timeout_s)
    if not found:
        raise _no_answer_error(executable, ended, noise)
    if (int(found[1]), int(found[2])) < OLDEST:
        shown, oldest = f"{found[1]}.{found[2]}", "{}.{}".format(*OLDEST)
        message = f"{executable} is Python {shown}; the target must be Python {oldest} or newer"
        raise DoctorError("python-too-old", message, shown, _HINT)
    return found[3].strip() if path.parent.name == "shims" and found[3].strip() else executable


def _asked(executable: str, timeout_s: float) -> tuple[re.Match[str] | None, int, ProcessResult]:
    """Its answer, looked for as the lines come: a wrapper may print more than is kept before it starts a Python.

    And how many characters came that were none.
    """
    answers: list[re.Match[str]] = []
    noise = 0

    def take(line: str) -> None:
        nonlocal noise
        if found := re.match(rf"{_ANSWER} (\d+)\.(\d+) (.*)$", line):
            answers.append(found)
        else:
            noise += len(line) + 1

    # without site and variables of the user's: what they break belongs to the examination
    ended = run([executable, "-E", "-S", "-X", "utf8", "-c", _ASK], timeout_s=timeout_s, on_line=take)
    return next(iter(answers), None), noise, ended


def _no_answer_error(executable: str, ended: ProcessResult, noise: int) -> DoctorError:
    if ended.not_started == "permission denied":
        return DoctorError("python-not-executable", f"{executable} cannot be executed", ended.story, _HINT)
    words = [line.strip() for line in ended.stderr.splitlines() if line.strip()]
    found = ended.story + (NOISE.format(size=size(noise)) if noise > _MUCH_NOISE else "")
    found += f": {words[-1]}" if words else ""
    return DoctorError("not-a-python", f"{executable} does not behave like a Python", found, _HINT)


def _contents(folder: Path) -> str:
    """What a folder that should have been an environment holds, shortened."""
    try:
        names = sorted(entry.name for entry in folder.iterdir())
    except OSError as error:
        return error.strerror or str(error)
    return ", ".join(names[:6]) + (" …" if len(names) > 6 else "") if names else "it is empty"
