"""Apple's chip and macOS."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from doctor.facts import Apple
from doctor.probes import Absent, _macos
from doctor.target import Target


def probe(_target: Target) -> Apple:
    if sys.platform == "darwin":
        return mac(_macos.sysctl(), _macos.version())
    raise Absent("not a Mac")


def mac(values: Mapping[str, str], version: str) -> Apple:
    """From sysctl values."""
    return Apple(
        chip=values.get("machdep.cpu.brand_string"),
        macos=version or None,
        in_virtual_machine=values.get("kern.hv_vmm_present") == "1" if "kern.hv_vmm_present" in values else None,
    )
