"""Facts of the machine: host, processor, memory, storage, accelerators."""

from __future__ import annotations

from doctor.facts.base import Struct


class Host(Struct, frozen=True):
    os: str | None = None  # "linux", "windows", "macos"
    distribution: str | None = None  # as shown to people: "Ubuntu 22.04.5 LTS"
    distribution_id: str | None = None  # "ubuntu", "debian", "fedora", "alpine" …
    distribution_version: str | None = None  # "22.04"; on macOS the macOS version, on Windows "10" or "11"
    distribution_like: tuple[str, ...] = ()
    kernel: str | None = None
    architecture: str | None = None  # of the kernel: "x86_64", "aarch64", "arm64" (macOS), "i686"
    libc: str | None = None  # "glibc", "musl"; "" where there is none (Windows, macOS)
    libc_version: str | None = None
    glibcxx: str | None = None  # highest GLIBCXX version of the libstdc++ the loader finds: "3.4.30"
    wsl: int | None = None  # 0, 1 or 2
    container: str | None = (
        None  # "docker", "podman", "kubernetes", "lxc", "singularity", "colab", "kaggle" …; "" = none
    )
    virtual_machine: str | None = None  # "kvm", "vmware" …; "" = none
    jetson: str | None = None  # Jetson model; "" = none
    l4t: str | None = None  # Jetson Linux release, "36.4.3"
    rosetta: bool | None = None  # this process is translated x86_64 code on Apple silicon
    windows_build: str | None = None  # "22631"
    vc_runtime: str | None = None  # version of the Visual C++ runtime, "" = not installed
    long_paths: bool | None = None  # Windows long paths enabled
    smart_app_control: str | None = None  # "on", "evaluation" or "off"; "" = this Windows has none
    execution_policy: str | None = None  # what Windows PowerShell's comes to: "Restricted", "RemoteSigned" …
    gpu_scheduling: bool | None = None  # Windows: by the GPU itself (HAGS); None = it cannot, or is not known
    wsl_distributions: tuple[str, ...] | None = None  # Windows: what the user has in WSL beside it ("Ubuntu-24.04")
    gpu_timeout_s: int | None = None  # Windows: a GPU that does not answer for so long is reset (TDR); 0 = never
    secure_boot: bool | None = None
    shell: str | None = None  # the shell that is typed into: "bash", "cmd", "powershell", "pwsh" …; "" = none
    tools: tuple[str, ...] | None = None  # of apt, dnf, docker, conda, uv …: those on PATH


class Cpu(Struct, frozen=True):
    model: str | None = None
    flags: tuple[str, ...] | None = None  # lower case: "sse4_1", "avx2", "avx512f"
    logical: int | None = None
    physical: int | None = None
    affinity: int | None = None  # CPUs this process may run on
    quota_cores: float | None = None  # cgroup CPU quota in cores; None = unlimited or not known


class Memory(Struct, frozen=True):
    total_bytes: int | None = None
    available_bytes: int | None = None
    swap_bytes: int | None = None  # swap, or the page file on Windows
    swap_free_bytes: int | None = None
    page_file_managed: bool | None = None  # Windows sets its size and lets it grow
    cgroup_limit_bytes: int | None = None


class Folder(Struct, frozen=True):
    purpose: str  # "environment", "temp", "pip cache", "home", "torch cache", "working folder"
    path: str
    total_bytes: int = 0
    free_bytes: int = 0
    writable: bool = True
    onedrive: bool = False  # in a folder that OneDrive keeps
    noexec: bool = False  # on a file system from which nothing may be executed


class Storage(Struct, frozen=True):
    folders: tuple[Folder, ...] = ()
    shm_bytes: int | None = None  # /dev/shm; 0 = there is none
    shm_free_bytes: int | None = None
    stale_shm: tuple[str, ...] = ()  # /dev/shm/torch_* of processes that are gone
    open_files_soft: int | None = None
    open_files_hard: int | None = None
    address_space_bytes: int | None = None  # that a process may use (`ulimit -v`); None = not limited, or not known


class Gpu(Struct, frozen=True):
    name: str
    index: int = 0
    compute_capability: str | None = None  # "8.9"
    memory_bytes: int | None = None
    memory_free_bytes: int | None = None
    pci_id: str | None = None  # "10de:2684"
    pcie_generation: int | None = None
    pcie_generation_max: int | None = None
    pcie_width: int | None = None
    pcie_width_max: int | None = None
    mig: bool | None = None
    mig_instances: tuple[str, ...] = ()
    ecc: bool | None = None
    ecc_errors: int | None = None  # uncorrected, volatile
    retired_pages: int | None = None
    row_remap_failure: bool | None = None
    throttle_reasons: tuple[str, ...] = ()
    temperature_celsius: int | None = None
    processes: int | None = None
    compute_mode: str | None = None  # "Default", "Exclusive_Process", "Prohibited"
    nvlinks_active: int | None = None
    mobile: bool | None = None


class DeviceNode(Struct, frozen=True):
    path: str
    readable: bool = True
    writable: bool = True
    group: str = ""


class Nvidia(Struct, frozen=True):
    driver_version: str | None = None  # "" = looked, no driver
    cuda_version: str | None = None  # newest CUDA the driver carries: "12.4"; "" = the driver could not tell ("N/A")
    gpus: tuple[Gpu, ...] | None = None  # None = not known; () = none
    gpus_source: str = ""  # "nvml", "libcuda", "proc", "nvidia-smi", "pci", "torch", "text"
    nvml_error: str = ""  # NVML's own constant: "NVML_ERROR_LIB_RM_VERSION_MISMATCH"
    nvml_message: str = ""  # its text, or what nvidia-smi printed instead of a table
    nvml_version: str | None = None  # of the user-space library
    module_version: str | None = None  # of the loaded kernel module; "" = not loaded
    module_open: bool | None = None  # the open kernel module
    modules: tuple[str, ...] | None = None  # of nvidia, nvidia_uvm, nvidia_modeset, nouveau, nova…: those loaded
    module_installed: bool | None = None  # a module for the running kernel lies on disk
    pci_gpus: tuple[Gpu, ...] | None = None  # NVIDIA display devices on the PCI bus
    device_nodes: tuple[DeviceNode, ...] | None = None
    fabric_manager: str | None = None  # "running", "stopped", "absent"
    nvswitches: int | None = None
    container_toolkit: bool | None = None
    libcuda: str | None = None  # path the loader finds; "" = none
    libcuda_version: str | None = None  # from its file name
    libcuda_error: str = ""  # what cuInit answered: "CUDA_ERROR_SYSTEM_NOT_READY (802)", or the loader's words
    persistence: bool | None = None
    vgpu: bool | None = None


class AmdGpu(Struct, frozen=True):
    name: str
    gfx: str | None = None  # "gfx1100"
    index: int = 0


class Amd(Struct, frozen=True):
    gpus: tuple[AmdGpu, ...] = ()
    rocm_version: str | None = None
    driver_loaded: bool | None = None
    device_nodes: tuple[DeviceNode, ...] = ()  # /dev/kfd, /dev/dri/renderD*
    override: str = ""  # HSA_OVERRIDE_GFX_VERSION
    user_groups: tuple[str, ...] = ()


class Intel(Struct, frozen=True):
    gpus: tuple[str, ...] = ()
    level_zero: bool | None = None
    device_nodes: tuple[DeviceNode, ...] = ()


class Apple(Struct, frozen=True):
    chip: str | None = None  # "Apple M2 Pro"
    macos: str | None = None
    in_virtual_machine: bool | None = None
