"""What a torch of unknown build was built for, as that follows from the wheel that it was installed from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from doctor import catalog
from doctor.catalog import Version, floors, published
from doctor.catalog.system import kind_of_wheel
from doctor.facts import Facts, Host, Torch
from doctor.intake import wheels
from doctor.intake.inference import Inference

DEFAULT_BUILD = "PyPI's wheel of torch {torch} for {platform} is this build"
OF_SIZE = "the wheel that was downloaded has {size}: it is of a build for {kind}"
DOWNLOADED = "the text shows its download"
OF_RUNTIME = "{package} {version} is installed beside it"
_PIP = ("pip", "uv", "poetry")
_CUDA_RUNTIME = re.compile(r"nvidia-cuda-runtime(?:-cu\d{2})?")
_TRITON_OF_OTHERS = ("pytorch-triton-rocm", "triton-rocm", "pytorch-triton-xpu", "triton-xpu")
_INSTALL_FAILED = re.compile(
    r"^[ \t]*(?:ERROR|error): |No space left|\bKilled\b|MemoryError|DO NOT MATCH", re.MULTILINE
)
_DOWNLOAD = re.compile(
    r"(?:Downloading|Downloaded|Using cached) (?P<path>\S{0,300}\btorch-\d[\w.]{0,20}-\S{5,200}\.whl)\S{0,90}"
    r" \((?P<size>(?P<number>\d{1,4}(?:\.\d{1,3})?) ?(?P<unit>[MG])i?B)\)"
)


def default_build(facts: Facts, text: str) -> Iterator[Inference]:
    """pip's list shows "2.1.0" for a wheel of PyPI, "2.1.0+cu118" for one of the PyTorch index."""
    torch, host = facts.torch.value, facts.host.value
    if torch is None or host is None or not torch.version or torch.installer not in _PIP or "+" in torch.version:
        return
    if _with_triton_of_others(facts):
        return  # PyPI's wheels have another
    platform = f"{host.os}-{_architecture(host)}"
    release = catalog.release(torch.version)
    tagged = floors.limit("tags on all CUDA wheels for Windows")
    old = host.os == "windows" and Version.of(torch.version).older_than(tagged)
    build = catalog.BuildTag.of(release.pypi_build(platform)) if release and not old else catalog.BuildTag()
    if not build.kind or torch.cuda_version is not None or torch.hip_version or torch.xpu_version:
        return
    reason = DEFAULT_BUILD.format(torch=torch.version, platform=platform)
    yield Inference("torch", Torch, "build", build.tag, reason)
    yield Inference("torch", Torch, "cuda_version", build.cuda, reason)


def of_size(facts: Facts, text: str) -> Iterator[Inference]:
    """The size of its wheel tells a CPU build from one for CUDA, wherever it came from."""
    found = next(reversed(list(_DOWNLOAD.finditer(text))), None)
    wheel = wheels.find(found["path"]) if found else None
    torch = facts.torch.value or Torch()
    if not found or not wheel or wheel.host.os not in ("linux", "windows") or not published(wheel.version):
        return
    if torch.version not in (None, wheel.version) or (torch.version is None and _INSTALL_FAILED.search(text)):
        return
    yield Inference("torch", Torch, "version", wheel.version, DOWNLOADED)
    yield Inference("host", Host, "os", wheel.host.os, DOWNLOADED)
    yield Inference("host", Host, "architecture", wheel.host.architecture, DOWNLOADED)
    kind = kind_of_wheel(float(found["number"]) * (1e9 if found["unit"] == "G" else 1e6))
    release = catalog.release(wheel.version)
    usual = release.pypi_build(f"{wheel.host.os}-{wheel.host.architecture}") if release else ""
    build = catalog.BuildTag.of("cpu" if kind == "cpu" else usual)
    if kind and build.kind == kind and torch.cuda_version is None and not torch.build:
        reason = OF_SIZE.format(size=found["size"], kind="the CPU" if kind == "cpu" else "CUDA")
        yield Inference("torch", Torch, "build", build.tag, reason)
        yield Inference("torch", Torch, "cuda_version", build.cuda, reason)


def _architecture(host: Host) -> str:
    """Windows and Linux without a word about it: x86_64, as nearly all are; the boards that are not say so."""
    on_a_board = host.jetson and host.os == "linux"
    return host.architecture or ("aarch64" if on_a_board else "x86_64")


def _with_triton_of_others(facts: Facts) -> bool:
    """The PyTorch index has builds for AMD and Intel GPUs, which bring a Triton of their own; PyPI has none."""
    packages = facts.packages.value
    return packages is not None and any(p.name in _TRITON_OF_OTHERS for p in packages.installed)


def of_runtime(facts: Facts, text: str) -> Iterator[Inference]:
    """A wheel of torch brings the CUDA runtime that it was built with, as packages beside it."""
    torch, packages = facts.torch.value, facts.packages.value
    if torch is None or packages is None or torch.cuda_version is not None or torch.build or not torch.version:
        return
    found = next((p for p in packages.installed if _CUDA_RUNTIME.fullmatch(p.name)), None)
    if found is None or torch.hip_version or torch.xpu_version or "+" in torch.version:
        return
    cuda = str(Version.of(found.version).cut(2))
    reason = OF_RUNTIME.format(package=found.name, version=found.version)
    yield Inference("torch", Torch, "build", f"cu{cuda.replace('.', '')}", reason)
    yield Inference("torch", Torch, "cuda_version", cuda, reason)
