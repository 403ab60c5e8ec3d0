"""A folder of wheels as the only source: which torch in it fits, with the torchvision that belongs to it."""

from __future__ import annotations

from pathlib import Path

import msgspec
from packaging.utils import InvalidWheelFilename, parse_wheel_filename
from packaging.version import Version

from doctor import catalog
from doctor.match import Choice, Machine, Wish, match
from doctor.match.install_commands import requirements
from doctor.model import DoctorError, Exit
from doctor.setup.model import WheelSource, Where
from doctor.setup.sources import fits

NAME = "the folder {folder}"
NO_TORCH = "no torch wheel"
_HINT = "fill such a folder with `pip download` on a machine that has network access"


def source_in_folder(folder: str, machine: Machine, wish: Wish) -> WheelSource:
    """The newest torch of the folder that runs on this machine. Raises DoctorError when there is none."""
    path = Path(folder).expanduser()
    if not path.is_dir():
        raise DoctorError("setup-offline", "--offline needs a folder of wheels", f"no folder {folder}", _HINT)
    files = sorted(entry.name for entry in path.iterdir() if entry.suffix == ".whl")
    reasons: list[str] = []
    for version in sorted(_versions(files, "torch"), reverse=True):
        made = _choice_for(version, files, machine, wish)
        if not isinstance(made, str):
            where = Where("folder", str(path.resolve()))
            return WheelSource(NAME.format(folder=folder), where, made, _exact_requirements(made, version, machine))
        reasons.append(f"torch {version}: {made}")
    raise DoctorError(
        "setup-offline",
        f"nothing in {folder} fits this machine",
        "; ".join(reasons) or NO_TORCH,
        _HINT,
        exit_code=Exit.NOT_DONE,
    )


def _versions(files: list[str], project: str) -> set[Version]:
    found = set()
    for file in files:
        try:
            name, version, _, _ = parse_wheel_filename(file)
        except InvalidWheelFilename:
            continue
        if name == project:
            found.add(version)
    return found


def _choice_for(version: Version, files: list[str], machine: Machine, wish: Wish) -> Choice | str:
    """The choice this torch makes, or why it cannot be taken."""
    row = catalog.release(version.public)
    build = version.local or (row.pypi_build(machine.platform) if row else "")
    if build in ("cpu", "mps") or not machine.devices:
        machine = msgspec.structs.replace(
            machine, driver=None, devices=() if machine.os != "macos" else machine.devices
        )
    exact = f"=={version.public}" + (f",{wish.torch}" if wish.torch else "")
    found = match(machine, Wish(torch=exact, build=wish.build or build, accelerator=wish.accelerator))
    if found.choice is None:
        return found.message
    if not any(fits(file, "torch", str(version), machine) for file in files):
        return f"its wheel is not for Python {machine.python} on {machine.platform}"
    local = f"+{version.local}" if version.local else ""
    have = {
        name: wanted if any(fits(file, name, f"{wanted}{local}", machine) for file in files) else None
        for name, wanted in (("torchvision", found.choice.torchvision), ("torchaudio", found.choice.torchaudio))
        if wanted
    }
    if found.choice.torchvision and not have["torchvision"]:
        return f"torchvision {found.choice.torchvision}{local}, which belongs to it, is missing"
    return msgspec.structs.replace(found.choice, torchaudio=have.get("torchaudio"), index_url=None)


def _exact_requirements(choice: Choice, version: Version, machine: Machine) -> tuple[str, ...]:
    plain = requirements(choice, "", machine)
    return tuple(f"{line}+{version.local}" for line in plain) if version.local else plain
