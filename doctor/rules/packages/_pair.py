"""Which companion release belongs to a torch release, and whether the one that is there works."""

from __future__ import annotations

from doctor import catalog
from doctor.catalog import Version, floors, published
from doctor.facts import Conda, Packages, Runtime, Torch
from doctor.rules.api import Answer, cannot_tell, not_there


def torchvision_fits(torch: str, torchvision: str) -> bool | None:
    """Whether the releases go together by the table; None when one of them is in no table."""
    have, vision = published(torch), published(torchvision)
    if not have or not vision or vision.older_than(floors.limit("torchvision with compiled code")):
        return None
    if not vision.older_than(floors.limit("torchvision for any later torch")):
        return not have.older_than(floors.limit("torch for any later torchvision"))
    fitting = {published(row) for row in catalog.torch_for_torchvision(torchvision)} or _same_minor(vision)
    # another patch release of the same minor keeps the ABI
    return have[:2] in {row[:2] for row in fitting if row} if fitting else None


def _same_minor(vision: Version) -> set[Version]:
    rows = ((row.torch, published(row.torchvision.version)) for row in catalog.all_releases() if row.torchvision)
    return {published(torch) for torch, version in rows if version and version[:2] == vision[:2]}


def torchaudio_fits(torch: str, torchaudio: str) -> bool | None:
    have, audio, wanted = (published(v) for v in (torch, torchaudio, catalog.companion(torch)[1]))
    if not have or not audio or not wanted:
        return None
    if not min(have, audio).older_than(floors.limit("torchaudio for any later torch")):
        return True  # built on the stable ABI
    return audio[:2] == wanted[:2]


def version_of(name: str, packages: Packages, conda: Conda | None, runtime: Runtime | None) -> str | None:
    """The companion's version with as much of its build tag as anybody knows."""
    module = runtime.module(name) if runtime else None
    by_conda = next((p.version for p in (conda.packages if conda else ()) if p.name == name), None)
    listed = packages.version(name) or by_conda
    told = module.version if module else None
    return told if told and listed and told.partition("+")[0] == listed else listed


def unknown(name: str, torch: Torch, packages: Packages) -> Answer:
    """The answer where one of the two is not known."""
    if torch.version and packages.complete:
        return not_there("packages.installed", f"no {name}")
    return cannot_tell("packages.installed" if torch.version else "torch.version")


def works(name: str, runtime: Runtime | None) -> bool:
    """True when the module was imported, and whatever of it was tried after that, without failure."""
    tried = [m for m in (runtime.modules if runtime else ()) if m.name in (name, f"{name}.ops")]
    return bool(tried) and all(m.failure is None for m in tried)
