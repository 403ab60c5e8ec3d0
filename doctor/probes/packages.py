"""What is installed in the target, read from metadata files; what of it is missing, altered, doubled or left over."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from doctor.catalog import Version
from doctor.facts import DamagedFile, Package, Packages, Unmet
from doctor.privacy import redact, redact_path, without_credentials
from doctor.probes._description import description_part
from doctor.target import Target
from doctor.text.documents import Unparsable, json

if TYPE_CHECKING:
    from packaging.requirements import Requirement

_TORCH = ("torch", "torchvision", "torchaudio", "triton")


def probe(target: Target) -> Packages:
    """Every distribution on the target's search path; the first of a name is the one that is imported."""
    copies = [_package(d) for d in description_part(target, "distributions")]
    first: dict[str, Package] = {}
    for package in copies:
        first.setdefault(package.name, package)
    doubled = {name for name, times in Counter(p.name for p in copies).items() if times > 1}
    return Packages(
        installed=tuple(sorted(first.values(), key=lambda p: p.name)),
        unmet=tuple(unmet(first, markers(description_part(target, "python")))),
        damaged=tuple(_damaged_file(entry) for entry in description_part(target, "damaged")),
        duplicates=tuple(p for p in copies if p.name in doubled),
        leftovers=tuple(redact_path(path) for path in description_part(target, "leftovers")),
        complete=not description_part(target, "unreadable"),
    )


def _package(entry: Mapping[str, Any]) -> Package:
    return Package(
        name=entry["name"],
        version=entry["version"],
        installer=entry["installer"],
        location=redact_path(entry["location"]),
        requires=tuple(redact(requirement) for requirement in entry["requires"]),
        source=source(entry["source"]),
    )


def _damaged_file(entry: Mapping[str, str]) -> DamagedFile:
    path = redact_path(entry["path"])
    details = (entry.get(key, "") for key in ("expected", "found", "package"))
    return DamagedFile(path, entry["problem"], *details)


def source(direct_url: str) -> str:
    """URL in a direct_url.json without credentials; "" when there is none or it cannot be read."""
    try:
        told = json(direct_url)
    except Unparsable:
        return ""
    url = told.get("url") if isinstance(told, dict) else None
    return redact(without_credentials(str(url or "")))


def markers(python: Mapping[str, Any]) -> dict[str, str]:
    """The target's values of environment markers (PEP 508); those of the machine are the doctor's own."""
    version = str(python["version"])
    return {
        "python_version": str(Version.of(version).cut(2)),
        "python_full_version": version,
        "platform_python_implementation": python["implementation"],
        "implementation_name": python["implementation"].lower(),
    }


def unmet(installed: Mapping[str, Package], environment: Mapping[str, str]) -> Iterable[Unmet]:
    """Requirements on or of torch and its companions that nothing installed meets; unreadable ones are left out."""
    from packaging.utils import canonicalize_name

    from doctor.catalog.specifiers import applies

    wanted = [(package, requirement) for package in installed.values() for requirement in _requirements(package)]
    extras: dict[str, set[str]] = {}
    for _, requirement in wanted:
        extras.setdefault(canonicalize_name(requirement.name), {""}).update(requirement.extras)
    for package, requirement in wanted:
        asked = extras.get(package.name, {""})
        if not any(applies(requirement, {**environment, "extra": e}) for e in asked):
            continue
        other = installed.get(canonicalize_name(requirement.name))
        if other is None or not _meets(other.version, requirement):
            yield Unmet(package.name, _short(requirement), other.version if other else "")


def _requirements(package: Package) -> Iterator[Requirement]:
    from packaging.requirements import InvalidRequirement, Requirement

    for text in package.requires:
        with contextlib.suppress(InvalidRequirement):
            yield Requirement(text)


def _meets(version: str, requirement: Any) -> bool:
    """A version that is no version (PEP 440) cannot be judged, and counts as met."""
    from packaging.version import InvalidVersion, Version

    try:
        return bool(requirement.specifier.contains(Version(version), prereleases=True))
    except InvalidVersion:
        return True


def _short(requirement: Any) -> str:
    return f"{requirement.name}{requirement.specifier}"
