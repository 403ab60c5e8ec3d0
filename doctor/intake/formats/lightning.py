"""Lightning's `collect_env_details.py`: nested lists under CUDA, Lightning, Packages and System."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from doctor.facts import Host, Nvidia, Package, Packages, Runtime
from doctor.intake import gpus, platforms
from doctor.intake.dump_machine import machine
from doctor.intake.dump_software import torch_of_version
from doctor.intake.formats.pip_list import normalised_name
from doctor.intake.merge import Partial
from doctor.intake.values import flag_of, known_sections
from doctor.intake.witness import Witness

TITLE = "Lightning's `collect_env_details.py`"
WITNESS = Witness.PROGRAM
OPENS = ""
LEFT_OUT: tuple[str, ...] = ()

_SECTION = re.compile(r"^\s*(?:\*\s*)?(CUDA|Lightning|Packages|System):\s*$", re.IGNORECASE)
_ENTRY = re.compile(r"^\s+(?:[-*]\s+)?([\w. -]{1,60}?):(.*)$")
_ITEM = re.compile(r"^\s+(?:[-*]\s+)?(\S.{1,80}?|-)\s*$")
_TORCH = ("torch", "pytorch-version")
_NOT_PACKAGES = {"pytorch-debug", "pytorch-version"}
Sections = dict[str, dict[str, list[str]]]  # section -> key -> value, or the items below it


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    """The facts of such a report, and the indexes of its lines."""
    sections, used = _sections(lines)
    cuda, system = sections.get("cuda", {}), sections.get("system", {})
    if "available" not in cuda:
        return {}, set()
    packages = {**sections.get("lightning", {}), **sections.get("packages", {})}
    version = next((_first_value(packages, key) for key in packages if normalised_name(key) in _TORCH), None)
    available = flag_of(_first_value(cuda, "available"))
    named = gpus.parse("\n".join(cuda.get("gpu", [])))
    listed = tuple(
        Package(normalised_name(key), values[0])
        for key, values in packages.items()
        if values and normalised_name(key) not in _NOT_PACKAGES
    )
    facts = {
        "torch": torch_of_version(version, _built_with(cuda, version, available)) if version is not None else None,
        "runtime": Runtime(imported=True, cuda_available=available),
        "nvidia": Nvidia(gpus=named.nvidia, gpus_source="torch") if named.nvidia else None,
        "packages": Packages(listed, complete=False) if listed else None,
        "host": _host({key: values[0] for key, values in system.items() if values}),
        "python": platforms.python_of(_first_value(system, "python") or ""),
    }
    return known_sections(facts), used


def _sections(lines: Sequence[str]) -> tuple[Sections, set[int]]:
    sections: Sections = {}
    used: set[int] = set()
    section: dict[str, list[str]] | None = None
    values: list[str] = []
    for index, line in enumerate(lines):
        if head := _SECTION.match(line):
            section = sections.setdefault(head[1].lower(), {})
            used.add(index)
        elif section is not None and (entry := _ENTRY.match(line)):
            values = section.setdefault(entry[1].strip().lower(), [])
            values += [value] if (value := entry[2].strip()) not in ("", "None") else []
            used.add(index)
        elif section and (item := _ITEM.match(line)):
            values.append(item[1])
            used.add(index)
        elif line.strip():
            section = None
    return sections, used


def _built_with(cuda: dict[str, list[str]], version: str, available: bool | None) -> str | None:
    """torch.version.cuda; where it is None torch was built without CUDA, or for ROCm, which its version then says."""
    without = "version" in cuda and available is False and "+" not in version
    return _first_value(cuda, "version") or ("" if without else None)


def _host(system: Mapping[str, str]) -> Host | None:
    """What Python's `platform` says: of Linux the kernel, of Windows its build."""
    name = system.get("os", "")
    told = {"sys.platform": name, "architecture": system.get("processor", "")}
    told |= {
        "Linux": {"kernel": system.get("release", "")},
        "Windows": {"windows version": system.get("version", "")},
    }.get(name, {})
    return machine(told).get("host")


def _first_value(section: dict[str, list[str]], key: str) -> str | None:
    return next(iter(section.get(key, [])), None)
