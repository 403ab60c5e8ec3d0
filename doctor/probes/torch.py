"""torch as it lies on disk in the target, nothing imported."""

from __future__ import annotations

import re
from typing import Any

from doctor.catalog import BuildTag
from doctor.facts import AbsentLibrary, Torch
from doctor.privacy import redact_path
from doctor.probes._description import description_part
from doctor.target import Target


def probe(target: Target) -> Torch:
    """What torch/version.py, its metadata and its folder tell; `version` is "" when there is no torch."""
    found: dict[str, Any] = description_part(target, "torch")
    if not found:
        return Torch(version="")
    version: str = found["version"] or ""
    cuda, hip, xpu = ((found[name] or "") if found["stated"] else None for name in ("cuda", "hip", "xpu"))
    build = BuildTag.stated(version.partition("+")[2], cuda, hip, xpu).tag or None
    return Torch(
        version=found["version"],
        build=build if found["stated"] else None,
        cuda_version=cuda,
        hip_version=hip,
        xpu_version=xpu,
        debug=found["debug"],
        git_commit=found["git_commit"],
        location=redact_path(found["location"]),
        installer=found["installer"],
        size_bytes=found["size_bytes"],
        source_build=found["editable"] or from_source(version),
        absent_libraries=_absent_libraries(description_part(target, "absent")),
    )


def _absent_libraries(told: list[dict[str, str]] | None) -> tuple[AbsentLibrary, ...] | None:
    return None if told is None else tuple(AbsentLibrary(one["name"], one["needed_by"]) for one in told)


def from_source(version: str) -> bool:
    """True for versions that only a build from a checkout has: "2.6.0a0+git1234567", "2.3.0a0+ebedce2"."""
    return bool(re.search(r"a0\+(git)?[0-9a-f]{7,}|\+git[0-9a-f]{6,}|a0$", version))
