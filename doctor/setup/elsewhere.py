"""A platform that files are asked for without being on it: as `match` sees it, and in uv's words.

pip evaluates the conditions of requirements for the machine that it runs on, so it cannot be asked for another one.
"""

from __future__ import annotations

import msgspec

from doctor import catalog
from doctor.catalog import Version
from doctor.match import Machine
from doctor.match.flags import MachineFlags, machine_from
from doctor.model import Argv, DoctorError, Exit
from doctor.setup.tools import Installer

USUAL = "x86_64"
GLIBC = "2.28"  # older ones have few current wheels left
ONLY_UV = "only uv can look for the files of another platform"
NO_FREE_THREADS = "uv looks for the files of another platform only for a Python with the GIL"
_GLIBCS = ("2.28", *(f"2.{minor}" for minor in range(31, 41)))  # that uv has a name for
_TRIPLES = {
    ("windows", "x86_64"): "x86_64-pc-windows-msvc",
    ("windows", "aarch64"): "aarch64-pc-windows-msvc",
    ("macos", "x86_64"): "x86_64-apple-darwin",
    ("macos", "aarch64"): "aarch64-apple-darwin",
}


class Elsewhere(msgspec.Struct, frozen=True):
    """`platform` is uv's name of it; the oldest system that the files may ask for is `glibc` or `macos`."""

    python: str
    platform: str
    glibc: str = ""
    macos: str = ""

    @property
    def words(self) -> Argv:
        return ("--python-version", self.python, "--python-platform", self.platform)

    @property
    def variables(self) -> dict[str, str]:
        return {"MACOSX_DEPLOYMENT_TARGET": self.macos} if self.macos else {}


def machine_named(platform: str, python: str) -> Machine:
    """The machine of "windows" or "linux-aarch64", of which nothing else is known."""
    system, _, arch = platform.partition("-")
    return machine_from(MachineFlags(os=system, arch=arch or None, python=python), "linux", USUAL)


def name_of(machine: Machine) -> str:
    """ "windows", "linux-aarch64": as part of the name of a lock."""
    usual = USUAL if machine.os != "macos" else "aarch64"
    return machine.os if machine.arch == usual else f"{machine.os}-{machine.arch}".replace("_", "-")


def target(machine: Machine, torch: str) -> Elsewhere:
    """What uv is to resolve for: nothing older than this release of torch runs on anyway."""
    row = catalog.release(torch)
    wheel = row.wheel(machine.platform) if row else None
    if machine.os != "linux":
        return Elsewhere(machine.python, _TRIPLES[machine.os, machine.arch], macos=wheel.macos if wheel else "")
    needed = wheel.glibc if wheel and Version.of(GLIBC).older_than(wheel.glibc) else GLIBC
    glibc = next((one for one in _GLIBCS if not Version.of(one).older_than(needed)), needed)
    return Elsewhere(machine.python, f"{machine.arch}-manylinux_{glibc.replace('.', '_')}", glibc)


def check(installer: Installer, machine: Machine) -> None:
    """Raises DoctorError where no installer can be asked."""
    if installer.kind != "uv":
        reason, hint = "pip evaluates conditions for this one", "install it: `python -m pip install uv`"
        raise DoctorError("lock-platform", ONLY_UV, reason, hint, exit_code=Exit.NOT_DONE)
    if machine.free_threaded:
        found, hint = f"Python {machine.python}t", "lock an environment with it on that platform"
        raise DoctorError("lock-platform", NO_FREE_THREADS, found, hint, exit_code=Exit.NOT_DONE)
