"""Which companion release belongs to a torch release, and whether the one that is there works."""

from __future__ import annotations

from doctor import catalog
from doctor.catalog import BuildTag, Version, floors, published
from doctor.facts import Conda, Host, Packages, Runtime, Torch
from doctor.rules.api import Answer, cannot_tell, not_there

# what an import ends in that hands an object of one torch to the code of another: the size that it reads is nonsense
BAD_ALLOC = r"terminate called after throwing an instance of 'std::bad_alloc'"

_INTELS = "+cxx11.abi"  # wheels of Intel's index beside torch 2.0 to 2.3 with intel-extension-for-pytorch


def torchvision_fits(torch: str, torchvision: str) -> bool | None:
    """Whether the releases go together by the table; None when one of them is in no table."""
    if torchvision.endswith(_INTELS):
        return _fits_intels({row.cut(2) for row in _same_minor(Version.of(torchvision))}, torch)
    have, vision = published(torch), published(torchvision)
    if not have or not vision or vision.older_than(floors.limit("torchvision with compiled code")):
        return None
    if not vision.older_than(floors.limit("torchvision for any later torch")):
        return not have.older_than(floors.limit("torch for any later torchvision"))
    fitting = {published(row) for row in catalog.torch_for_torchvision(torchvision)} or _same_minor(vision)
    # another patch release of the same minor keeps the ABI
    return have[:2] in {row[:2] for row in fitting if row} if fitting else None


def _fits_intels(minors: set[Version], torch: str) -> bool | None:
    """Whether what Intel built for its own torch of these minor releases is beside one of them."""
    return Version.of(torch).cut(2) in minors if minors and Version.of(torch) else None


def _same_minor(vision: Version) -> set[Version]:
    rows = ((row.torch, published(row.torchvision.version)) for row in catalog.all_releases() if row.torchvision)
    return {published(torch) for torch, version in rows if version and version[:2] == vision[:2]}


def torchaudio_fits(torch: str, torchaudio: str) -> bool | None:
    if torchaudio.endswith(_INTELS):
        return _fits_intels({Version.of(torchaudio).cut(2)}, torch)
    have, audio, wanted = (published(v) for v in (torch, torchaudio, catalog.companion(torch)[1]))
    if not have or not audio or not wanted:
        return False if _is_ahead(torchaudio, torch) else None
    stable = floors.limit("torchaudio for any later torch")
    if not min(have, audio).older_than(stable):
        return audio <= Version.of(stable) or not have.older_than(floors.limit("torch for torchaudio after 2.11.0"))
    return audio[:2] == wanted[:2]


def _is_ahead(torchaudio: str, torch: str) -> bool:
    """Made for a later minor release than this one, whoever built the two."""
    audio, have = (Version.of(version).cut(2) for version in (torchaudio, torch))
    return len(have) == len(audio) == 2 and have < audio < Version.of(floors.limit("torchaudio for any later torch"))


def cuda_fits(own: BuildTag, other: BuildTag, torchaudio: str) -> bool:
    """Whether torchaudio's import takes the CUDA of torch: up to 2.11.0 it wants the very same version."""
    if own.kind != "cuda" or other.kind != "cuda" or not own.version or not other.version:
        return True
    exact = published(torchaudio).older_than(floors.limit("torchaudio for any CUDA of its major version"))
    return own.version == other.version if exact else own.version[:1] == other.version[:1]


def pypi_build(name: str, release: str, packages: Packages, conda: Conda | None, host: Host | None) -> str:
    """The build of an untagged companion that PyPI has for that system, as that of the torch it was made with."""
    row = catalog.release(release)
    if row and _is_pypis_on_windows(name, release, packages, conda, host):
        return row.pypi_build("windows-x86_64")
    return row.pypi_build("linux-x86_64") if row and is_pypis(name, packages, conda, host) else ""


def _is_pypis_on_windows(name: str, torch: str, packages: Packages, conda: Conda | None, host: Host | None) -> bool:
    """Beside a torch of the PyTorch index, whose companions for Windows carry a tag, too."""
    by_conda = any(p.name == name for p in (conda.packages if conda else ()))
    tagged = "+" in torch and not Version.of(torch).older_than(floors.limit("tags on all CUDA wheels for Windows"))
    return host is not None and host.os == "windows" and tagged and not by_conda and bool(packages.version(name))


def is_pypis(name: str, packages: Packages, conda: Conda | None, host: Host | None) -> bool:
    """Whether a package is the file that PyPI has for Linux on x86_64."""
    package = next((p for p in packages.installed if p.name == name), None)
    by_conda = any(p.name == name for p in (conda.packages if conda else ()))
    here = host is not None and host.os == "linux" and host.architecture == "x86_64"
    return here and package is not None and package.installer in ("pip", "uv") and not package.source and not by_conda


def conda_kinds(name: str, torch: Torch, conda: Conda | None) -> tuple[str, str] | None:
    """What torch and a companion are built for, where conda installed both and its build strings tell."""
    if torch.installer != "conda" or conda is None:
        return None
    builds = {p.name: BuildTag.of_conda(p.build) for p in conda.packages if p.channel != "pypi"}
    own, other = builds.get("pytorch", BuildTag()), builds.get(name, BuildTag())
    return (own.family, other.family) if own.tag and other.tag else None


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
