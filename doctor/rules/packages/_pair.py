"""Which companion release belongs to a torch release, and how to install the two as a pair."""

from __future__ import annotations

from doctor import catalog
from doctor.catalog import BuildTag, Version, floors, published
from doctor.facts import Conda, Packages, Python, Runtime, Torch
from doctor.model import Remedy
from doctor.rules._pip import PYTORCH_INDEX, environment_of, install, uninstall


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


def works(name: str, runtime: Runtime | None) -> bool:
    """True when the module was imported, and whatever of it was tried after that, without failure."""
    tried = [m for m in (runtime.modules if runtime else ()) if m.name in (name, f"{name}.ops")]
    return bool(tried) and all(m.failure is None for m in tried)


def remedies(
    name: str, wanted: str, torch: Torch, packages: Packages | None, python: Python | None, conda: Conda | None
) -> tuple[Remedy, ...]:
    """Ways to make a pair of torch and its companion, the surest first."""
    # the package's metadata say which file it was: PyPI's carries no tag although torch itself names a build
    installed = (packages.version("torch") if packages else None) or torch.version or ""
    version, tag = installed.partition("+")[0], BuildTag.of_version(installed).tag
    writes = environment_of(python)
    if torch.installer == "conda" and conda and conda.prefix:
        pair = ("conda", "install", "-p", conda.prefix, "-y", f"pytorch={version}", f"{name}={wanted}")
        return (Remedy(f"Let conda install {name} {wanted}", (pair,), writes=(conda.prefix,)),)
    # "===" takes the untagged builds only: "==" also accepts 2.13.0+cpu, and pip would prefer it wherever it lies
    fresh = (uninstall(python, "torch", name), install(python, f"torch==={version}", f"{name}==={wanted}"))
    both = Remedy(f"Install torch and {name} afresh, both in PyPI's default build", fresh, writes=writes)
    if not tag:
        only = install(python, f"{name}=={wanted}")
        return (Remedy(f"Install {name} {wanted}", (only,), writes=writes), both)
    index = install(
        python, "--force-reinstall", "--no-deps", f"{name}=={wanted}", "--index-url", f"{PYTORCH_INDEX}/{tag}"
    )
    same = Remedy(f"Keep torch, install {name} from PyTorch's {tag} index", (index,), writes=writes)
    # a CPU-only torch loses nothing by the default build, and PyPI is reachable where PyTorch's index is not;
    # a CUDA build was chosen for a driver, so it stays
    return (both, same) if tag == "cpu" else (same, both)
