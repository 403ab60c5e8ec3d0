"""How old the catalog is, said where it matters: where what was asked or found is newer than all it knows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from doctor import catalog
from doctor.catalog import Version
from doctor.match.model import Machine, Wish
from doctor.model import PROGRAM

RELEASES = (
    "The catalog knows releases up to torch {newest} (as of {day}): `"
    + PROGRAM
    + " match --refresh` looks for newer ones."
)
NEWER = "{what} is newer than what the catalog knows ({known}, as of {day}): a newer " + PROGRAM + " may know more."


def age_notes(machine: Machine, wish: Wish) -> Iterator[str]:
    newest, rows = catalog.all_releases()[0], catalog.drivers()
    if _beyond_releases(wish, Version.of(newest.torch)) or _beyond_pythons(machine):
        yield RELEASES.format(newest=newest.torch, day=catalog.releases().as_of)
    branch = max(rows.branches, key=lambda row: Version.of(row.branch))
    last = branch.windows.rpartition("-")[2] if machine.os == "windows" else branch.branch
    if Version.of(machine.driver).cut(1) > Version.of(last or branch.branch):
        yield NEWER.format(what=f"Driver {machine.driver}", known=f"branch {branch.branch}", day=rows.as_of)
    known = max((text for row in rows.architectures for text in row.capabilities), key=Version.of)
    for device in machine.devices:
        if device.kind == "cuda" and Version.of(device.target) > Version.of(known):
            yield NEWER.format(what=device.label, known=f"compute capability {known}", day=rows.as_of)


def _beyond_releases(wish: Wish, newest: Version) -> bool:
    """A version that is asked for and that no known release reaches; an upper bound asks for nothing."""
    floors = re.findall(r"(?:~=|===?|>=?)\s*v?(\d+(?:\.\d+)*)", wish.torch)
    return any(Version.of(text) > newest for text in floors)


def _beyond_pythons(machine: Machine) -> bool:
    known = {Version((3, int(tag[3:].rstrip("t")))) for tag in _pythons() if tag.startswith("cp3")}
    return bool(known) and Version.of(machine.python) > max(known)


def _pythons() -> Iterator[str]:
    for row in catalog.all_releases()[:1]:
        for wheel in row.wheels:
            yield from (*wheel.python, *wheel.preview)
