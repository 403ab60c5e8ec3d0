"""Which Jetson this is, by the system or the name of its GPU."""

from __future__ import annotations

import re

from doctor import catalog
from doctor.facts import Gpu, Host, Nvidia
from doctor.rules import _nvidia
from doctor.rules.gpu import _support


def board(host: Host | None, nvidia: Nvidia | None) -> str:
    """The Jetson model; from the GPU's name where the text tells no more."""
    if host and host.jetson:
        return host.jetson
    return next((gpu.name for gpu in _nvidia.gpus(nvidia) if _is_jetson(gpu)), "")


def _is_jetson(gpu: Gpu) -> bool:
    return _support.capability(gpu) in catalog.JETSON and bool(
        re.search(r"Jetson|nvgpu|Tegra|^Orin|^Thor|^Xavier", gpu.name)
    )
