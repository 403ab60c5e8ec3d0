"""The catalog's JSON files as rows. Each file is read once, and only when it is asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from doctor.catalog import refreshed
from doctor.catalog.rows import (
    AmdBuild,
    AmdChip,
    AmdModel,
    Architecture,
    ArchRow,
    Branch,
    Citation,
    CondaBuild,
    CudaRow,
    GpuModel,
    NearTarget,
    ProcessorFamily,
    Release,
    SoldMachine,
    Torchcodec,
    UvBackend,
)
from doctor.catalog.version import Version

FOLDER = Path(__file__).parent


class CatalogFile(msgspec.Struct, frozen=True, kw_only=True):
    schema_version: int
    as_of: str
    sources: dict[str, Citation]


class ReleaseFile(CatalogFile, frozen=True, kw_only=True):
    releases: tuple[Release, ...]


class ArchFile(CatalogFile, frozen=True, kw_only=True):
    cuda: tuple[ArchRow, ...]
    rocm: tuple[ArchRow, ...]


class DriverFile(CatalogFile, frozen=True, kw_only=True):
    toolkits: tuple[CudaRow, ...]
    branches: tuple[Branch, ...]
    architectures: tuple[Architecture, ...]


class GpuFile(CatalogFile, frozen=True, kw_only=True):
    nvidia: tuple[GpuModel, ...]
    amd: tuple[AmdModel, ...]
    amd_chips: tuple[AmdChip, ...]
    near: tuple[NearTarget, ...]


class TorchcodecFile(CatalogFile, frozen=True, kw_only=True):
    releases: tuple[Torchcodec, ...]


class UvFile(CatalogFile, frozen=True, kw_only=True):
    uv_version: str
    cuda: tuple[UvBackend, ...]


class AmdFile(CatalogFile, frozen=True, kw_only=True):
    index_url: str
    builds: tuple[AmdBuild, ...]


class ProcessorFile(CatalogFile, frozen=True, kw_only=True):
    processors: tuple[ProcessorFamily, ...]


class MachineFile(CatalogFile, frozen=True, kw_only=True):
    machines: tuple[SoldMachine, ...]


class CondaFile(CatalogFile, frozen=True, kw_only=True):
    newest_recipe: str  # day of the newest recipe read (ISO)
    builds: tuple[CondaBuild, ...]


Kind = TypeVar("Kind", bound=CatalogFile)


def read(name: str, kind: type[Kind]) -> Kind:
    return msgspec.json.decode((FOLDER / f"{name}.json").read_bytes(), type=kind)


@cache
def releases() -> ReleaseFile:
    """As shipped, with the releases that `match --refresh` added."""
    shipped, added = read("releases", ReleaseFile), refreshed.read().found
    if added is None:
        return shipped
    rows = {row.torch: row for row in (*shipped.releases, *added.releases)}
    sources = {**shipped.sources, **_source(added)}
    return msgspec.structs.replace(shipped, as_of=added.as_of, sources=sources, releases=tuple(rows.values()))


def _source(added: refreshed.Refreshed) -> dict[str, Citation]:
    text = f"{added.index}, read by a person; code for GPUs as in the release before"
    return {refreshed.SOURCE: Citation(text, added.as_of)}


@cache
def all_releases() -> tuple[Release, ...]:
    """Every release, newest first."""
    return tuple(sorted(releases().releases, key=lambda row: Version.of(row.torch), reverse=True))


@cache
def arch_lists() -> ArchFile:
    shipped, added = read("arch_lists", ArchFile), refreshed.read().found
    if added is None:
        return shipped
    cuda = (*shipped.cuda, *(row for row in added.arch if row.sm))
    rocm = (*shipped.rocm, *(row for row in added.arch if row.gfx))
    return msgspec.structs.replace(shipped, sources={**shipped.sources, **_source(added)}, cuda=cuda, rocm=rocm)


@cache
def drivers() -> DriverFile:
    return read("drivers", DriverFile)


@cache
def gpus() -> GpuFile:
    return read("gpus", GpuFile)


@cache
def uv_backends() -> UvFile:
    return read("uv_backends", UvFile)


@cache
def torchcodecs() -> tuple[Torchcodec, ...]:
    """Every minor release of torchcodec, newest first."""
    rows = read("torchcodec", TorchcodecFile).releases
    return tuple(sorted(rows, key=lambda row: Version.of(row.version), reverse=True))


@cache
def amd_index() -> AmdFile:
    return read("amd_index", AmdFile)


@cache
def conda_forge() -> CondaFile:
    return read("conda_forge", CondaFile)


@cache
def processors() -> tuple[ProcessorFamily, ...]:
    return read("processors", ProcessorFile).processors


@cache
def machines() -> tuple[SoldMachine, ...]:
    return read("machines", MachineFile).machines
