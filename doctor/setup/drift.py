"""Whether an environment still is what a lock says. No network: names, versions, and the Python are compared."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from packaging.utils import canonicalize_name, canonicalize_version

from doctor.diff import Diff, Side, diff
from doctor.facts import Facts
from doctor.model import DoctorError
from doctor.setup import select
from doctor.setup.locking import installable

FIELDS = ("host", "python", "packages", "torch")
_INSTALLERS = ("pip", "setuptools", "wheel")  # an environment may have them though the locked one had not


def compare(lock: Path, facts: Facts, name: str) -> Diff:
    """The lock on the left. Raises DoctorError for a lock that cannot be read, or an environment that cannot."""
    python, packages = facts.python.value, facts.packages.value
    if python is None or packages is None:
        why = facts.python.reason or facts.packages.reason
        raise DoctorError("lock-check", "the environment could not be examined", why, "name it with --python PATH", 4)
    host, torch = facts.host.value, facts.torch.value
    minor = ".".join((python.version or "").split(".")[:2])
    system = (host.os if host else "") or ""
    pinned = select.nearest(select.read(lock), (torch.version if torch else "") or "", system, minor)
    locked = _versions((one.name, one.version) for one in pinned.downloads)
    here = _versions((one.name, one.version) for one in installable(packages.installed)[0])
    here = {name: version for name, version in here.items() if name in locked or name not in _INSTALLERS}
    wanted = _side(pinned.file, pinned.build.os, pinned.build.python or minor, locked)
    return diff(wanted, _side(name, system or pinned.build.os, minor, here))


def _versions(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    """As indexes spell both: typing_extensions 4.07 is typing-extensions 4.7."""
    found = {
        canonicalize_name(name): canonicalize_version(version, strip_trailing_zero=False) for name, version in rows
    }
    return dict(sorted(found.items()))


def _side(name: str, system: str, python: str, packages: dict[str, str]) -> Side:
    return Side(name, "lock", {"python": {"version": python}, "system": {"system": system}, "packages": packages})
