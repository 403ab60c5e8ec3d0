"""Extensions of torch: which torch and CUDA each was built for, as it says itself, in the tag of its wheel, or in what
its wheels on PyPI ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from doctor.catalog import BuildTag, Version, build_of, is_conda_forge, published
from doctor.catalog.torch_pins import pinned_torch
from doctor.facts import Packages, Runtime, Torch
from doctor.model import Evidence
from doctor.rules.api import seen

# "2.5.8+cu122torch2.3cxx11abifalse", "2.1.2+pt24cu121", "0.6+fd27788pt2.4.0cu121", "0.17.1+torch240cu121"
_TORCH = re.compile(r"(?P<word>torch|pt)(?P<digits>\d+)(?P<rest>(?:\.\d+)*)")
_BUILD = re.compile(r"cu(?P<cuda>1\d\d?|\d\d)|(?<![a-z])cpu")
# Beside these, packages are built without CUDA for the torch that is there
_OF_OTHER_MAKERS = frozenset(
    {"torch-npu", "vllm-ascend", "torch-xla", "habana-torch-plugin", "torch-mlu", "torch-musa", "torch-neuronx"}
)
SOURCES = {
    "apex": "https://github.com/NVIDIA/apex",  # PyPI's apex is another project
    "detectron2": "https://github.com/facebookresearch/detectron2",
    "pytorch3d": "https://github.com/facebookresearch/pytorch3d",
}


class Built(NamedTuple):
    """What an extension was built for; `cuda` is a major version, "" without CUDA. None where nobody tells."""

    package: str
    torch: Version
    cuda: str | None
    evidence: Evidence
    fails: bool = False

    @property
    def made_for(self) -> str:
        cuda = None if self.cuda is None else f"CUDA {self.cuda}" if self.cuda else "the CPU"
        return " and ".join(filter(None, (f"torch {self.torch}" if self.torch else None, cuda)))


def for_another_torch(torch: Torch | None, packages: Packages | None, runtime: Runtime | None) -> Built | None:
    """The first extension that was built for another torch than the one here."""
    if torch is None or not published(torch.version):
        return None
    every = (*_of_modules(runtime), *_of_tags(packages), *_of_pins(torch, packages, runtime))
    return next((one for one in every if _differs(one, published(torch.version), build_of(torch))), None)


def _differs(built: Built, torch: Version, build: BuildTag) -> bool:
    if built.torch and built.torch != torch.cut(2):
        return True
    own = str(build.version.cut(1)) if build.version else "" if build.kind == "cpu" else None
    return None not in (built.cuda, own) and built.cuda != own and build.kind in ("cuda", "cpu")


def _of_modules(runtime: Runtime | None) -> Iterator[Built]:
    """Extensions that say what they were built with; one that works with another torch is none of them."""
    for module in runtime.modules if runtime else ():
        name, fails = module.name.partition(".")[0], module.failure is not None
        if module.built_torch and fails:
            tag = BuildTag.of_version(module.built_torch)
            cuda = str(tag.version.cut(1)) if tag.version else "" if tag.kind == "cpu" else None
            told = seen("runtime.modules", f"{name}: built with torch {module.built_torch}")
            yield Built(name, published(module.built_torch).cut(2), cuda, told, fails)
        elif module.built_cuda is not None:
            told = seen("runtime.modules", f"{name}: built with CUDA {module.built_cuda or 'left out'}")
            yield Built(name, Version(), module.built_cuda.partition(".")[0], told, fails)


def _of_tags(packages: Packages | None) -> Iterator[Built]:
    for package in packages.installed if packages else ():
        local = package.version.partition("+")[2].lower()
        if found := _TORCH.search(local):
            build = _BUILD.search(local)
            cuda = _major(build["cuda"] or "") if build else None
            told = seen("packages.installed", f"{package.name} {package.version}")
            yield Built(package.name, _release(found), cuda, told)


def _of_pins(torch: Torch, packages: Packages | None, runtime: Runtime | None) -> Iterator[Built]:
    """Wheels of PyPI; conda builds its own, and a local build ("+cpu", "+git…") is for the torch beside it."""
    failed = {module.name for module in runtime.modules if module.failure} if runtime else set()
    listed = packages.installed if packages else ()
    own = any(package.name.lower().replace("_", "-") in _OF_OTHER_MAKERS for package in listed)
    of_conda = torch.installer == "conda" or is_conda_forge(torch.version)
    for package in () if own or of_conda else listed:
        of_pypi = package.installer != "conda" and ("+" not in package.version or "+cu" in package.version)
        pin = pinned_torch(package.name, package.version) if of_pypi else ""
        if pin and not (pin.endswith("+") and Version.of(torch.version) >= Version.of(pin.rstrip("+"))):
            told = seen("packages.installed", f"{package.name} {package.version}")
            yield Built(package.name, Version.of(pin.rstrip("+")).cut(2), None, told, package.name in failed)


def _release(tag: re.Match[str]) -> Version:
    """ "2.4" of "pt24", "torch240", "torch2.4" and "pt2.4.0"."""
    digits = tag["digits"]
    if tag["rest"]:
        return Version.of(digits + tag["rest"]).cut(2)
    minor = digits[1:] if tag["word"] == "pt" else digits[1:-1]
    return Version.of(f"{digits[0]}.{minor}") if minor else Version()


def _major(digits: str) -> str:
    """ "12" of "121", and of "12"; "9" of "92"."""
    return digits[:2] if digits.startswith("1") else digits[:1]
