"""Which Jetson this is, by the system or the name of its GPU."""

from __future__ import annotations

import re

from doctor import catalog
from doctor.facts import Gpu, Host, Nvidia, Torch
from doctor.rules import _nvidia
from doctor.rules.gpu import _support

_NVIDIAS = re.compile(r"[.+]nv\d")  # "2.1.0a0+41361538.nv23.06", "2.0.0+nv23.05"


def is_nvidias(torch: Torch | None) -> bool:
    """Whether torch is NVIDIA's own build, which has code for every board of its JetPack."""
    return torch is not None and bool(_NVIDIAS.search(torch.version or ""))


def board(host: Host | None, nvidia: Nvidia | None) -> str:
    """The Jetson model; from the GPU's name where the text tells no more."""
    if host and host.jetson:
        return host.jetson
    return next((gpu.name for gpu in _nvidia.gpus(nvidia) if _is_jetson(gpu)), "")


def _is_jetson(gpu: Gpu) -> bool:
    return _support.capability(gpu) in catalog.JETSON and bool(
        re.search(r"Jetson|nvgpu|Tegra|^Orin|^Thor|^Xavier", gpu.name)
    )
