"""Install commands for the inspected interpreter: its own pip, or uv where it has none."""

from __future__ import annotations

from doctor.catalog import BuildTag, published
from doctor.facts import Packages, Python, Torch
from doctor.model import Argv, Remedy

PYTORCH_INDEX = "https://download.pytorch.org/whl"


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


def same_torch(python: Python | None, torch: Torch | None, packages: Packages | None, title: str) -> tuple[Remedy, ...]:
    """Put the installed release back, in the same build; nothing for builds that no index has.

    The package's metadata say which file it was: PyPI's carries no build tag although torch itself names one.
    """
    version = (packages.version("torch") if packages else None) or (torch.version if torch else None) or ""
    if not version:
        return (Remedy(title, (install(python, "--force-reinstall", "torch"),), writes=environment_of(python)),)
    if not published(version) or (torch and torch.installer == "conda"):
        return ()
    build = BuildTag.of_version(version).tag
    # beside the configured index, which may have the file too; "===" because "==" would accept another build
    which = (f"torch=={version}", "--extra-index-url", f"{PYTORCH_INDEX}/{build}") if build else (f"torch==={version}",)
    command = install(python, "--force-reinstall", "--no-deps", "--no-cache-dir", *which)
    return (Remedy(title, (command,), writes=environment_of(python)),)
