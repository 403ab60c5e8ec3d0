"""Which locked build fits a machine, and why the others do not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from doctor.catalog import Version
from doctor.catalog.capability import runs_on
from doctor.match import Machine
from doctor.model import DoctorError, Exit
from doctor.setup import contract, pylock
from doctor.setup.contract import LockedBuild
from doctor.setup.model import Download

OTHER_SYSTEM = "it is for {wanted}, and this is {seen}"
OTHER_PYTHON = "it is for Python {wanted}, and this is {seen}"
OLD_LIBC = "it needs glibc {wanted}, this machine has {seen}"
OLD_MACOS = "it needs macOS {wanted}, this machine has {seen}"
NO_DRIVER = "it needs NVIDIA driver {wanted} or newer, this machine has none"
OLD_DRIVER = "it needs NVIDIA driver {wanted} or newer, this machine has {seen}"
NO_GPU = "it is for {kind}, and this machine has no such GPU"
NO_CODE = "it has no code for {gpus}, only for {have}"
_MANY_BYTES = 64 * 1024 * 1024


class Pinned(msgspec.Struct, frozen=True):
    """A build of a lock with its files."""

    build: LockedBuild
    file: str
    downloads: tuple[Download, ...]


def read(path: Path) -> tuple[Pinned, ...]:
    """The builds of a contract, of the folder that holds one, or the one of a pylock file.

    Raises DoctorError for what is damaged, newer, or changed since it was locked.
    """
    file = path / contract.FILE if path.is_dir() else path
    if file.name == contract.FILE:
        builds = contract.read(file)
        if not builds:
            raise DoctorError("lock-empty", f"{file} has no build", "no [[build]]", "add one with `torch-doctor lock`")
        return tuple(_read_pinned(build, file.parent) for build in builds)
    beside = file.parent / contract.FILE
    known = contract.read(beside) if beside.is_file() else ()
    build = next((one for one in known if one.file == file.name), None)
    if build:
        return (_read_pinned(build, file.parent),)
    return (_read_alone(file),)


def _read_pinned(build: LockedBuild, folder: Path) -> Pinned:
    if Path(build.file).name != build.file:
        raise DoctorError("lock-unreadable", f"{contract.FILE} is damaged", f"{build.file!r} is not next to it")
    file = folder / build.file
    text = contract.read_text(file)
    digest = hashlib.sha256(text.encode()).hexdigest()
    if build.sha256 and digest != build.sha256:
        found = f"SHA-256 {digest[:12]}…, {build.sha256[:12]}… was locked"
        hint = "rewrite both with `torch-doctor lock`"
        raise DoctorError(
            "lock-changed", f"{file} has been changed since it was locked", found, hint, exit_code=Exit.NOT_DONE
        )
    return Pinned(build, str(file), pylock.parse(text, file.name))


def _read_alone(file: Path) -> Pinned:
    """A pylock file without a contract: its torch wheel tells what it is for, the rest is not known."""
    from packaging.utils import parse_wheel_filename

    downloads = pylock.parse(contract.read_text(file), file.name)
    torch = next((d for d in downloads if d.name == "torch"), None)
    if torch is None or not torch.file.endswith(".whl"):
        raise DoctorError("lock-torch", f"{file} holds no wheel of torch", f"{len(downloads)} packages")
    tag = next(iter(parse_wheel_filename(torch.file)[3]))
    system = "windows" if tag.platform.startswith("win") else "macos" if "macosx" in tag.platform else "linux"
    arch = "aarch64" if tag.platform.endswith(("aarch64", "arm64")) else "x86_64"
    digits = tag.interpreter.removeprefix("cp")
    python = f"{digits[0]}.{digits[1:]}" if digits.isdigit() else ""
    name = torch.version.partition("+")[2] or "default"
    build = LockedBuild(
        name=name, file=file.name, torch=torch.version, os=system, arch=arch, python=python, device="cpu"
    )
    return Pinned(build, str(file), downloads)


def choose_build(pinned: Sequence[Pinned], machine: Machine) -> tuple[Pinned, tuple[str, ...]]:
    """The first build for an accelerator that fits, else one for the CPU, with what is worth saying about it.

    Raises DoctorError with the reasons when none does.
    """
    reasons: list[str] = []
    for one in sorted(pinned, key=lambda p: p.build.device == "cpu"):
        problems = list(obstacles(one.build, machine))
        if not problems:
            return one, tuple(notes(one.build))
        reasons.append(f"{one.build.name}: {'; '.join(problems)}")
    hint = "`torch-doctor setup` without --from finds a build; `torch-doctor lock` adds it to the lock"
    raise DoctorError(
        "lock-fits", "no build of the lock fits this machine", " | ".join(reasons), hint, exit_code=Exit.NOT_DONE
    )


def nearest(pinned: Sequence[Pinned], torch: str, system: str = "", python: str = "") -> Pinned:
    """What an environment is compared with: the build for its system and Python with its torch, else the one that has
    most of that."""
    public, _, tag = torch.partition("+")

    def likeness(one: Pinned) -> tuple[bool, ...]:
        build = one.build
        same = build.torch == torch or build.name.partition("-")[0] == tag
        return system in ("", build.os), python in ("", build.python), same, build.torch.partition("+")[0] == public

    return max(pinned, key=likeness)


def obstacles(build: LockedBuild, machine: Machine) -> Iterator[str]:
    """Everything that speaks against a build on a machine."""
    if (build.os, build.arch) != (machine.os, machine.arch):
        wanted, seen = f"{build.os} {build.arch}", f"{machine.os} {machine.arch}"
        yield OTHER_SYSTEM.format(wanted=wanted, seen=seen)
        return
    free = "t" * machine.free_threaded
    if build.python and machine.python and build.python + "t" * build.free_threaded != machine.python + free:
        yield OTHER_PYTHON.format(wanted=build.python + "t" * build.free_threaded, seen=machine.python + free)
    if build.glibc and machine.libc == "musl":
        yield OLD_LIBC.format(wanted=build.glibc, seen="musl")
    elif Version.of(machine.glibc).older_than(build.glibc):
        yield OLD_LIBC.format(wanted=build.glibc, seen=machine.glibc)
    if Version.of(machine.macos).older_than(build.macos):
        yield OLD_MACOS.format(wanted=build.macos, seen=machine.macos)
    yield from _device_obstacles(build, machine)


def _device_obstacles(build: LockedBuild, machine: Machine) -> Iterator[str]:
    if build.device == "cpu":
        return
    if build.minimum_driver and machine.driver == "":
        yield NO_DRIVER.format(wanted=build.minimum_driver)
    elif Version.of(machine.driver).older_than(build.minimum_driver):
        yield OLD_DRIVER.format(wanted=build.minimum_driver, seen=machine.driver)
    devices = [d for d in machine.devices if d.kind == build.device]
    if not devices:
        yield NO_GPU.format(kind=build.device)
    elif not any(_has_code(build, d.target) for d in devices):
        gpus = ", ".join(d.label for d in devices)
        yield NO_CODE.format(gpus=gpus, have=" ".join(build.compute_capabilities))


def _has_code(build: LockedBuild, target: str) -> bool:
    if not target or not build.compute_capabilities:
        return True
    if target.startswith("gfx"):
        return target in build.compute_capabilities
    return runs_on(target, build.compute_capabilities, cuda=build.cuda)


def notes(build: LockedBuild) -> Iterator[str]:
    """What the locked environment had, which decides how data loading behaves."""
    if build.start_method:
        yield f"It was locked where multiprocessing starts workers with {build.start_method!r}."
    if build.shm_bytes is not None and build.shm_bytes >= _MANY_BYTES:
        yield f"It was locked where /dev/shm has {build.shm_bytes / 2**30:.1f} GiB."
