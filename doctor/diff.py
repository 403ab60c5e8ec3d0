"""What differs between two machines or environments, what matters most first. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any

import msgspec

from doctor.facts import Facts
from doctor.model import Severity
from doctor.report import Report

FINDINGS = "findings"
AREAS = ("driver", "gpu", "torch", "python", "system", "packages", "settings", FINDINGS)
NOT_THERE = "not there"
BUILDS = "builds"
_VARIABLES = ("CUDA_VISIBLE_DEVICES", "HIP_VISIBLE_DEVICES", "LD_LIBRARY_PATH", "LD_PRELOAD", "PYTHONPATH")
_PREFIXES = ("TORCH", "PYTORCH", "CUDA_", "CUBLAS", "CUDNN", "NCCL", "OMP_", "MKL_", "HSA_", "HIP_", "TRITON_")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")

Values = dict[str, str]


class Side(msgspec.Struct, frozen=True):
    """One side of the comparison: a name for people, and by area what is known. An area that is not there is not
    known, and is not compared."""

    name: str
    kind: str  # "report", "lock", "contract"
    areas: dict[str, Values]


class Difference(msgspec.Struct, frozen=True):
    """`a` and `b` as they are on each side; "not there" where one side has none."""

    area: str
    what: str
    a: str
    b: str


class Diff(msgspec.Struct, frozen=True, kw_only=True):
    identical: bool
    a: str
    b: str
    differences: tuple[Difference, ...]
    not_compared: tuple[str, ...]  # areas that only one side tells of


def diff(a: Side, b: Side) -> Diff:
    """Compare what both sides tell of; driver, torch and Python come before packages."""
    names = [*AREAS, *(name for name in dict.fromkeys([*a.areas, *b.areas]) if name not in AREAS)]
    both = [name for name in names if name in a.areas and name in b.areas]
    found = tuple(one for name in both for one in _compare_area(name, a.areas[name], b.areas[name]))
    alone = tuple(name for name in names if (name in a.areas) != (name in b.areas) and BUILDS not in a.areas)
    return Diff(identical=not found, a=a.name, b=b.name, differences=found, not_compared=alone)


def _compare_area(name: str, a: Values, b: Values) -> Iterator[Difference]:
    """In the order of the first side, then what only the second has. A finding that gives another amount is the same:
    how much memory is free changes by the minute."""
    for what in dict.fromkeys([*a, *b]):
        one, other = a.get(what, NOT_THERE), b.get(what, NOT_THERE)
        if one != other and not (name == FINDINGS and _DIGITS.sub("0", one) == _DIGITS.sub("0", other)):
            yield Difference(name, what, one, other)


def side_of_report(report: Report, name: str) -> Side:
    """What a report tells that another machine could share: no paths, times, or amounts that change by the minute."""
    facts = report.facts
    areas = {
        "driver": _driver(facts),
        "gpu": _gpus(facts),
        "torch": _torch(facts),
        "python": _python(facts),
        "system": _system(facts),
        "packages": _packages(facts),
        "settings": _settings(facts),
        FINDINGS: {f.rule: f.message for f in report.findings if f.severity is not Severity.INFO},
    }
    return Side(name, "report", {area: values for area, values in areas.items() if values is not None})


def _known_values(**values: Any) -> Values:
    """What is not known is left out; what is known to be nothing is not."""
    return {name.replace("_", " "): _text(value) for name, value in values.items() if value is not None and value != ""}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(str(part) for part in value) if isinstance(value, tuple) else str(value)


def _driver(facts: Facts) -> Values | None:
    if not facts.nvidia.looked:
        return None
    nvidia = facts.nvidia.value
    if nvidia is None:
        return {}
    return _known_values(NVIDIA_driver=nvidia.driver_version, CUDA_of_the_driver=nvidia.cuda_version)


def _gpus(facts: Facts) -> Values | None:
    if not (facts.nvidia.looked or facts.amd.looked):
        return None
    rows = [(g.name, g.compute_capability) for g in (facts.nvidia.value and facts.nvidia.value.gpus) or ()]
    rows += [(g.name, g.gfx) for g in (facts.amd.value.gpus if facts.amd.value else ())]
    rows += [(name, "") for name in (facts.intel.value.gpus if facts.intel.value else ())]
    if facts.apple.value and facts.apple.value.chip:
        rows.append((facts.apple.value.chip, ""))
    return {f"GPU {number}": f"{name} ({code})" if code else name for number, (name, code) in enumerate(rows)}


def _torch(facts: Facts) -> Values | None:
    torch, runtime = facts.torch.value, facts.runtime.value
    if not facts.torch.looked:
        return None
    values = _known_values(
        version=torch.version if torch else None,
        build=torch.build if torch else None,
        CUDA=torch.cuda_version if torch else None,
        HIP=torch.hip_version if torch else None,
    )
    if runtime:
        available, cudnn = runtime.cuda_available, runtime.cudnn_version
        values |= _known_values(imports=runtime.imported, CUDA_available=available, cuDNN=cudnn)
    return values


def _python(facts: Facts) -> Values | None:
    python = facts.python.value
    if python is None:
        return None
    return _known_values(
        version=python.version,
        implementation=python.implementation,
        free_threaded=python.free_threaded,
        bits=python.bits,
        machine=python.machine,
        start_method=python.start_method,
        sharing_strategy=python.sharing_strategy,
    )


def _system(facts: Facts) -> Values | None:
    host = facts.host.value
    if host is None:
        return None
    values = _known_values(
        system=host.os,
        architecture=host.architecture,
        distribution=host.distribution,
        kernel=host.kernel,
        libc=f"{host.libc} {host.libc_version}" if host.libc else None,
        libstdcxx=host.glibcxx,
        WSL=host.wsl or None,
        container=host.container,
        compiler=facts.toolkits.value.compiler if facts.toolkits.value else None,
        nvcc=facts.toolkits.value.nvcc_version if facts.toolkits.value else None,
        CPU=facts.cpu.value.model if facts.cpu.value else None,
        CPU_cores=facts.cpu.value.affinity if facts.cpu.value else None,
    )
    if facts.storage.value and facts.storage.value.shm_bytes is not None:
        values["/dev/shm"] = f"{facts.storage.value.shm_bytes / 2**30:.1f} GiB"
    return values


def _packages(facts: Facts) -> Values | None:
    packages, conda = facts.packages.value, facts.conda.value
    if packages is None:
        return None
    by_conda = {f"conda {p.name}": f"{p.version} {p.build}".strip() for p in (conda.packages if conda else ())}
    return {p.name: p.version for p in sorted(packages.installed, key=lambda p: p.name)} | by_conda


def _settings(facts: Facts) -> Values | None:
    """Variables that change what torch does; those that only name the environment's own folders do not differ."""
    if facts.variables.value is None:
        return None
    values = facts.variables.value.values
    return {name: value for name, value in values.items() if name in _VARIABLES or name.startswith(_PREFIXES)}


def side_of_lock(packages: Mapping[str, tuple[str, str]], python: str, name: str) -> Side:
    """A lock of packages: by name the version and the file's SHA-256. `python` is "3.12"."""
    pinned = {n: f"{version} (sha256 {digest[:12]})" for n, (version, digest) in sorted(packages.items())}
    torch = {"version": packages["torch"][0]} if "torch" in packages else {}
    areas = {"torch": torch, "packages": pinned}
    if python:
        areas["python"] = {"version": python}
    return Side(name, "lock", areas)


def side_of_contract(builds: Mapping[str, Mapping[str, Any]], name: str) -> Side:
    """A hardware contract: every build is an area of its own, and which builds there are is one more."""
    areas = {f"build {key}": _known_values(**fields) for key, fields in builds.items()}
    return Side(name, "contract", {BUILDS: dict.fromkeys(sorted(builds), "locked"), **areas})


def comparable(a: Side, b: Side) -> tuple[Side, Side]:
    """A lock knows hashes and no more of Python than its minor version; a report knows the reverse."""
    if a.kind == b.kind:
        return a, b
    return _common_areas(a), _common_areas(b)


def _common_areas(side: Side) -> Side:
    areas = dict(side.areas)
    if "packages" in areas:
        areas["packages"] = {name: text.partition(" (sha256")[0] for name, text in areas["packages"].items()}
    if "python" in areas:
        areas["python"] = {"version": ".".join(areas["python"].get("version", "").split(".")[:2])}
    if "torch" in areas:
        areas["torch"] = {"version": version} if (version := version_of_torch(side)) else {}
    return Side(side.name, side.kind, areas)


def version_of_torch(side: Side) -> str:
    """Without its build: "2.9.0"."""
    return side.areas.get("torch", {}).get("version", "").partition("+")[0]


def short_name(path: str) -> str:
    """What people call a side: its path when it is short, else the end of it."""
    return path if len(path) <= 40 else f"…/{PurePath(path).name}"
