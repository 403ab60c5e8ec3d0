"""Which torchvision and torchaudio go with a build, from where that build comes."""

from __future__ import annotations

from doctor.catalog import BuildTag, Companion, Release, Version, release, torchcodecs_for
from doctor.match.model import Machine

LAST_INDEXED_AUDIO = "2.11.0"  # each build of this release has its torchaudio; later folders were not seen to have one


def torchvision(torch: Release, machine: Machine) -> str | None:
    return _with_wheel(torch.torchvision, machine)


def torchaudio(torch: Release, build: str, machine: Machine, *, from_pypi: bool) -> str | None:
    """PyPI's newest goes with every torch of the same CUDA major version. Beside a build of the PyTorch index stands
    the last one of that index, compiled for the same CUDA: its import refuses any other (seen 2026-11-23)."""
    if from_pypi and not _of_other_cuda(torch.torchaudio, build):
        return _with_wheel(torch.torchaudio, machine)
    if Version.of(torch.torch) <= Version.of(LAST_INDEXED_AUDIO):
        return _with_wheel(torch.torchaudio, machine)
    last = release(LAST_INDEXED_AUDIO)
    row = last.build(build) if last else None
    return _with_wheel(last.torchaudio, machine) if last and row and machine.platform in row.platforms else None


def audio_from_pypi(torch: Release, build: str, machine: Machine) -> str | None:
    """PyPI's torchaudio that a build of the PyTorch index works with, where that index has none."""
    audio = torch.torchaudio
    fits = audio is not None and audio.cuda and BuildTag.of(build).kind == "cuda" and not _of_other_cuda(audio, build)
    return _with_wheel(audio, machine) if fits and machine.os == "linux" else None


def torchcodec(torch: str, machine: Machine) -> str | None:
    return next((row.version for row in torchcodecs_for(torch) if _with_wheel(row, machine)), None)


def _of_other_cuda(companion: Companion | None, build: str) -> bool:
    mine = BuildTag.of(build)
    return bool(companion and companion.cuda and mine.kind == "cuda") and (
        mine.version[:1] != Version.of(companion.cuda if companion else "")[:1]
    )


def _with_wheel(companion: Companion | None, machine: Machine) -> str | None:
    """The companion's version when it has a wheel for the Python; platforms it lists none for are as Linux."""
    if companion is None:
        return None
    tags = companion.wheels.get(machine.platform)
    if tags is None and machine.platform == "windows-x86_64":
        tags = companion.wheels.get("linux-x86_64")
    if tags is None:
        return None if companion.wheels else companion.version
    usable = not machine.tag or "py3" in tags or machine.tag in tags
    return companion.version if usable else None
