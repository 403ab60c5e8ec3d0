"""The build of AMD's own index, for Windows, where PyTorch's index has none for AMD GPUs."""

from __future__ import annotations

from doctor import catalog
from doctor.catalog import AmdBuild, Version
from doctor.match.candidates import wished_releases
from doctor.match.model import AmdChoice, Device, Machine, Match, Wish

HAS = "AMD's own index has torch {torch}+{build} for it"
MESSAGE = "PyTorch's own index has no ROCm build for {platform}; AMD's own has torch {torch}+{build}"
NAME_IT = "AMD's own index has ROCm builds for {platform}: name the GPU (--gpu or --amd-gfx) for the command."
UNTRIED = "Nobody is known to have tried {build} of AMD's own index on this GPU (as of {day})."


def amd_choice(machine: Machine, wish: Wish) -> AmdChoice | None:
    """The build with code for the AMD GPUs: the one that was seen to work on them, else the newest."""
    devices = [d for d in machine.devices if d.kind == "rocm"]
    if wish.accelerator not in ("", "rocm") or wish.index_url or wish.build or not devices:
        return None
    wanted = wished_releases(wish.torch)
    fits = [row for row in _rows(machine) if row.torch in wanted and _targets(devices, row)]
    best = max(fits, key=lambda row: (_is_tried(devices, row), Version.of(row.torch)), default=None)
    if best is None:
        return None
    return AmdChoice(
        torch=best.torch,
        torchvision=best.torchvision,
        torchaudio=best.torchaudio,
        build=best.build,
        index_url=catalog.amd_index().index_url,
        targets=_targets(devices, best),
        as_of=catalog.amd_index().as_of,
        inferred=not _is_tried(devices, best),
    )


def _rows(machine: Machine) -> list[AmdBuild]:
    if machine.implementation != "CPython":
        return []
    rows = (row for row in catalog.amd_index().builds if row.platform == machine.platform)
    return [row for row in rows if not machine.tag or machine.tag in row.python]


def _targets(devices: list[Device], row: AmdBuild) -> tuple[str, ...]:
    return tuple(dict.fromkeys(d.target for d in devices if d.target in row.gfx))


def _is_tried(devices: list[Device], row: AmdBuild) -> bool:
    return not row.inferred and all(target in row.tried for target in _targets(devices, row))


def told(machine: Machine, found: AmdChoice | None, kind: str) -> tuple[str, ...]:
    """What a person should know about it."""
    if found is None:
        unnamed = kind == "rocm" and not machine.devices and _rows(machine)
        return (NAME_IT.format(platform=machine.platform),) if unnamed else ()
    return (UNTRIED.format(build=f"torch {found.torch}+{found.build}", day=found.as_of),) if found.inferred else ()


def reason(found: AmdChoice) -> str:
    return HAS.format(torch=found.torch, build=found.build)


def message(machine: Machine, answer: Match) -> str:
    """Why nothing of the PyTorch index fits, where AMD's has something."""
    found = answer.amd
    if found is None:
        return answer.message
    return MESSAGE.format(platform=machine.platform, torch=found.torch, build=found.build)
