"""What runs on what: releases, builds, GPUs, drivers. Data with a source and a date on every row, and questions to it.

Platforms are "linux-x86_64", "linux-aarch64", "windows-x86_64" (also "windows"), "windows-arm64", "macos-arm64" and
"macos-x86_64"; systems are "linux", "windows" and "macos"; builds are named as on the PyTorch index: "cu126",
"rocm7.2", "xpu", "cpu". Versions may carry a local part ("2.7.1+cu126"); it is ignored.
"""

from __future__ import annotations

from functools import cache

from doctor.catalog.build import BuildTag, build_of, is_conda_forge, published
from doctor.catalog.capability import JETSON, Capability, runs_on
from doctor.catalog.data_files import (
    all_releases,
    amd_index,
    arch_lists,
    conda_forge,
    drivers,
    gpus,
    releases,
    torchcodecs,
    uv_backends,
)
from doctor.catalog.hardware import machine_in, processor_without_avx
from doctor.catalog.names import amd_chip, amd_gfx, gpu, jetson
from doctor.catalog.rows import (
    AmdBuild,
    Architecture,
    ArchRow,
    Branch,
    BuildRow,
    Companion,
    CondaBuild,
    GpuModel,
    NearTarget,
    ProcessorFamily,
    Release,
    SoldMachine,
    Torchcodec,
    Wheel,
)
from doctor.catalog.version import Version

_ALIASES = {"windows": "windows-x86_64", "linux": "linux-x86_64", "macos": "macos-arm64"}

COMPANIONS = ("torchvision", "torchaudio")  # released with torch, each release for one of its


def _public(version: str) -> str:
    return version.partition("+")[0].strip()


def _platform(name: str) -> str:
    return _ALIASES.get(name, name)


@cache
def _by_torch() -> dict[str, Release]:
    return {row.torch: row for row in releases().releases}


def release(torch_version: str) -> Release | None:
    return _by_torch().get(_public(torch_version))


@cache
def _by_build() -> dict[tuple[str, str, str], ArchRow]:
    rows = arch_lists()
    return {(row.torch, row.build, row.platform): row for row in (*rows.cuda, *rows.rocm)}


def arch_list(torch_version: str, build: str, platform: str) -> ArchRow | None:
    """The GPU code in a build. None when the catalog has no such row, which says nothing about the build itself."""
    return _by_build().get((_public(torch_version), build, _platform(platform)))


@cache
def has_kernels(capability: str, row: ArchRow) -> bool:
    """Whether the build of this row runs on a GPU of this compute capability ("8.9")."""
    return runs_on(capability, row.sm, row.ptx, cuda=BuildTag.of(row.build).cuda)


@cache
def newest_torch(capability: str, platform: str, build: str = "") -> ArchRow | None:
    """The newest release, and its newest build, with code for a capability; `build` limits it to one variant."""
    platform = _platform(platform)
    if capability in JETSON and platform != "linux-aarch64":
        return None  # these chips exist on aarch64 boards only
    rows = [
        row
        for row in arch_lists().cuda
        if row.platform == platform and build in ("", row.build) and has_kernels(capability, row)
    ]
    return max(rows, key=lambda row: (Version.of(row.torch), BuildTag.of(row.build).version), default=None)


@cache
def near_target(gfx: str) -> NearTarget | None:
    """What an AMD target can run as where a build has no code for itself; None where nothing is near."""
    return next((row for row in gpus().near if row.gfx == gfx), None)


def companion(torch_version: str) -> tuple[str | None, str | None]:
    """The torchvision and torchaudio that belong to a torch release; None where there is none."""
    row = release(torch_version)
    if row is None:
        return None, None
    vision, audio = row.torchvision, row.torchaudio
    return vision.version if vision else None, audio.version if audio else None


def torch_for_torchvision(version: str) -> tuple[str, ...]:
    """The torch releases a torchvision works with, newest first; empty when the version is not known."""
    wanted = _public(version)
    return tuple(
        row.torch
        for row in all_releases()
        if row.torchvision and wanted in (row.torchvision.version, *row.torchvision.also)
    )


def torchcodecs_for(torch_version: str) -> tuple[Torchcodec, ...]:
    """The torchcodecs that belong to a torch release, newest first; empty where that is not known."""
    have = Version.of(_public(torch_version)).cut(2)
    return tuple(
        row for row in torchcodecs() if have == Version.of(row.torch) or (row.later and have > Version.of(row.torch))
    )


@cache
def minimum_driver(cuda_or_build: str, os: str) -> str:
    """The oldest driver that runs a CUDA version ("12.4") or build ("cu124") on "linux" or "windows".

    Minor-version compatibility counts: every CUDA 12.x runs from the floor of 12.0 on. A version the catalog does not
    have gets the floor of its nearest older neighbour, in its own major if there is one; "" where none is named.
    """
    wanted = Version.of(BuildTag.of(cuda_or_build).cuda or cuda_or_build)
    if not wanted:
        return ""
    rows = sorted(drivers().toolkits, key=lambda row: Version.of(row.cuda))
    rows = [row for row in rows if Version.of(row.cuda)[0] == wanted[0]] or rows
    older = [row for row in rows if Version.of(row.cuda) <= wanted]
    row = older[-1] if older else rows[0]
    return row.windows if os == "windows" else row.linux


@cache
def driver_branch(driver_version: str) -> Branch | None:
    """The branch a driver belongs to; the newest known one for a newer driver, None for one before the table."""
    have = Version.of(driver_version)
    fits = [row for row in drivers().branches if have and Version.of(row.branch) <= have]
    return max(fits, key=lambda row: Version.of(row.branch), default=None)


def driver_cuda(driver_version: str, os: str = "linux") -> str | None:
    """The newest CUDA a driver carries, as nvidia-smi reports it: "12.4".

    A driver newer than the table carries at least what is answered. Windows and Linux share the branch numbers: a
    Windows driver belongs to the highest branch not above its number.
    """
    branch = driver_branch(driver_version)
    return branch.cuda if branch else None


@cache
def architecture(capability: str) -> Architecture | None:
    return next((row for row in drivers().architectures if capability in row.capabilities), None)
