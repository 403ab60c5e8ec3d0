"""What a person should know about a choice: each note is one sentence that rests on a row of the catalog."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from doctor import catalog
from doctor.catalog import Version
from doctor.match.candidates import BuildCandidate, has_code
from doctor.match.companions import audio_from_pypi
from doctor.match.model import Device, Machine, Match

UNSEEN = "This build has been announced, but its files have not been seen yet; its index may not have it."
NEWER = "{name} is newer; it has been announced, but its files have not been seen yet."
NEWER_INFERRED = "{name} is newer; that it has code for {gpus} is inferred, not seen (--torch {torch} takes it)."
BY_SCRIPTS = "Which GPUs it has code for is inferred from its build scripts or from neighbouring releases."
NEEDS_DRIVER = "Needs NVIDIA driver {needed} or newer."
MINOR = "The driver reports CUDA {carried}; CUDA {cuda} builds run on it thanks to minor-version compatibility."
NO_GPU_NAMED = "No GPU of this kind was found or named, so it was not checked whether the build has code for it."
OVERRIDE = (
    "No build has code for {gpu}: run programs with HSA_OVERRIDE_GFX_VERSION={value} to use the code for {near}"
    " (AMD does not support this; it often works)."
)
UNKNOWN_GPU = "The {what} of {gpu} is not known, so it was not checked whether the build has code for it."
AMBIGUOUS = "{gpu} was sold with different chips ({targets}); nvidia-smi --query-gpu=compute_cap shows which."
NO_VISION = "torchvision {version} has no wheel for this Python and platform."
NO_AUDIO = "torchaudio has no wheel for this Python, platform or build."
PYPI_AUDIO = "The index of this build has no torchaudio; PyPI's {version}, installed with --no-deps, works with it."
NUMPY = "This release needs numpy<2."
JETSON = "JetPack 6 and older have driver 540 and CUDA 12: they need NVIDIA's own Jetson wheels."
WSL = "WSL uses the driver of Windows; do not install a Linux driver inside WSL."
ROSETTA = "This is an x86_64 Python that Rosetta translates; an arm64 Python gets newer releases and MPS."
MPS = "In this release MPS needs macOS {needed}."
UNLISTED = "The install page of pytorch.org does not list {build}, but its index has it."
PIXI = "pixi must be told about the GPU first: `pixi workspace system-requirements add cuda {major}`."
UV_AUTO = "uv's --torch-backend=auto looks only at the driver and would choose {backend}, which has no code for {gpu}."


def notes(
    best: BuildCandidate, devices: tuple[Device, ...], machine: Machine, newer: Sequence[BuildCandidate]
) -> Iterator[str]:
    """For a choice. `newer` would be better if their files, or their GPU code, had been seen."""
    if not best.is_seen(machine.platform):
        yield UNSEEN
    elif best.arch is not None and best.arch.inferred and devices:
        yield BY_SCRIPTS
    yield from (_newer_note(candidate, machine) for candidate in newer)
    for device in devices:
        if device.runs_as and (near := catalog.near_target(device.target)):
            yield OVERRIDE.format(gpu=device.label, value=near.override, near=near.runs_as)
    if best.tag.kind == "cuda":
        yield from _cuda(best, devices, machine)
    if best.build == "mps" and not machine.macos:
        yield MPS.format(needed=best.release.mps_macos)
    if not devices and best.tag.kind not in ("cpu", "mps"):
        yield NO_GPU_NAMED
    yield from (
        UNKNOWN_GPU.format(gpu=d.name, what="compute capability" if d.kind == "cuda" else "gfx target")
        for d in devices
        if d.kind in ("cuda", "rocm") and not d.target
    )
    if machine.rosetta:
        yield ROSETTA


def _newer_note(newer: BuildCandidate, machine: Machine) -> str:
    template = NEWER_INFERRED if newer.is_seen(machine.platform) else NEWER
    return template.format(name=newer.name, gpus=code_names(newer.covered), torch=newer.torch)


def code_names(devices: Iterable[Device]) -> str:
    """What code is needed: of a GPU that runs as another, the other's."""
    return ", ".join(dict.fromkeys(device.runs_as or device.label for device in devices))


def _cuda(best: BuildCandidate, devices: tuple[Device, ...], machine: Machine) -> Iterator[str]:
    if not machine.driver:
        yield NEEDS_DRIVER.format(needed=catalog.minimum_driver(best.build, machine.os))
    else:
        yield from _driver(best, devices, machine, machine.driver)
    for device in devices:
        row = catalog.gpu(device.name)
        if row and row.other_capabilities and device.target == row.capability:
            targets = ", ".join((row.capability, *row.other_capabilities))
            yield AMBIGUOUS.format(gpu=device.name, targets=targets)
    if best.row and not best.row.listed:
        yield UNLISTED.format(build=best.build)
    if machine.wsl:
        yield WSL
    yield from jetson_note(devices, machine)


def jetson_note(devices: tuple[Device, ...], machine: Machine) -> Iterator[str]:
    needed = catalog.minimum_driver("cu130", machine.os)
    new_enough = Version.of(machine.driver) >= Version.of(needed)
    if any(d.target in catalog.JETSON for d in devices) and not new_enough:
        yield JETSON


def _driver(best: BuildCandidate, devices: tuple[Device, ...], machine: Machine, driver: str) -> Iterator[str]:
    carried, cuda = catalog.driver_cuda(driver, machine.os), best.tag.cuda
    if carried and Version.of(cuda) > Version.of(carried):
        yield MINOR.format(carried=carried, cuda=cuda)
    auto = uv_auto(driver, machine.os)
    newest = auto and newest_of(auto, machine.platform)
    if newest and auto != best.build and (without := [d for d in devices if not has_code(d, newest)]):
        yield UV_AUTO.format(backend=auto, gpu=without[0].label)


def uv_auto(driver: str, os: str) -> str:
    """The backend that uv's `--torch-backend=auto` takes for a driver: by its table, the driver version alone."""
    rows = [row for row in catalog.uv_backends().cuda if row.os == os]
    fits = (row.backend for row in rows if Version.of(driver) >= Version.of(row.minimum_driver))
    return next(fits, "")


def newest_of(build: str, platform: str) -> catalog.ArchRow | None:
    """The code in the newest release that has a build."""
    rows = (catalog.arch_list(release.torch, build, platform) for release in catalog.all_releases())
    return next((row for row in rows if row), None)


def companion_notes(found: Match, best: BuildCandidate, machine: Machine) -> Iterator[str]:
    choice, vision = found.choice, best.release.torchvision
    if choice is None:
        return
    if choice.torchvision is None and vision:
        yield NO_VISION.format(version=vision.version)
    if choice.torchaudio is None and best.release.torchaudio:
        version = audio_from_pypi(best.release, best.build, machine)
        yield PYPI_AUDIO.format(version=version) if version else NO_AUDIO
    if found.numpy:
        yield NUMPY
    if found.conda and found.conda.cuda:
        yield PIXI.format(major=found.conda.cuda.partition(".")[0])
