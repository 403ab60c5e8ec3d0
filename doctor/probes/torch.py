"""torch as it lies on disk in the target, nothing imported."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from doctor.facts import Torch
from doctor.privacy import redact_path
from doctor.probes._said import said
from doctor.target import Target


def probe(target: Target) -> Torch:
    """What torch/version.py, its metadata and its folder tell; `version` is "" when there is no torch."""
    found: dict[str, Any] = said(target, "torch")
    if not found:
        return Torch(version="")
    known = found["stated"]
    return Torch(
        version=found["version"],
        build=build(found["version"] or "", found) if known else None,
        cuda_version=(found["cuda"] or "") if known else None,
        hip_version=(found["hip"] or "") if known else None,
        xpu_version=(found["xpu"] or "") if known else None,
        debug=found["debug"],
        git_commit=found["git_commit"],
        location=redact_path(found["location"]),
        installer=found["installer"],
        size_bytes=found["size_bytes"],
        source_build=found["editable"] or from_source(found["version"] or ""),
    )


def build(version: str, stated: Mapping[str, str | None]) -> str:
    """Build tag: the local part of the version ("2.7.1+cu126"), else what version.py states ("cuda = '12.6'")."""
    tag = re.search(r"\+((?:cu|rocm)[\d.]+|cpu|xpu)", version)
    if tag:
        return tag[1]
    if stated.get("cuda"):
        return "cu" + "".join(str(stated["cuda"]).split(".")[:2])
    if stated.get("hip"):
        return "rocm" + ".".join(str(stated["hip"]).split(".")[:2])
    return "xpu" if stated.get("xpu") else "cpu"


def from_source(version: str) -> bool:
    """True for versions that only a build from a checkout has: "2.6.0a0+git1234567", "2.3.0a0+ebedce2"."""
    return bool(re.search(r"a0\+(git)?[0-9a-f]{7,}|\+git[0-9a-f]{6,}|a0$", version))
