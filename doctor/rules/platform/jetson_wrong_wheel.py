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
from doctor.facts import ErrorText, Host, Nvidia, Python, Runtime, Torch
from doctor.model import Evidence, Severity
from doctor.remedy.actions import Action, Advice, FittingTorch
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.rules.cuda import cuda_unavailable_undetermined
from doctor.rules.gpu import _support
from doctor.rules.platform import _jetson

SEVERITY = Severity.ERROR
MESSAGE = "torch {torch} was not built for this {board}: {why}"
LIKELY = "torch finds no CUDA device on this {board}: most likely its wheel was not built for it"
# as people tell it
ONLY_CPU = (
    r"(?:\b(?:only|just|always|still|keeps) (?:be )?(?:us(?:e[sd]?|ing)|runs?|running)(?: on)? (?:the |my )?cpu\b"
    r"|\bcpu instead of (?:the |my )?gpu\b)"
)
SIGNATURES = (
    r"(?i)\b(?:Orin|Xavier|Jetson|Tegra|Thor)\b.{0,60}with CUDA capability sm_\d{2,3}\w? is not compatible",
    r"Found GPU\d{1,3} (?:Orin|Xavier|Thor|NVIDIA Tegra).{0,60}capability",
    r"with CUDA capability sm_(?:53|62|72|87|101|110) is not compatible",
    r"(?i)\b(?:tegra|jetson|jetpack|L4T)\b.{0,160}"
    r"(?:Torch not compiled with CUDA|no kernel image|\bcuda\.is_available\(\).{0,12}False)",
    r"(?i)(?:Torch not compiled with CUDA enabled|torch\.cuda\.is_available\(\)).{0,80}\b(?:jetson|jetpack|L4T)\b",
    rf"(?i){ONLY_CPU}.{{0,60}}\b(?:jetson|jetpack|L4T)\b|\b(?:jetson|jetpack|L4T)\b.{{0,60}}{ONLY_CPU}",
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
_MARKED = "1.11"  # from it on, NVIDIA's wheels say so in their version
_UNAVAILABLE = (
    r"(?i)\bcuda\.is_available\(\)\)?[^a-z(),;]{1,24}False\b",
    r"Torch not compiled with CUDA enabled|No CUDA GPUs are available",
    cuda_unavailable_undetermined.NOT_AVAILABLE,
    rf"(?i){ONLY_CPU}",
)
_IN_PROSE = re.compile(r"\bcuda\.is_available\(\)[`'\"]?\s+(?:(?!else|or|and|if|True)[A-Za-z']+\s+){0,3}[Ff]alse\b")
_UNIFIED = 38  # the first L4T on which generic builds can run


def check(
    torch: Torch | None,
    host: Host | None,
    nvidia: Nvidia | None,
    runtime: Runtime | None,
    python: Python | None,
    error: ErrorText | None,
) -> Answer:
    board = _jetson.board(host, nvidia)
    if not board:
        known = (host and host.jetson == "") or _nvidia.gpus(nvidia)
        return not_there("host.jetson", "none") if known else cannot_tell("host.jetson")
    if torch and _jetson.is_nvidias(torch):
        return not_there("torch.version", torch.version)
    if _proven(runtime):
        return not_there("runtime.devices", "CUDA computes")
    built_for_cpu = torch is not None and catalog.build_of(torch).kind == "cpu"
    if torch is None or (torch.version is None and not built_for_cpu):
        return _likely(board, runtime, error)
    why, evidence = _reason(torch, runtime, _support.code_of(torch, runtime, host, python), _capability(board))
    if evidence is None:
        return _likely(board, runtime, error) if _is_released(torch) else cannot_tell("runtime.devices")
    # that CUDA finds no device can have other reasons
    sure = evidence.fact != "runtime.cuda_available" or _is_index_version(torch)
    level = Severity.ERROR if sure else Severity.WARNING
    shown = torch.version or "here"
    return there(seen("host.jetson", board), evidence, severity=level, torch=shown, board=board, why=why)


def _likely(board: str, runtime: Runtime | None, error: ErrorText | None) -> Answer:
    """For a torch of which nobody tells what it was built for."""
    told = _nvidia.matching_line(_UNAVAILABLE, None, None, error) or _told_in_prose(error)
    if not told and not _nvidia.fails(runtime):
        return cannot_tell("torch.build")
    evidence = seen("error.text", told) if told else seen("runtime.cuda_available", "False", "True")
    return there(seen("host.jetson", board), evidence, severity=Severity.WARNING, message=LIKELY, board=board)


def _told_in_prose(error: ErrorText | None) -> str:
    """ "when I run torch.cuda.is_available()", and on the next line "I get false"."""
    found = _IN_PROSE.search(error.text) if error else None
    return " ".join(found[0].split()) if found else ""


def _is_index_version(torch: Torch) -> bool:
    """A version as PyPI and the PyTorch index have it, and NVIDIA's own wheels no longer."""
    return _is_released(torch) and not catalog.Version.of(torch.version or "").older_than(_MARKED)


def _is_released(torch: Torch) -> bool:
    """A version without a mark of who built it; NVIDIA's oldest wheels have none either, and find their GPU."""
    return not torch.source_build and bool(re.fullmatch(r"\d+\.\d+\.\d+(?:\+cu\d+)?", torch.version or ""))


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
    if _nvidia.fails(runtime) and (_nvidia.cuda_build(torch) or _is_index_version(torch)):
        return "it finds no CUDA device", seen("runtime.cuda_available", "False", "True")
    return "", None


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
