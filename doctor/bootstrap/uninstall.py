"""`--uninstall`: lists what goes and what stays, asks, and removes what is on record as made and nothing else.

What is needed to go on after a kill (the records, the marker, the lock) goes last. Of an environment, the folders that
Python and its packages have go; what somebody put beside them stays.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from doctor.bootstrap import launcher, search_path
from doctor.bootstrap.brought import not_brought
from doctor.bootstrap.children import end_leftover, end_run_of_version_0_1
from doctor.bootstrap.home import KEPT, Home, is_folder, only_run, remove_empty
from doctor.bootstrap.options import Options
from doctor.bootstrap.records import EnvironmentRecord, environments, forget
from doctor.bootstrap.removal import Removal, bytes_in
from doctor.bootstrap.sizes import size
from doctor.bootstrap.stop import DONE, IN_THE_WAY, Stop
from doctor.bootstrap.talk import Talk

_IN_A_VENV = (".doctor-setup", ".gitignore", ".lock", "CACHEDIR.TAG", "bin", "Scripts", "lib", "lib64", "include",
              "Lib", "Include", "share", "etc", "man", "pyvenv.cfg", "torch-doctor-requirements.txt",
              "torch-doctor-requirements-2.txt")  # fmt: skip
_SHOW_IT_IS_OURS = ("bin", "Scripts", "pyvenv.cfg")
_WRITTEN_DOWN = ("work", "state", "environments", "current", "doctor.json", "launcher.json", "search_path.json",
                 "shell-file-before")  # fmt: skip
_SHARED = ("share", "etc", "man")  # folders that a project may have as well
_SINCE = "with everything installed in it since"
_LOCKS = ("doctor.lock.toml", "pylock.toml", "pylock.*.toml")
_JOURNAL = "what `torch-doctor mirrors` and `fix` changed; take it back first with `torch-doctor mirrors --undo all`"


@dataclass
class _Plan:
    """`goes`: what, and the files and folders of it, in order; `stays`: lines about what does not go."""

    environments: list[EnvironmentRecord] = field(default_factory=list)
    goes: list[tuple[str, list[Path]]] = field(default_factory=list)
    stays: list[str] = field(default_factory=list)
    protected: list[Path] = field(default_factory=list)
    whole: bool = True  # not only one environment


def uninstall(home: Home, options: Options, talk: Talk) -> int:
    """DONE where nothing is left of what was made; raises Stop where nothing may be removed."""
    home = Home(home.folder.resolve())
    if not home.folder.is_dir():
        talk.say(f"nothing to remove: there is no {home.folder}")
        return DONE
    home.refuse()
    if not home.is_ours:
        talk.say(f"nothing to remove: {home.folder} holds nothing of the bootstrap's")
        return DONE
    end_run_of_version_0_1(home)
    with only_run(home):  # it takes the marker, the lock and the folder away where nothing else is left
        plan = _one(home, options) if options.env or options.conda else _everything(home)
        _show(plan, talk)
        talk.agree("Remove this?")
        end_leftover(home)
        failed = _carry_out(home, plan, talk)
        if not failed and plan.whole:
            failed = _last_files(home)
    for line in failed:
        talk.say(f"could not be removed: {line}")
    if plan.whole and home.folder.exists():
        talk.say(f"{home.folder} stays, with what is named above")
    return IN_THE_WAY if failed else DONE


# --- what goes ------------------------------------------------------------------------------------------------------


def _everything(home: Home) -> _Plan:
    plan = _Plan()
    for environment in environments(home):
        _sort(home, environment, plan)
    if launcher.files(home):
        plan.goes.append(("the command torch-doctor", []))
    parts = {
        "torch-doctor's own environment": ["doctor"],
        "downloads that were kept": ["cache"],
        "uv and its Python": ["uv", "python"],
        f"Miniforge with its environments: {_names(home) or 'none'}": ["miniforge"],
    }
    for what, names in parts.items():
        plan.goes += [(what, found)] if (found := _there(home.folder / name for name in names)) else []
    folders = _lock_folders(home)
    written = {found for folder in folders for pattern in _LOCKS for found in folder.glob(pattern)}
    if os.path.lexists(home.folder / "locks"):
        plan.goes.append(("locks", sorted(written) if folders else [home.folder / "locks"]))
    others = {entry for folder in folders for entry in folder.iterdir()} - {*written, *folders}
    plan.stays += [f"{path}: not the bootstrap's" for path in sorted(others)]
    plan.stays += [f"{home.folder / name}: not the bootstrap's" for name in home.strangers()]
    plan.stays += _of_other_commands(home)
    return plan


def _lock_folders(home: Home) -> list[Path]:
    """Those of them that are no links."""
    locks = home.folder / "locks"
    return [path for path in (locks, *locks.glob("*")) if path.is_dir() and not _has_link(home, path)]


def _one(home: Home, options: Options) -> _Plan:
    """Only the environment that was named."""
    plan = _Plan(whole=False)
    for environment in environments(home):
        named = environment.conda == options.conda if options.conda else _same(environment.folder, options.env)
        if named:
            _sort(home, environment, plan)
        else:
            plan.protected.append(Path(environment.folder))
    if not plan.goes:
        what = options.conda or options.env
        why = plan.stays[0] if plan.stays else f"{what} is not on record as made here; nothing was removed"
        raise Stop(why, "--uninstall without a name removes what was made")
    return plan


def _sort(home: Home, environment: EnvironmentRecord, plan: _Plan) -> None:
    folder = Path(environment.folder)
    in_miniforge = environment.conda and _is_in(folder, home.folder / "miniforge")
    if not environment.made:
        plan.protected.append(folder)
        if folder.exists():
            plan.stays.append(f"{folder}: it was there before, with the PyTorch in it")
    elif any(_has_link(home, Path(path)) for path in (environment.folder, *environment.parents)):
        plan.protected.append(folder)
        plan.stays.append(f"{folder}: a link leads there now, which is not followed")
    elif environment.conda and not in_miniforge:
        plan.protected.append(folder)
        if folder.exists():
            plan.stays.append(f"the conda environment {environment.conda}: `conda env remove -n {environment.conda}`")
    elif folder.is_dir():
        _sort_made(home, environment, plan)
    else:
        plan.environments.append(environment)  # its record goes


def _sort_made(home: Home, environment: EnvironmentRecord, plan: _Plan) -> None:
    folder = Path(environment.folder)
    if not environment.conda and not _is_still_ours(home, folder):
        plan.protected.append(folder)
        plan.stays.append(f"{folder}: it is no longer the environment that was made there")
        return
    plan.environments.append(environment)
    if environment.conda:
        plan.goes.append((f"{folder}, {_SINCE}", [folder]))
        return
    paths = _there(folder / name for name in _IN_A_VENV)
    theirs = {path: found for path in paths if path.name in _SHARED and (found := not_brought(folder, path))}
    goes = [brought for path in paths for brought in (theirs[path].brought if path in theirs else [path])]
    plan.goes.append((f"{folder}, {_SINCE}", goes))
    others = sorted(entry for entry in folder.iterdir() if entry.name not in _IN_A_VENV)
    for path in (*others, *(path for found in theirs.values() for path in found.others)):
        plan.stays.append(f"{path}: not the environment's")


def _is_still_ours(home: Home, folder: Path) -> bool:
    """Not where somebody else's is in its place: ours, once complete, had the command in it."""
    begun = any((folder / name).is_file() for name in ("pyvenv.cfg", ".doctor-setup"))
    return (begun or not any(folder.iterdir())) and launcher.is_as_recorded(home, folder)


def _names(home: Home) -> str:
    """Of the conda environments in our Miniforge."""
    folder = home.folder / "miniforge" / "envs"
    found = sorted(entry.name for entry in folder.iterdir() if entry.is_dir()) if folder.is_dir() else []
    return ", ".join(found)


def _of_other_commands(home: Home) -> list[str]:
    """What the program's other commands keep."""
    kept = [home.folder / name for name in KEPT]
    usual = "Library/Application Support" if sys.platform == "darwin" else ".local/state"
    journal = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / usual) / "torch-doctor" / "changes"
    lines = [f"{path}: written by `match --refresh`" for path in _there(kept) if "refresh" in path.name]
    return lines + [f"{path}: {_JOURNAL}" for path in _there([kept[0], journal])]


def _show(plan: _Plan, talk: Talk) -> None:
    talk.say("This is removed:")
    seen: set[tuple[int, int]] = set()  # uv's cache and an environment share their files
    for what, paths in plan.goes:
        talk.say(f"  {what} ({size(bytes_in(paths, seen))})" if paths else f"  {what}")
    if plan.stays:
        talk.say("This stays:")
    for line in plan.stays:
        talk.say(f"  {line}")


# --- removing -------------------------------------------------------------------------------------------------------


def _carry_out(home: Home, plan: _Plan, talk: Talk) -> list[str]:
    removal = Removal([home.folder, *(Path(made.folder) for made in plan.environments)], plan.protected)
    paths = [path for _, found in plan.goes for path in found]
    for path in paths:
        if path.name not in _SHOW_IT_IS_OURS:  # first, so that there is room on a full disk for what is written next
            removal.remove(path)
    for environment in plan.environments:
        launcher.forget_inside(home, Path(environment.folder))
    for path in paths:
        removal.remove(path)
    for environment in plan.environments:
        remove_empty([environment.folder, *environment.parents])
        if not any(_there(Path(environment.folder) / name for name in _IN_A_VENV)):
            forget(home, environment)
    for line in removal.stays:
        talk.say(f"stays: {line}")
    return removal.failed


def _last_files(home: Home) -> list[str]:
    """The command, and what the bootstrap wrote down for itself; the marker and the lock are needed till then."""
    failed = [*search_path.undo(home), *launcher.remove(home)]
    if failed:
        return failed
    removal = Removal([home.folder])
    for name in _WRITTEN_DOWN:
        removal.remove(home.folder / name)
        removal.remove(home.folder / f"{name}.part")
    remove_empty([*reversed(_lock_folders(home)), home.folder / "bin"])
    return removal.failed


def _there(paths: Iterable[Path]) -> list[Path]:
    return [path for path in paths if os.path.lexists(path)]


def _has_link(home: Home, path: Path) -> bool:
    """Whether it is a link, or lies in the home and is reached by one there."""
    inside = (above for above in path.parents if _is_in(above.parent, home.folder))
    return any(os.path.lexists(near) and not is_folder(near.lstat()) for near in (path, *inside))


def _same(one: str, other: str) -> bool:
    return os.path.normcase(os.path.realpath(one)) == os.path.normcase(os.path.realpath(other))


def _is_in(folder: Path, above: Path) -> bool:
    return Path(os.path.realpath(folder)).is_relative_to(Path(os.path.realpath(above)))
