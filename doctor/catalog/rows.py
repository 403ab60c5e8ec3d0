"""The rows of the catalog, one class a kind of row."""

from __future__ import annotations

import msgspec


class Citation(msgspec.Struct, frozen=True):
    """Where a row comes from, and the day it was read (ISO date)."""

    text: str
    date: str


class CatalogRow(msgspec.Struct, frozen=True, kw_only=True):
    """What all rows say: keys into the file's `sources` (comma-separated), and how sure it is."""

    source: str
    confidence: str = "confirmed"  # "confirmed" or "inferred"
    note: str = ""

    @property
    def inferred(self) -> bool:
        return self.confidence != "confirmed"


class Wheel(CatalogRow, frozen=True, kw_only=True):
    """The wheels of a torch release for one platform."""

    platform: str  # "linux-x86_64", "linux-aarch64", "windows-x86_64", "windows-arm64", "macos-arm64", "macos-x86_64"
    python: tuple[str, ...]  # "cp312"; free-threaded ones end with t: "cp313t"
    preview: tuple[str, ...] = ()  # Pythons that only the PyTorch index has, and where torch.compile refuses
    pypi: str = ""  # build of PyPI's file: "cu132", "cpu", "mps"; "" = not on PyPI
    glibc: str = ""  # lowest glibc, "2.28"
    macos: str = ""  # lowest macOS of the wheel tag, "14.0"
    macos_by_python: dict[str, str] = {}  # where one Python's wheel asks for another macOS


class BuildRow(CatalogRow, frozen=True, kw_only=True):
    """One variant of a release on the PyTorch index: "cu126", "rocm7.2", "xpu", "cpu"."""

    build: str
    platforms: dict[str, str]  # platform -> confidence
    listed: bool = True  # False: exists, but the install selector of pytorch.org does not offer it
    glibc: str = ""  # where it differs from the release's


class Companion(CatalogRow, frozen=True, kw_only=True):
    """torchvision or torchaudio for a torch release: the recommended version, others that work, its wheels."""

    version: str
    also: tuple[str, ...] = ()
    wheels: dict[str, tuple[str, ...]] = {}  # platform -> Python tags; "py3" = any Python 3
    cuda: str = ""  # of PyPI's file for Linux, where it works with more than one torch


class Torchcodec(Companion, frozen=True, kw_only=True):
    """A minor release of torchcodec, its newest patch, and the torch that it belongs to; `later`: and to newer ones."""

    torch: str  # "2.10"
    later: bool = False


class Release(CatalogRow, frozen=True, kw_only=True):
    """One torch release. `date` is the day of its first upload (ISO)."""

    torch: str
    date: str
    requires_python: str = ""
    wheels: tuple[Wheel, ...]
    builds: tuple[BuildRow, ...]
    torchvision: Companion | None = None
    torchaudio: Companion | None = None
    numpy2: tuple[str, ...] = ()  # systems ("linux", "macos", "windows") whose wheels work with NumPy 2
    mps_macos: str = ""  # lowest macOS on which MPS works
    mps_confidence: str = "confirmed"
    triton: str = ""
    notes: tuple[str, ...] = ()

    def wheel(self, platform: str) -> Wheel | None:
        return next((w for w in self.wheels if w.platform == platform), None)

    def build(self, name: str) -> BuildRow | None:
        return next((b for b in self.builds if b.build == name), None)

    def pypi_build(self, platform: str) -> str:
        """The build that PyPI's wheel of this platform is; "" where PyPI has none."""
        wheel = self.wheel(platform)
        return wheel.pypi if wheel else ""


class ArchRow(CatalogRow, frozen=True, kw_only=True):
    """The GPU code in one build: `sm` cubins and `ptx` as capabilities ("8.6"), `gfx` for ROCm."""

    torch: str
    build: str
    platform: str = "linux-x86_64"
    sm: tuple[str, ...] = ()
    ptx: tuple[str, ...] = ()
    gfx: tuple[str, ...] = ()


class GpuModel(CatalogRow, frozen=True, kw_only=True):
    """An NVIDIA model. `other_capabilities`: the same name was also sold with other chips."""

    model: str
    capability: str  # "8.9"
    architecture: str  # "Ada Lovelace"
    family: str  # "consumer", "workstation", "data-center", "jetson", "mining", "automotive"
    pci_ids: tuple[str, ...] = ()  # device part, "2684"
    mobile: bool = False
    other_capabilities: tuple[str, ...] = ()


class AmdModel(CatalogRow, frozen=True, kw_only=True):
    model: str
    gfx: str  # "gfx1100"


class AmdChip(CatalogRow, frozen=True, kw_only=True):
    chip: str  # "Navi 22"
    gfx: str
    pci_ids: tuple[str, ...]  # device part, "73df"


class NearTarget(CatalogRow, frozen=True, kw_only=True):
    """An AMD target that runs the code of another one of its family where HSA_OVERRIDE_GFX_VERSION says so.

    `integrated`: it is the graphics part of a processor.
    """

    gfx: str
    runs_as: str
    integrated: bool = False

    @property
    def override(self) -> str:
        """HSA_OVERRIDE_GFX_VERSION: "10.3.0" for gfx1030."""
        digits = self.runs_as.removeprefix("gfx")
        return f"{digits[:-2]}.{int(digits[-2], 16)}.{int(digits[-1], 16)}"


class CudaRow(CatalogRow, frozen=True, kw_only=True):
    """A CUDA version: the driver floor on each system, and the driver its toolkit came with ("" = not known)."""

    cuda: str
    linux: str
    windows: str
    toolkit_linux: str = ""
    toolkit_windows: str = ""


class Branch(CatalogRow, frozen=True, kw_only=True):
    """A driver branch ("550") and the CUDA version it reports."""

    branch: str
    cuda: str
    windows: str = ""  # version range on Windows: "551-552"
    designation: str = ""  # "LTS", "Production", "New Feature"
    end_of_life: str = ""


class Architecture(CatalogRow, frozen=True, kw_only=True):
    """Which driver branches drive an architecture; "" = no such end known."""

    architecture: str
    capabilities: tuple[str, ...]
    first_driver: str = ""
    last_driver: str = ""


class UvBackend(CatalogRow, frozen=True, kw_only=True):
    """A row of uv's `--torch-backend=auto` table: chosen when the driver is at least `minimum_driver`."""

    os: str
    backend: str
    minimum_driver: str


class AmdBuild(CatalogRow, frozen=True, kw_only=True):
    """A torch of AMD's own index. `gfx`: the targets it has packages of code for; `tried`: those it was seen on."""

    torch: str
    build: str  # "rocm10.0.0"
    torchvision: str
    torchaudio: str
    platform: str
    python: tuple[str, ...]  # "cp312"
    gfx: tuple[str, ...]
    tried: tuple[str, ...] = ()


class CondaBuild(CatalogRow, frozen=True, kw_only=True):
    """A conda-forge build of pytorch; `cuda` is "" for the CPU variant."""

    torch: str
    platform: str
    python: tuple[str, ...]  # "3.12"
    cuda: str = ""
    sm: tuple[str, ...] = ()
    glibc: str = ""
    macos: str = ""


class ProcessorFamily(CatalogRow, frozen=True, kw_only=True):
    """Processors without AVX: what their names have, lower case and without marks, and the newest of their flags."""

    family: str
    names: str  # regular expression
    flags: tuple[str, ...]


class SoldMachine(CatalogRow, frozen=True, kw_only=True):
    """A machine that is sold with one model of GPU."""

    names: str  # regular expression
    gpu: str
    count: int
