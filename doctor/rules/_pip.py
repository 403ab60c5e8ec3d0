"""Install commands for the inspected interpreter: its own pip, or uv where it has none."""

from __future__ import annotations

from doctor.facts import Python
from doctor.model import Argv, Remedy


def executable(python: Python | None) -> str:
    """The interpreter to run; plain `python` when nobody knows which one it is."""
    return (python and python.executable) or "python"


def install(python: Python | None, *arguments: str) -> Argv:
    """`pip install …` for that interpreter."""
    if python and python.pip_version == "":
        return ("uv", "pip", "install", "--python", executable(python), *arguments)
    return (executable(python), "-m", "pip", "install", *arguments)


def uninstall(python: Python | None, *names: str) -> Argv:
    """`pip uninstall …` without questions."""
    if python and python.pip_version == "":
        return ("uv", "pip", "uninstall", "--python", executable(python), *names)
    return (executable(python), "-m", "pip", "uninstall", "-y", *names)


def environment_of(python: Python | None) -> tuple[str, ...]:
    """What such a command writes: the folder of the environment."""
    return (python.prefix,) if python and python.prefix else ()


def reinstall(python: Python | None, title: str, *requirements: str, options: tuple[str, ...] = ()) -> Remedy:
    """Take packages out and put them in again, so that nothing of the old copy stays behind."""
    names = [name.partition("==")[0].partition("<")[0].partition(">")[0] for name in requirements]
    commands = (uninstall(python, *names), install(python, *options, *requirements))
    return Remedy(title, commands, writes=environment_of(python))
