"""Remedies that change Python packages of the environment a finding is about, by the tool that it has."""

from __future__ import annotations

from doctor.model import PROGRAM, Argv, Remedy, Risk, Shell
from doctor.remedy import actions
from doctor.remedy.place import Place
from doctor.remedy.program import rerun

INSTALL = "Install {names}"
UPGRADE = "Upgrade {names}"
ANEW = "Reinstall {names}"
REMOVE = "Remove {names}"
CONDA = "Let conda install {names}"
ENVIRONMENT = "Create a separate environment here and install a PyTorch that fits into it"
PYTHON = "Create an environment with Python {python} here and install a PyTorch that fits into it"
ACTIVATE = "Activate the environment {path} and run the program in it"
ACTIVATE_WINDOWS = "Activate the environment {path} (Scripts\\activate.bat in cmd, Scripts\\Activate.ps1 in PowerShell)"
CACHE = "Empty pip's cache"
OWN_FOLDER = ".venv"


def pip(place: Place, *words: str) -> tuple[Argv, ...]:
    """A command of pip's for the environment: by its own pip, by uv where it has none, or with pip made first."""
    if place.python.pip_version != "":
        return ((place.interpreter, "-m", "pip", *words),)
    if place.has("uv") is not False:
        return (("uv", "pip", words[0], "--python", place.interpreter, *words[1:]),)
    return ((place.interpreter, "-m", "ensurepip", "--upgrade"), (place.interpreter, "-m", "pip", *words))


def writes(place: Place) -> tuple[str, ...]:
    """What such a command changes: the folder of the environment."""
    return (place.prefix,) if place.prefix else ()


def tried(place: Place) -> bool:
    """Installing by pip and uv is run for real by the tests, on Linux."""
    return place.os == "linux"


def install(action: actions.Install, place: Place) -> tuple[Remedy, ...]:
    names = ", ".join(action.requirements)
    title = action.title or (ANEW if action.anew else UPGRADE if action.upgrade else INSTALL).format(names=names)
    if place.closed:
        return new_environment(actions.NewEnvironment(), place)
    flags = (*(("--upgrade",) if action.upgrade else ()), *(("--force-reinstall", "--no-deps") if action.anew else ()))
    commands = pip(place, "install", *flags, *action.flags, *action.requirements)
    if action.set:
        return rerun(actions.Rerun(set=action.set, program=commands[-1], title=title), place)
    by_hand = "--no-build-isolation" in action.flags or any(
        r.isupper() or r == "requirements.txt" for r in action.requirements
    )
    risk = Risk.MANUAL if by_hand else Risk.SAFE
    return (Remedy(title, commands, risk, writes(place), tried=tried(place)),)


def uninstall(action: actions.Uninstall, place: Place) -> tuple[Remedy, ...]:
    if place.closed:
        return ()
    names = ", ".join(action.names)
    commands = pip(place, "uninstall", *(("-y",) if place.python.pip_version != "" else ()), *action.names)
    title = action.title or REMOVE.format(names=names)
    return (Remedy(title, commands, writes=writes(place), removes=action.names, tried=tried(place)),)


def conda_install(action: actions.CondaInstall, place: Place) -> tuple[Remedy, ...]:
    if not place.by_conda or place.closed:
        return ()
    channel = ("-c", action.channel) if action.channel else ()
    title = action.title or CONDA.format(names=", ".join(action.specs))
    return (Remedy(title, (conda(place, "install", "-y", *channel, *action.specs),), writes=writes(place)),)


def conda(place: Place, verb: str, *words: str) -> Argv:
    """conda for the environment: by its folder where that is known, else for the one that is active."""
    return ("conda", verb, *(("-p", place.conda_prefix) if place.conda_prefix else ()), *words)


def new_environment(action: actions.NewEnvironment, place: Place) -> tuple[Remedy, ...]:
    python = ("--python", action.python) if action.python else ()
    title = action.title or (PYTHON.format(python=action.python) if action.python else ENVIRONMENT)
    command = (PROGRAM, "setup", "--env", OWN_FOLDER, *python)
    return (Remedy(title, (command,), Risk.MANUAL, (OWN_FOLDER,), tried=tried(place)),)


def activate(action: actions.Activate, place: Place) -> tuple[Remedy, ...]:
    title = action.title or ACTIVATE.format(path=action.path)
    if action.conda:
        return (Remedy(title, (("conda", "activate", action.path),), Risk.MANUAL),)
    if place.shell is Shell.WINDOWS:
        return (Remedy(action.title or ACTIVATE_WINDOWS.format(path=action.path), risk=Risk.MANUAL),)
    if place.shell is Shell.POSIX and place.os == "windows":
        return (Remedy(title, (("source", f"{action.path}\\Scripts\\activate".replace("\\", "/")),), Risk.MANUAL),)
    script = {
        Shell.POSIX: (".", f"{action.path}/bin/activate"),
        Shell.POWERSHELL: (".", f"{action.path}\\Scripts\\Activate.ps1"),
        Shell.CMD: (f"{action.path}\\Scripts\\activate.bat",),
    }[place.shell]
    return (Remedy(title, (script,), Risk.MANUAL),)


def empty_cache(action: actions.EmptyCache, place: Place) -> tuple[Remedy, ...]:
    if place.python.pip_version == "":
        return ()
    return (Remedy(action.title or CACHE, pip(place, "cache", "purge"), Risk.MANUAL),)


def ask_python(action: actions.AskPython, place: Place) -> tuple[Remedy, ...]:
    return (Remedy(action.title, ((place.interpreter, *action.flags, "-c", action.code),), Risk.MANUAL),)


def ask_pip(action: actions.AskPip, place: Place) -> tuple[Remedy, ...]:
    if place.python.pip_version == "":
        return ()
    command = (place.interpreter, "-m", "pip", *action.words)
    return (Remedy(action.title, (command,), Risk.SAFE if action.safe else Risk.MANUAL, action.writes),)


def run_conda(action: actions.CondaCommand, place: Place) -> tuple[Remedy, ...]:
    """conda's configuration is the user's; what is about an environment names it."""
    which = ("-p", place.conda_prefix) if place.conda_prefix and action.words[0] != "config" else ()
    command = ("conda", *action.words, *which)
    return (Remedy(action.title, (command,), Risk.MANUAL, action.writes),) if place.by_conda else ()
