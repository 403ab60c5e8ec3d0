"""Facts of the software: the target Python, its packages, torch, toolkits, configuration."""

from __future__ import annotations

from typing import Any

from doctor.facts.base import Struct


class Shadow(Struct, frozen=True):
    module: str  # "torch", "numpy", "random" …
    path: str
    lacks: tuple[str, ...] = ()  # of the standard library's names in its place, where it has not most of them


class Python(Struct, frozen=True):
    executable: str | None = None
    version: str | None = None  # "3.12.4"
    bits: int | None = None
    implementation: str | None = None  # "CPython", "PyPy"
    free_threaded: bool | None = None
    machine: str | None = None  # architecture of the interpreter itself: "x86_64", "arm64"
    platform: str | None = None  # sysconfig.get_platform(): "linux-x86_64", "macosx-14.0-arm64", "win32"
    prefix: str | None = None
    base_prefix: str | None = None
    kind: str | None = None  # "venv", "virtualenv", "uv", "conda", "mamba", "pixi", "pyenv", "system"
    beside: str | None = None  # the environment that the executable lies in and does not belong to, "" for none
    misled_by: tuple[str, ...] = ()  # the variables without which it starts, and with which it does not
    externally_managed: bool | None = None
    user_site: str | None = None  # the folder when it is on sys.path, "" when not
    site_length: int | None = None  # Windows: characters of the folder that packages are installed into
    python_path: tuple[str, ...] = ()
    shadowing: tuple[Shadow, ...] = ()  # files in the working folder that hide modules
    start_method: str | None = None  # default multiprocessing start method
    sharing_strategy: str | None = None
    pip_version: str | None = None  # "" = the target has no pip
    jupyter: bool | None = None  # a Jupyter kernel runs from this environment


class ConfigFile(Struct, frozen=True):
    path: str
    settings: dict[str, Any] = {}
    problem: str = ""  # unreadable, half-written …


class CondaPackage(Struct, frozen=True):
    name: str
    version: str
    build: str = ""
    channel: str = ""


class Conda(Struct, frozen=True):
    prefix: str | None = None
    name: str | None = None
    version: str | None = None
    virtual_packages: tuple[str, ...] | None = None  # "__cuda=12.4"
    channels: tuple[str, ...] = ()
    config_files: tuple[ConfigFile, ...] = ()
    packages: tuple[CondaPackage, ...] = ()
    pip_over_conda: tuple[str, ...] = ()  # names installed by both


class Environment(Struct, frozen=True):
    path: str
    kind: str  # "bootstrap" (made or used by it), "conda", "venv", "pyenv", "jupyter kernel"
    name: str = ""
    python_version: str | None = None
    torch_version: str | None = None  # "" = no torch in it


class Environments(Struct, frozen=True):
    found: tuple[Environment, ...] = ()


class Package(Struct, frozen=True):
    name: str  # normalised: lower case, "-"
    version: str
    installer: str = ""  # "pip", "uv", "conda", "poetry"
    location: str = ""
    requires: tuple[str, ...] = ()
    source: str = ""  # direct_url, when installed from one


class Unmet(Struct, frozen=True):
    package: str
    requirement: str
    found: str  # version, "" = not installed


class DamagedFile(Struct, frozen=True):
    path: str
    problem: str  # "missing", "size", "hash"
    expected: str = ""
    found: str = ""
    package: str = ""  # whose file it is; "" where it is not known


class Packages(Struct, frozen=True):
    installed: tuple[Package, ...] = ()
    unmet: tuple[Unmet, ...] = ()
    damaged: tuple[DamagedFile, ...] = ()  # of torch, its companions and what they need
    duplicates: tuple[Package, ...] = ()  # every copy of a distribution found more than once on sys.path
    leftovers: tuple[str, ...] = ()  # "~orch" folders and metadata without a module, half-removed installs
    complete: bool = True  # False: the text lists only some

    def version(self, name: str) -> str | None:
        return next((p.version for p in self.installed if p.name == name), None)


class Toolkit(Struct, frozen=True):
    version: str
    path: str
    found_by: str  # "PATH", "CUDA_HOME", "/usr/local"


class ShadowingLibrary(Struct, frozen=True):
    library: str  # "libcudnn.so.9"
    path: str
    variable: str  # "LD_LIBRARY_PATH", "PATH", "LD_PRELOAD"


class Toolkits(Struct, frozen=True):
    nvcc_version: str | None = None  # of the nvcc that PATH finds; "" = none
    cuda_home: str | None = None
    installed: tuple[Toolkit, ...] = ()
    cudnn_version: str | None = None  # system-wide
    shadowing: tuple[ShadowingLibrary, ...] = ()
    compiler: str | None = None  # "gcc 12.2.0"; "" = none
    nvrtc_architectures: tuple[str, ...] = ()
    libcuda_linkable: bool | None = None  # a libcuda.so (not only .so.1) that `ld -lcuda` would find


class AbsentLibrary(Struct, frozen=True):
    """A DLL that lies nowhere where Windows looks for it."""

    name: str  # as it is asked for: "VCRUNTIME140_THREADS.dll"
    needed_by: str  # the first file that asks: "torch_cpu.dll"


class Torch(Struct, frozen=True):
    """torch as it lies on disk, nothing imported."""

    version: str | None = None  # "2.7.1+cu126"; "" = not there
    build: str | None = None  # "cu126", "cpu", "rocm6.3", "xpu"; None = not known
    cuda_version: str | None = None  # "" = built without CUDA
    hip_version: str | None = None
    xpu_version: str | None = None
    debug: bool | None = None
    git_commit: str | None = None
    location: str | None = None
    installer: str | None = None
    size_bytes: int | None = None
    source_build: bool | None = None
    absent_libraries: tuple[AbsentLibrary, ...] | None = None  # that its DLLs ask for; None: not Windows, or not read


class Failure(Struct, frozen=True):
    """Something that failed in the target: the last line, the whole text, and how the process ended."""

    message: str
    text: str = ""
    library: str = ""  # shared library that failed
    signal: str = ""  # "SIGSEGV"
    timed_out: bool = False


class DeviceCheck(Struct, frozen=True):
    device: str  # "cpu", "cuda:0", "mps", "xpu:0", "privateuseone:0" (DirectML)
    name: str = ""
    ok: bool = True
    error: str = ""
    max_difference: float | None = None  # against the CPU
    compute_capability: str | None = None


class Module(Struct, frozen=True):
    """One imported module: `failure` is None when it works."""

    name: str
    version: str | None = None
    failure: Failure | None = None
    took_ms: float = 0.0
    built_torch: str | None = None  # of an extension, the torch that it was built with: "2.4.0+cu121"
    built_cuda: str | None = None  # the CUDA that it was built with: "12.1"; "" = none
    built_sm: tuple[str, ...] | None = None  # the capabilities that it has code for: "8.6"


class Runtime(Struct, frozen=True):
    """torch imported in the target interpreter; the steps in the order they were done."""

    imported: bool | None = None
    failure: Failure | None = None  # of `import torch`
    import_ms: float | None = None
    file: str | None = None  # torch.__file__
    arch_list: tuple[str, ...] | None = None  # "sm_80", "compute_90", "gfx1100"
    cuda_available: bool | None = None
    cuda_warning: str = ""  # what is_available() or init said
    cuda_device_count: int | None = None
    devices: tuple[DeviceCheck, ...] = ()
    cudnn_version: str | None = None
    nccl_version: str | None = None
    mps_built: bool | None = None
    mps_available: bool | None = None
    xpu_available: bool | None = None
    hip: bool | None = None
    threads: int | None = None
    modules: tuple[Module, ...] = ()  # torchvision, torchvision.ops, torchvision.io, torchaudio, triton, numpy bridge
    warnings: tuple[str, ...] = ()
    stopped_at: str = ""  # the step during which the process hung or died
    loaded_libraries: tuple[str, ...] = ()  # OpenMP, MKL and CUDA libraries mapped into the process

    def module(self, name: str) -> Module | None:
        return next((m for m in self.modules if m.name == name), None)


class Variables(Struct, frozen=True):
    values: dict[str, str] = {}
    complete: bool = True  # False: the text lists only some
    launched: dict[str, str] = {}  # what a launcher's configuration sets for the programs that it starts


class Source(Struct, frozen=True):
    """One configured package source; credentials removed from `url`."""

    tool: str  # "pip", "uv", "conda", "apt"
    key: str  # "index-url", "extra-index-url", "find-links", "channels", "trusted-host", "proxy"
    url: str
    where: str = ""  # file or variable it was read from
    verdict: str = ""  # filled by `check --network`
    reason: str = ""


class Sources(Struct, frozen=True):
    entries: tuple[Source, ...] = ()
    config_files: tuple[ConfigFile, ...] = ()
    ca_bundle: str = ""
    pytorch: str = ""  # root of the PyTorch index that was chosen with `mirrors --apply`


class ErrorText(Struct, frozen=True):
    """An error text seen on that machine, and what it names beside the facts it tells."""

    text: str
    libraries: tuple[str, ...] = ()  # shared libraries that could not be loaded: "libcudart.so.11.0"
    hosts: tuple[str, ...] = ()  # host names of addresses
    statuses: tuple[int, ...] = ()  # HTTP status codes
    signals: tuple[str, ...] = ()  # "SIGSEGV"
    exit_codes: tuple[int, ...] = ()
    ranks: tuple[int, ...] = ()
