"""The installed PyTorch was not built for this Jetson.

## Why it matters
Jetson boards have their own GPU code and CUDA libraries. Wheels for generic aarch64 are CPU builds (PyPI, up to 2.10)
or for servers (such as GH200): on Orin their CUDA code only runs in builds for CUDA 13.2 and later, under JetPack 7.2
and later.

## What to do
Install NVIDIA's PyTorch wheel for your JetPack, or use NVIDIA's container for it.

## References
- https://docs.nvidia.com/deeplearning/frameworks/install-pytorch-jetson-platform/
"""

from __future__ import annotations

import re

from doctor import catalog
from doctor.facts import Gpu, Host, Nvidia, Python, Runtime, Torch
from doctor.model import Evidence, Severity
from doctor.remedy.actions import Action, Advice, FittingTorch
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.rules.gpu import _support

SEVERITY = Severity.ERROR
MESSAGE = "torch {torch} was not built for this {board}: {why}"
SIGNATURES = (
    r"(?i)\b(?:Orin|Xavier|Jetson|Tegra|Thor)\b.{0,60}with CUDA capability sm_\d{2,3}\w? is not compatible",
    r"Found GPU\d{1,3} (?:Orin|Xavier|Thor|NVIDIA Tegra).{0,60}capability",
    r"with CUDA capability sm_(?:53|62|72|87|101|110) is not compatible",
    r"(?i)\b(?:tegra|jetson|jetpack|L4T)\b.{0,160}"
    r"(?:Torch not compiled with CUDA|no kernel image|torch\.cuda\.is_available\(\).{0,12}False)",
    r"(?i)(?:Torch not compiled with CUDA enabled|torch\.cuda\.is_available\(\)).{0,80}\b(?:jetson|jetpack|L4T)\b",
)
EXPLAINS = (
    "cpu-only-build-on-gpu-machine",
    "gpu-arch-newer-than-build",
    "gpu-arch-dropped-by-build",
    "cuda-unavailable",
    "cuda-unavailable-undetermined",
    "driver-too-old-for-cuda-build",
    "no-driver",
)
GUIDE = "https://docs.nvidia.com/deeplearning/frameworks/install-pytorch-jetson-platform/"
WHEEL = "Install NVIDIA's wheel for your JetPack{release}, or use its container: {guide}"
_UNIFIED = 38  # the first L4T on which generic builds can run


def check(
    torch: Torch, host: Host | None, nvidia: Nvidia | None, runtime: Runtime | None, python: Python | None
) -> Answer:
    board = _board(host, nvidia)
    if not board:
        known = (host and host.jetson == "") or _nvidia.gpus(nvidia)
        return not_there("host.jetson", "none") if known else cannot_tell("host.jetson")
    if re.search(r"\.nv\d", torch.version or ""):
        return not_there("torch.version", torch.version)
    if _proven(runtime):
        return not_there("runtime.devices", "CUDA computes")
    why, evidence = _reason(torch, runtime, _support.code_of(torch, runtime, host, python), _capability(board))
    if evidence is None:
        return cannot_tell("runtime.devices")
    # that CUDA finds no device can have other reasons
    level = Severity.WARNING if evidence.fact == "runtime.cuda_available" else Severity.ERROR
    return there(seen("host.jetson", board), evidence, severity=level, torch=torch.version or "", board=board, why=why)


def _reason(
    torch: Torch, runtime: Runtime | None, code: _support.Code | None, capability: str
) -> tuple[str, Evidence | None]:
    if catalog.build_of(torch).kind == "cpu":
        return "it is a CPU build", seen("torch.cuda_version", "none", "a JetPack build")
    if code and capability:
        missing = f"it has no code for compute capability {capability}"
        return missing, None if code.runs(capability) else seen(code.source, code.shown, f"code for {capability}")
    if torch.installer == "conda":
        return "conda-forge's CUDA builds are for servers", seen("torch.installer", "conda", "a JetPack build")
    if _nvidia.fails(runtime) and _nvidia.cuda_build(torch):
        return "its CUDA build finds no device", seen("runtime.cuda_available", "False", "True")
    return "", None


def _board(host: Host | None, nvidia: Nvidia | None) -> str:
    """The Jetson model; from the GPU's name where the text tells no more."""
    if host and host.jetson:
        return host.jetson
    return next((gpu.name for gpu in _nvidia.gpus(nvidia) if _is_jetson(gpu)), "")


def _is_jetson(gpu: Gpu) -> bool:
    return _support.capability(gpu) in catalog.JETSON and bool(
        re.search(r"Jetson|nvgpu|Tegra|^Orin|^Thor|^Xavier", gpu.name)
    )


def _capability(board: str) -> str:
    chip = catalog.jetson(board)
    return chip.capability if chip else ""


def _proven(runtime: Runtime | None) -> bool:
    return runtime is not None and any(d.ok and d.device.startswith("cuda") for d in runtime.devices)


def remedies(host: Host | None) -> tuple[Action, ...]:
    l4t = (host.l4t if host else None) or ""
    wheel = Advice(title=WHEEL.format(release=f" (this is L4T {l4t})" if l4t else "", guide=GUIDE))
    unified = catalog.Version.of(l4t).cut(1) >= (_UNIFIED,)
    return (FittingTorch(accelerator="cuda"), wheel) if unified else (wheel,)
