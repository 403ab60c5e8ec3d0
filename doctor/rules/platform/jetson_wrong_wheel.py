"""This Jetson has a PyTorch that was not built for it.

## Why it matters
Jetson boards have their own GPU code and CUDA libraries. Wheels for generic aarch64 are CPU builds (PyPI, up to
2.10) or for servers (GH200 and the like): on Orin their CUDA code runs from CUDA 13.2 builds on, under JetPack 7.2
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
from doctor.model import Remedy, Severity
from doctor.rules import _nvidia
from doctor.rules._pip import install
from doctor.rules.api import Answer, seen, there
from doctor.rules.gpu import _support

SEVERITY = Severity.ERROR
MESSAGE = "torch {torch} was not built for this {board}: {why}"
SIGNATURES = (
    r"(?i)\b(?:Orin|Xavier|Jetson|Tegra|Thor)\b.{0,60}with CUDA capability sm_\d{2,3}\w? is not compatible",
    r"Found GPU\d{1,3} (?:Orin|Xavier|Thor|NVIDIA Tegra).{0,60}capability",
    r"with CUDA capability sm_(?:53|62|72|87|101|110) is not compatible",
    r"(?i)\btegra\b.{0,120}(?:Torch not compiled with CUDA|no kernel image)",
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


def check(
    torch: Torch, host: Host | None, nvidia: Nvidia | None, runtime: Runtime | None, python: Python | None
) -> Answer | None:
    board = _board(host, nvidia)
    if not board or re.search(r"\.nv\d", torch.version or ""):
        return None
    where = seen("host.jetson", board)
    if catalog.build_of(torch).kind == "cpu":
        return there(
            where,
            seen("torch.cuda_version", "none", "a JetPack build"),
            torch=torch.version,
            board=board,
            why="it is a CPU build",
        )
    code = _support.code_of(torch, runtime, host, python)
    chip = catalog.jetson(board)
    if code and chip and not code.runs(chip.capability):
        evidence = seen(code.source, code.shown, f"code for {chip.capability}")
        why = f"it has no code for compute capability {chip.capability}"
        return there(where, evidence, torch=torch.version, board=board, why=why)
    if torch.installer == "conda" and (runtime is None or not runtime.arch_list) and not _proven(runtime):
        evidence = seen("torch.installer", "conda", "a JetPack build")
        return there(
            where, evidence, torch=torch.version or "", board=board, why="conda-forge's CUDA builds are for servers"
        )
    if _nvidia.fails(runtime) and _nvidia.cuda_build(torch):
        evidence = seen("runtime.cuda_available", "False", "True")
        return there(where, evidence, torch=torch.version, board=board, why="its CUDA build finds no device")
    return None


def _board(host: Host | None, nvidia: Nvidia | None) -> str:
    """The Jetson model; from the GPU's name where the text tells no more."""
    if host and host.jetson:
        return host.jetson
    return next((gpu.name for gpu in _nvidia.gpus(nvidia) if _is_jetson(gpu)), "")


def _is_jetson(gpu: Gpu) -> bool:
    return _support.capability(gpu) in catalog.JETSON and bool(
        re.search(r"Jetson|nvgpu|Tegra|^Orin|^Thor|^Xavier", gpu.name)
    )


def _proven(runtime: Runtime | None) -> bool:
    return runtime is not None and any(d.ok and d.device.startswith("cuda") for d in runtime.devices)


def remedies(python: Python | None, host: Host | None) -> tuple[Remedy, ...]:
    wheel = install(python, "--force-reinstall", "--no-cache-dir", "WHEEL_FOR_THIS_JETPACK")
    guide = "https://docs.nvidia.com/deeplearning/frameworks/install-pytorch-jetson-platform/"
    release = f" (this is L4T {host.l4t})" if host and host.l4t else ""
    return (_nvidia.manual(f"Install NVIDIA's wheel for your JetPack{release}: {guide}", wheel),)
