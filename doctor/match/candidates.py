"""Every (release, build) there is, and what speaks against each on a given machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, partial

import msgspec

from doctor import catalog
from doctor.catalog import ArchRow, BuildRow, BuildTag, Release, Version, Wheel
from doctor.match.driving import all_undriven
from doctor.match.model import Constraint, Device, Machine, Violation, Wish

NO_BUILD = "no {build} build of this release for {platform}"
NO_RELEASE = "no wheel of this release for {platform}"
NO_PYTHON = "no wheel for {python}; there are {have}"
PREVIEW = "its wheel for {python} is only a preview on the PyTorch index: torch.compile does not work with it"
NO_IMPLEMENTATION = "no wheel for {implementation}, only for CPython"
MUSL = "PyTorch has no wheel for musl libc, only for glibc"
OLD_GLIBC = "needs glibc {needed}, the machine has {seen}"
OLD_MACOS = "needs macOS {needed}, the machine has {seen}"
MPS_MACOS = "its MPS backend needs macOS {needed}, the machine has {seen}"
OLD_DRIVER = "needs driver {needed} or newer for CUDA {cuda}; driver {seen} supports CUDA {carried}"
NO_KERNELS = "no code for {gpus}; the build has {have}"
UNKNOWN_CODE = "it is not known which GPUs this build has code for"
OTHER_KIND = "{build} is not {wanted}"
OTHER_BUILD = "the index offers only {wanted}"
OTHER_TORCH = "torch {wanted} was requested"


class BuildCandidate(msgspec.Struct, frozen=True):
    """One build of one release for the machine's platform. `covered` are the devices it has code for."""

    release: Release
    build: str
    tag: BuildTag  # what `build` says
    wheel: Wheel | None
    row: BuildRow | None = None
    arch: ArchRow | None = None
    covered: tuple[Device, ...] = ()
    failures: tuple[Violation, ...] = ()

    @property
    def torch(self) -> str:
        return self.release.torch

    @property
    def from_pypi(self) -> bool:
        """PyPI's own file is this build (a Mac's one wheel serves both MPS and the CPU)."""
        pypi = self.wheel.pypi if self.wheel else ""
        return pypi == self.build or (pypi == "mps" and self.build == "cpu")

    @property
    def name(self) -> str:
        return f"{self.torch}+{self.build}" if self.build not in ("mps",) else self.torch

    def is_seen(self, platform: str) -> bool:
        """Somebody saw the files of this build; what was only announced an index may lack."""
        if self.wheel is None or self.wheel.inferred:
            return False
        return self.from_pypi or bool(
            self.row and self.row.platforms.get(platform) == "confirmed" and not self.row.inferred
        )

    @property
    def is_proven(self) -> bool:
        """Not an AMD build whose GPU code is only inferred.

        An inferred CUDA row rests on the build scripts of its own release, and its neighbours were seen to follow
        theirs; of ROCm builds few were seen at all.
        """
        inferred = self.tag.kind == "rocm" and self.arch and self.arch.inferred
        return not (inferred and any(device.target for device in self.covered))

    def inferred(self, platform: str) -> tuple[str, ...]:
        """Which of the catalog's rows this candidate rests on are inferred, as source keys."""
        rows = [self.wheel, self.arch]
        weak = [row.source for row in rows if row and row.inferred]
        if self.row and not self.from_pypi:
            weak += [self.row.source] * (self.row.platforms.get(platform) != "confirmed")
            weak += [self.row.source] * self.row.inferred
        if self.build == "mps" and self.release.mps_confidence != "confirmed":
            weak.append("wheel-mps")
        return tuple(weak)


def candidates(machine: Machine, kind: str, devices: tuple[Device, ...], wish: Wish) -> list[BuildCandidate]:
    """All builds of all releases, newest release first, each with its failures on this machine.

    `kind` is what is looked for, `devices` those the choice should serve.
    """
    wanted = CandidateJudge(machine, kind, devices, wish)
    return [wanted.judge(candidate) for candidate in _all_candidates(machine.os, machine.platform)]


@cache
def _all_candidates(os: str, platform: str) -> tuple[BuildCandidate, ...]:
    """Every build of every release, not judged yet."""
    return tuple(
        BuildCandidate(
            release,
            build,
            BuildTag.of(build),
            release.wheel(platform),
            release.build(build),
            catalog.arch_list(release.torch, build, platform),
        )
        for release in catalog.all_releases()
        for build in _builds(os, platform, release)
    )


def _builds(os: str, platform: str, release: Release) -> tuple[str, ...]:
    """A Mac's one wheel is two candidates: used with MPS, and on the CPU."""
    if os == "macos":
        return ("mps", "cpu") if release.pypi_build(platform) == "mps" else ("cpu",)
    builds = tuple(row.build for row in release.builds)
    pypi = release.pypi_build(platform)
    return (*builds, pypi) if pypi and pypi not in builds else builds


class CandidateJudge:
    """The rules: what one machine and one wish ask of a candidate."""

    def __init__(self, machine: Machine, kind: str, devices: tuple[Device, ...], wish: Wish) -> None:
        self.machine, self.kind, self.devices, self.wish = machine, kind, devices, wish
        self.platform, self.tag = machine.platform, machine.tag
        self.glibc, self.macos = Version.of(machine.glibc), Version.of(machine.macos)
        self.wished = wished_releases(wish.torch)
        self.undriven = all_undriven(machine, devices)

    def judge(self, bare: BuildCandidate) -> BuildCandidate:
        covered = tuple([d for d in self.devices if has_code(d, bare.arch)])
        failures = tuple(self.failures(bare, covered))
        return BuildCandidate(bare.release, bare.build, bare.tag, bare.wheel, bare.row, bare.arch, covered, failures)

    def failures(self, candidate: BuildCandidate, covered: tuple[Device, ...]) -> Iterator[Violation]:
        yield from self._wheel(candidate)
        if candidate.tag.kind != self.kind:
            words = partial(OTHER_KIND.format, build=candidate.build, wanted=self.kind)
            yield Violation(Constraint.ACCELERATOR, words)
        else:
            yield from self._gpu(candidate, covered)
        if self.wish.build not in ("", candidate.build):
            yield Violation(Constraint.INDEX, partial(OTHER_BUILD.format, wanted=self.wish.build))
        if candidate.torch not in self.wished:
            yield Violation(Constraint.TORCH, partial(OTHER_TORCH.format, wanted=self.wish.torch))

    def _wheel(self, candidate: BuildCandidate) -> Iterator[Violation]:
        machine, wheel = self.machine, candidate.wheel
        if wheel is None:
            yield Violation(Constraint.PLATFORM, partial(NO_RELEASE.format, platform=machine.platform))
            return
        if machine.os != "macos" and not is_offered(candidate, self.platform):
            words = partial(NO_BUILD.format, build=candidate.build, platform=machine.platform)
            yield Violation(Constraint.PLATFORM, words)
        if machine.implementation != "CPython":
            words = partial(NO_IMPLEMENTATION.format, implementation=machine.implementation)
            yield Violation(Constraint.PYTHON, words)
        elif self.tag and self.tag not in wheel.python:
            yield Violation(Constraint.PYTHON, partial(missing_python, self.tag, wheel))
        yield from self._system(candidate, wheel)

    def _system(self, candidate: BuildCandidate, wheel: Wheel) -> Iterator[Violation]:
        machine = self.machine
        if machine.libc == "musl":
            yield Violation(Constraint.LIBC, partial(str, MUSL))
        needed = (candidate.row.glibc if candidate.row else "") or wheel.glibc
        if self.glibc and self.glibc.older_than(needed):
            yield Violation(Constraint.GLIBC, partial(OLD_GLIBC.format, needed=needed, seen=machine.glibc))
        floor = wheel.macos_by_python.get(self.tag, wheel.macos)
        if self.macos and self.macos.older_than(floor):
            yield Violation(Constraint.MACOS, partial(OLD_MACOS.format, needed=floor, seen=machine.macos))

    def _gpu(self, candidate: BuildCandidate, covered: tuple[Device, ...]) -> Iterator[Violation]:
        machine, needed = self.machine, candidate.release.mps_macos
        if self.kind == "mps" and self.macos.older_than(needed):
            yield Violation(Constraint.MACOS, partial(MPS_MACOS.format, needed=needed, seen=machine.macos))
        if self.kind in ("cuda", "rocm") and self.devices and not covered:
            yield Violation(Constraint.KERNELS, partial(missing_code, self.devices, candidate.arch))
        if (
            self.kind == "cuda"
            and machine.driver
            and (text := self.undriven or driver_too_old(machine, candidate.build))
        ):
            yield Violation(Constraint.DRIVER, partial(str, text))


def is_offered(candidate: BuildCandidate, platform: str) -> bool:
    """The build exists for the platform, on the PyTorch index or as PyPI's own file."""
    return candidate.from_pypi or bool(candidate.row and platform in candidate.row.platforms)


def has_code(device: Device, arch: ArchRow | None) -> bool:
    """Whether a build runs on a device; a device whose target is not known is given the benefit of the doubt."""
    if device.kind not in ("cuda", "rocm") or not device.target:
        return True
    if arch is None:
        return False
    if device.kind == "rocm":
        return (device.runs_as or device.target) in arch.gfx
    if device.target in catalog.JETSON and arch.platform != "linux-aarch64":
        return False  # these chips sit on aarch64 boards; the same number elsewhere is a mistake
    return catalog.has_kernels(device.target, arch)


def missing_python(tag: str, wheel: Wheel) -> str:
    template = PREVIEW if tag in wheel.preview else NO_PYTHON
    return template.format(python=python_label(tag), have=python_labels(wheel.python))


def missing_code(devices: Iterable[Device], arch: ArchRow | None) -> str:
    if arch is None:
        return UNKNOWN_CODE
    return NO_KERNELS.format(gpus=", ".join(d.label for d in devices), have=" ".join(arch.sm or arch.gfx))


def driver_too_old(machine: Machine, cuda_or_build: str) -> str:
    """Why the machine's driver cannot run a CUDA version ("12.4") or build ("cu124"); "" when it can."""
    needed = catalog.minimum_driver(cuda_or_build, machine.os)
    have, floor = Version.of(machine.driver), Version.of(needed)
    # a branch alone ("525") stands for its current release; a longer version is meant as it is told
    if not have or have >= floor or have == floor.cut(1):
        return ""
    carried = catalog.driver_cuda(machine.driver or "", machine.os) or "older than 9.0"
    cuda = BuildTag.of(cuda_or_build).cuda or cuda_or_build
    return OLD_DRIVER.format(needed=needed, cuda=cuda, seen=machine.driver, carried=carried)


def python_label(tag: str) -> str:
    """ "cp313t" -> "free-threaded Python 3.13"."""
    free = tag.endswith("t")
    digits = tag.removeprefix("cp").removesuffix("t")
    return f"{'free-threaded ' * free}Python {digits[0]}.{digits[1:]}"


def python_labels(tags: Iterable[str]) -> str:
    return ", ".join(f"{tag[2]}.{tag[3:]}" for tag in tags)


@cache
def wished_releases(versions: str) -> frozenset[str]:
    """The releases that a PEP 440 specifier allows; all of them for ""."""
    torches = [release.torch for release in catalog.all_releases()]
    if not versions:
        return frozenset(torches)
    from packaging.specifiers import SpecifierSet  # loaded only when versions were asked for

    return frozenset(SpecifierSet(versions).filter(torches))
