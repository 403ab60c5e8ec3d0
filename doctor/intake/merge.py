"""Parts of a machine's facts, from several texts, put together; where they contradict each other the first stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from doctor.facts import Packages

Partial = dict[str, Any]  # field of Facts -> its struct

# What tells one machine from another, and one environment from another
_MACHINE = {
    "host": ("os", "architecture", "kernel", "distribution_id", "distribution_version"),
    "cpu": ("model",),
    "nvidia": ("driver_version",),
}
_ENVIRONMENT = {"torch": ("version",), "python": ("version",)}


def merge(first: Mapping[str, Any], second: Mapping[str, Any]) -> Partial:
    """Both parts; a value of the first stands, the second fills what the first does not know."""
    merged = dict(first)
    for name, struct in second.items():
        merged[name] = _fill_gaps(merged[name], struct) if name in merged else struct
    return merged


def _fill_gaps(first: Any, second: Any) -> Any:
    if isinstance(first, Packages):
        return _merge_packages(first, second)
    empty = type(first)()
    news = {
        name: getattr(second, name)
        for name in first.__struct_fields__
        if getattr(first, name) == getattr(empty, name) and getattr(second, name) != getattr(empty, name)
    }
    return msgspec.structs.replace(first, **news) if news else first


def _merge_packages(first: Packages, second: Packages) -> Packages:
    known = {package.name for package in first.installed}
    installed = (*first.installed, *(p for p in second.installed if p.name not in known))
    return msgspec.structs.replace(first, installed=installed, complete=first.complete or second.complete)


def undecided(facts: Partial, programs: Iterable[Mapping[str, Any]]) -> Partial:
    """Whether CUDA is there is not known where two programs answer differently: they are of two environments."""
    answers = {getattr(part.get("runtime"), "cuda_available", None) for part in programs}
    if not answers >= {True, False}:
        return facts
    return {**facts, "runtime": msgspec.structs.replace(facts["runtime"], cuda_available=None)}


def contradictions(first: Mapping[str, Any], second: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Facts that two texts tell differently: of the machine, and of the environment on it."""
    return _differences(first, second, _MACHINE) + _other_gpus(first, second), _differences(first, second, _ENVIRONMENT)


def _differences(
    first: Mapping[str, Any], second: Mapping[str, Any], names: Mapping[str, tuple[str, ...]]
) -> list[str]:
    return [
        f"{section}.{field}: {one} / {two}"
        for section, fields in names.items()
        for field in fields
        if (one := getattr(first.get(section), field, None))
        and (two := getattr(second.get(section), field, None))
        and not is_same_or_shorter(one, two)
    ]


def is_same_or_shorter(one: str, two: str) -> bool:
    """Equal, or one is the shorter form of the other ("3.8" and "3.8.10", not "3.1" and "3.10")."""
    short, whole = sorted((one.split("+")[0], two.split("+")[0]), key=len)
    return whole.startswith(short) and not (short[-1:].isdigit() and whole[len(short) :][:1].isdigit())


def _other_gpus(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[str]:
    one, two = (_gpu_names(part) for part in (first, second))
    if (
        not one
        or not two
        or one & two
        or any(a.startswith(b.rstrip(".")) or b.startswith(a.rstrip(".")) for a in one for b in two)
    ):
        return []
    return [f"nvidia.gpus: {', '.join(sorted(one))} / {', '.join(sorted(two))}"]


def _gpu_names(part: Mapping[str, Any]) -> set[str]:
    found = getattr(part.get("nvidia"), "gpus", None) or ()
    return {gpu.name.replace("NVIDIA ", "") for gpu in found}
