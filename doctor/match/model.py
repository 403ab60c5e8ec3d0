"""What is matched: a machine, a wish, candidates, and the answer. No I/O."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import msgspec

KINDS = ("cuda", "rocm", "xpu", "mps", "cpu")


class Device(msgspec.Struct, frozen=True):
    """One accelerator. `target` is what its code is built for: "8.9" for NVIDIA, "gfx1100" for AMD; "" = not known.

    `runs_as` is the target whose code an AMD GPU is made to run, "" for its own.
    """

    kind: str  # one of KINDS without "cpu"
    name: str
    target: str = ""
    runs_as: str = ""

    @property
    def label(self) -> str:
        if not self.target or self.target in self.name:
            return self.name
        return f"{self.name} ({self.target})"


class Machine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The machine torch is to run on. "" and None mean "not known", which rules nothing out."""

    os: str  # "linux", "windows", "macos"
    arch: str  # of the interpreter: "x86_64", "aarch64", else as the system says ("i686")
    python: str = ""  # "3.12"
    free_threaded: bool = False
    implementation: str = "CPython"
    libc: str = ""  # "glibc" or "musl"
    glibc: str = ""  # "2.31"
    macos: str = ""  # "14.5"
    driver: str | None = None  # NVIDIA driver version; "" = looked, there is none
    devices: tuple[Device, ...] = ()
    wsl: bool = False
    l4t: str = ""  # Jetson Linux release: the board of a Jetson
    rosetta: bool = False  # an x86_64 interpreter on Apple silicon
    interpreter: str = ""  # path of the inspected interpreter, as the commands name it
    closed: bool = False  # it takes no packages: the operating system's own

    @property
    def platform(self) -> str:
        """The catalog's name of the platform; one it does not have (32-bit, ppc64le) has no builds."""
        arch = "arm64" if self.arch == "aarch64" and self.os in ("windows", "macos") else self.arch
        return f"{self.os}-{arch}"

    @property
    def tag(self) -> str:
        """The CPython tag of wheels, "cp313t"; "" when the Python is not known."""
        return f"cp{self.python.replace('.', '')}{'t' * self.free_threaded}" if self.python else ""


class Wish(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the person narrows: versions of torch (PEP 440), the kind of accelerator, one build, the package source.

    `index_url` is used as it is, with `{build}` replaced; one that ends in `/whl` or `/pytorch-wheels` is the root of
    a copy of the PyTorch index, and one that ends in a build tag offers that build only.
    """

    torch: str = ""
    accelerator: str = ""
    build: str = ""
    index_url: str = ""


class Constraint(StrEnum):
    """Why a candidate cannot be taken, in the order people want to hear it."""

    PLATFORM = "platform"
    LIBC = "libc"
    GLIBC = "glibc"
    MACOS = "macos"
    PYTHON = "python"
    KERNELS = "kernels"
    DRIVER = "driver"
    ACCELERATOR = "accelerator"
    INDEX = "index"
    TORCH = "torch"


class Violation(msgspec.Struct, frozen=True):
    """What speaks against a candidate. Few of the hundreds of texts are shown: `words` makes one when it is."""

    constraint: Constraint
    words: Callable[[], str]

    @property
    def text(self) -> str:
        return self.words()


class Rejected(msgspec.Struct, frozen=True):
    torch: str
    build: str
    reason: str


class LeftOut(msgspec.Struct, frozen=True):
    """A GPU that the choice does not use, and why."""

    gpu: str
    reason: str


class Choice(msgspec.Struct, frozen=True):
    """What to install. A companion of None does not exist for this machine; `index_url` of None: PyPI's own file."""

    torch: str
    torchvision: str | None
    torchaudio: str | None
    build: str
    index_url: str | None


class CondaChoice(msgspec.Struct, frozen=True):
    """The conda-forge build for the same machine; `cuda` of "" is the CPU build."""

    torch: str
    cuda: str
    as_of: str  # the day of the newest recipe read (ISO)
    inferred: bool = True


class AmdChoice(msgspec.Struct, frozen=True):
    """The build of AMD's own index; the code for each of the `targets` comes as an extra of torch."""

    torch: str
    torchvision: str
    torchaudio: str
    build: str
    index_url: str
    targets: tuple[str, ...]
    as_of: str  # the day the index was looked at (ISO)
    inferred: bool = True


class Nearest(msgspec.Struct, frozen=True):
    """What would fit if one thing were different."""

    torch: str
    build: str
    change: str


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """The answer. `confidence` is "confirmed" or "inferred"; `notes` are for people."""

    choice: Choice | None
    accelerator: str  # the kind of build that was looked for, one of KINDS
    rejected: tuple[Rejected, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    nearest: tuple[Nearest, ...] = ()
    message: str = ""
    confidence: str = "confirmed"
    notes: tuple[str, ...] = ()
    numpy: str = ""  # a requirement to add, "numpy<2"
    conda: CondaChoice | None = None
    amd: AmdChoice | None = None
