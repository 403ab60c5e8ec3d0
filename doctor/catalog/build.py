"""Which build of torch: its tag on the PyTorch index ("cu126", "rocm6.3", "xpu", "cpu") and what the tag says."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from doctor.catalog.version import Version
from doctor.facts import Torch

_TAG = re.compile(
    r"(?:(?P<plain>cpu|xpu|mps)|cu(?:(?P<major>[789]|\d\d)(?P<minor>\d)|\d+)|rocm(?P<rocm>\d+(?:\.\d+)*))(?![a-z\d])",
    re.ASCII,
)
_PUBLISHED = r"\d+\.\d+(?:\.\d+)?(?:\.post\d+)?"  # kept as text, as most runs do not need it compiled


class BuildTag(msgspec.Struct, frozen=True):
    """A build; everything is empty when it is not known. `version` is that of CUDA or ROCm."""

    tag: str = ""
    kind: str = ""  # "cuda", "rocm", "xpu", "cpu", or "mps": a Mac's wheel, used with its GPU
    version: Version = Version()

    @staticmethod
    @lru_cache(maxsize=1024)
    def of(tag: str | None) -> BuildTag:
        """The build of a tag, and of nothing but a tag."""
        found = _TAG.fullmatch(tag or "")
        return _read(found) if found else BuildTag()

    @staticmethod
    def of_version(version: str) -> BuildTag:
        """The build that the local part of a wheel's version names; none for a vendor's ("2.4.0+rocm6.3.4.git7ce")."""
        return BuildTag.of(version.partition("+")[2])

    @staticmethod
    def of_conda(build: str) -> BuildTag:
        """The build of a conda package; nothing where its build string does not tell.

        "py3.10_cuda12.1_cudnn8.9.2_0" and "py310_cu121" (channel pytorch), "cuda118_py310h…" and "cpu_mkl_py39…"
        (conda-forge), "gpu_cuda113py38h…" (defaults).
        """
        if found := re.search(r"cuda_?(\d{1,2}\.\d)", build):
            return BuildTag.stated("", found[1])
        if found := re.search(r"(?:cuda_?|(?:^|_)cu)(\d{2,3})(?!\d)", build):
            return BuildTag.of(f"cu{found[1]}")
        return BuildTag.of("cpu" if re.search(r"(?:^|_)cpu(?:_|$)", build) else "")

    @staticmethod
    def stated(label: str, cuda: str | None = None, hip: str | None = None, xpu: str | None = None) -> BuildTag:
        """What torch says that it is: the tag its local version begins with, else what it was built with.

        Of a version it was built with "" means that it was built without, None that nobody told.
        """
        found = _TAG.match(label)
        named = _read(found) if found else BuildTag()
        made = _made_with(cuda, hip, xpu)
        return made if made.kind and not named.version and named.kind in ("", made.kind) else named

    @property
    def cuda(self) -> str:
        """The CUDA version, "12.6"; "" for other builds and when it is not known."""
        return str(self.version) if self.kind == "cuda" else ""

    @property
    def name(self) -> str:
        """For people: "CUDA 12.6", "ROCm 7.2", "the CPU"."""
        names = {"cuda": f"CUDA {self.version}", "rocm": f"ROCm {self.version}", "cpu": "the CPU"}
        return names.get(self.kind, self.kind)

    @property
    def family(self) -> str:
        """What two packages that work together have in common: "CUDA 12", "ROCm", "cpu", "xpu"."""
        return {"cuda": f"CUDA {self.version.cut(1)}", "rocm": "ROCm"}.get(self.kind, self.kind)


def _read(found: re.Match[str]) -> BuildTag:
    if found["plain"]:
        return BuildTag(found[0], found[0])
    if found["rocm"]:
        return BuildTag(found[0], "rocm", Version.of(found["rocm"]))
    return BuildTag(found[0], "cuda", Version.of(f"{found['major']}.{found['minor']}") if found["major"] else Version())


def _made_with(cuda: str | None, hip: str | None, xpu: str | None) -> BuildTag:
    if version := Version.of(hip).cut(2):
        return BuildTag(f"rocm{version}", "rocm", version)
    if version := Version.of(cuda).cut(2):
        return BuildTag(f"cu{''.join(map(str, version))}", "cuda", version)
    if Version.of(xpu):
        return BuildTag("xpu", "xpu")
    return BuildTag("cpu", "cpu") if cuda == "" and not hip and not xpu else BuildTag()


def build_of(torch: Torch | None) -> BuildTag:
    """The build of an installed torch, as far as the facts tell it."""
    known = torch or Torch()
    return BuildTag.stated(known.build or "", known.cuda_version, known.hip_version, known.xpu_version)


def published(version: str | None) -> Version:
    """The release of a wheel: (2, 7, 1) of "2.7.1+cu126".

    Not known for pre-releases, source builds and vendors' builds: they follow no table.
    """
    public, _, local = (version or "").strip().partition("+")
    numbers = Version.of(public) if re.fullmatch(_PUBLISHED, public) else Version()
    return Version((*numbers, 0)[:3]) if numbers and (not local or BuildTag.of(local).tag) else Version()


def is_conda_forge(version: str | None) -> bool:
    """conda-forge's recipe of 2.0 to 2.6 appends its build number, with 100 for MKL and 200 for CUDA: 2.1.2.post301."""
    return bool(re.fullmatch(r"\d\.\d+\.\d+\.post[1-3]\d\d", version or ""))
