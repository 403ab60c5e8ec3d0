"""An environment as it is, written down: every installed file by hash, and what it asks of a machine."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from doctor import catalog
from doctor.bootstrap import ending
from doctor.catalog import BuildTag
from doctor.facts import Facts, Package
from doctor.files import atomic
from doctor.match import WHEELS, Machine
from doctor.match.machine import machine_of
from doctor.model import DoctorError, Exit
from doctor.probes.chosen_sources import pytorch_index
from doctor.setup import contract, index_page, pylock
from doctor.setup.contract import LockedBuild
from doctor.setup.model import Doing, Download, Where, quietly
from doctor.setup.resolve import resolve
from doctor.setup.tools import Installer

FIELDS = ("host", "storage", "python", "packages", "torch", "nvidia", "amd", "intel", "apple", "conda")
LEFT_OUT = "{name} {version} is left out, because it was installed from {source}."
_FILE_MODE = 0o644


class Lock(msgspec.Struct, frozen=True):
    """What is going to be written. `notes` are for people."""

    build: LockedBuild
    downloads: tuple[Download, ...]
    notes: tuple[str, ...] = ()


def lock(facts: Facts, installer: Installer, python: str, index_url: str = "", doing: Doing = quietly) -> Lock:
    """The lock of the environment whose facts these are; `index_url` is where its files can be found, if not as usual.

    Raises DoctorError when there is no torch in it, conda made it, or a file cannot be found at its source.
    """
    packages, torch = facts.packages.value, facts.torch.value
    if packages is None or torch is None or not torch.version:
        why = facts.torch.reason or facts.packages.reason or "no torch in it"
        raise DoctorError(
            "lock-torch", "there is no torch to lock", why, "name an environment: --python PATH", Exit.NOT_DONE
        )
    if torch.installer == "conda":
        hint = "use `conda list --explicit --sha256` or pixi to lock such an environment"
        raise DoctorError(
            "lock-conda", "a lock of wheels cannot hold conda's packages", "torch is from conda", hint, Exit.NOT_DONE
        )
    kept, notes = installable(packages.installed)
    downloads = _downloads(kept, installer, python, index_url, doing)
    machine = machine_of(facts)
    build = build_of(torch.version, torch.build or "", machine.platform)
    kind = BuildTag.of(build).kind
    used = kind if any(d.kind == kind for d in machine.devices) and machine.driver != "" else "cpu"
    made = locked_build(machine, torch.version, build, used, downloads)
    return Lock(_as_it_was_used(made, facts), downloads, notes)


def build_of(torch: str, build: str, platform: str) -> str:
    """The build of a torch whose version may not tell it, as that of PyPI's does not."""
    public, _, local = torch.partition("+")
    row = catalog.release(public)
    return local or build or (row.pypi_build(platform) if row else "") or "cpu"


def _as_it_was_used(made: LockedBuild, facts: Facts) -> LockedBuild:
    storage, python = facts.storage.value, facts.python.value
    return msgspec.structs.replace(
        made,
        start_method=(python.start_method if python else "") or "",
        shm_bytes=storage.shm_bytes if storage else None,
    )


def installable(installed: Sequence[Package]) -> tuple[list[Package], tuple[str, ...]]:
    """What an index has; what was installed from a folder or a repository is named instead."""
    local = [p for p in installed if p.source and not p.source.split("#")[0].endswith(".whl")]
    notes = tuple(LEFT_OUT.format(name=p.name, version=p.version, source=p.source) for p in local)
    return [p for p in {p.name: p for p in installed}.values() if p not in local], notes


def _downloads(
    packages: Sequence[Package], installer: Installer, python: str, index_url: str, doing: Doing
) -> tuple[Download, ...]:
    """The file of each at its source; one question a place."""
    groups: dict[Where, list[str]] = {}
    for package in packages:
        groups.setdefault(_location_of(package, index_url), []).append(f"{package.name}=={package.version}")
    found: list[Download] = []
    for where, wanted in groups.items():
        found += resolve(installer, python, wanted, where, with_dependencies=False, wheels_only=False, doing=doing)
    return hashed(sorted(found, key=lambda d: d.name))


def hashed(found: Sequence[Download]) -> tuple[Download, ...]:
    """Raises DoctorError where a file cannot be pinned."""
    if bare := [d.name for d in found if not d.sha256]:
        hint = "install uv, which computes the hashes, or name another source with --index-url"
        raise DoctorError(
            "lock-hash", "a source does not list the hashes of its files", ", ".join(bare), hint, Exit.NOT_DONE
        )
    return tuple(found)


def _location_of(package: Package, index_url: str) -> Where:
    """The named index when it has the file, else the build's folder for a build tag, else the default index."""
    tag = package.version.partition("+")[2]
    if index_url:
        named = Where("index", index_url.replace("{build}", tag))
        page = index_page.read(f"{named.url.rstrip('/')}/{package.name}/")
        if any(_version(wheel) == package.version for wheel in page.wheels):
            return named
    return Where("index", f"{pytorch_index() or WHEELS}/{tag}") if BuildTag.of(tag).tag else Where()


def _version(wheel: str) -> str:
    return wheel.split("-")[1] if wheel.count("-") > 3 else ""


def locked_build(machine: Machine, torch: str, build: str, device: str, downloads: Sequence[Download]) -> LockedBuild:
    """What a build of torch asks of machines like this one."""
    public = torch.partition("+")[0]
    row, cuda = catalog.release(public), BuildTag.of(build).cuda
    kernels = catalog.arch_list(public, build, machine.platform)
    own = row.build(build) if row else None
    wheel = row.wheel(machine.platform) if row else None
    return LockedBuild(
        name=build,
        file=pylock.file_name(build),
        torch=next((d.version for d in downloads if d.name == "torch"), torch),
        os=machine.os,
        arch=machine.arch,
        python=machine.python,
        free_threaded=machine.free_threaded,
        device=device,
        cuda=cuda,
        minimum_driver=catalog.minimum_driver(cuda, machine.os),
        compute_capabilities=tuple(kernels.sm or kernels.gfx) if kernels else (),
        glibc=((own.glibc if own else "") or (wheel.glibc if wheel else "")) if machine.os == "linux" else "",
        macos=wheel.macos if wheel and machine.os == "macos" else "",
    )


def write(made: Lock, folder: Path) -> tuple[Path, ...]:
    """Write both files; the contract keeps its other builds. Raises DoctorError when one cannot be written or read."""
    text = pylock.dump(made.downloads, made.build.python)
    digest = hashlib.sha256(text.encode()).hexdigest()
    build = msgspec.structs.replace(made.build, sha256=digest)
    beside = folder / contract.FILE
    old = contract.read_text(beside) if beside.exists() else None
    merged = contract.merge_build(old, build, beside.name)
    files = ((folder / build.file, text), (beside, merged))
    with ending.held():
        for file, content in files:
            _write(file, content)
    return tuple(file for file, _ in files)


def _write(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        atomic.replace(file, text.encode(), file.with_name(f".{file.name}.new"), _FILE_MODE)
    except OSError as error:
        reason = error.strerror or str(error)
        raise DoctorError("lock-write", f"cannot write {file}", reason, "name another folder with -o", 1) from error
