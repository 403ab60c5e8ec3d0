"""Hosts that advice is given for: operating systems, environments, Pythons and accelerators, each as facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from doctor.facts import (
    Amd,
    AmdGpu,
    Apple,
    Conda,
    CondaPackage,
    DamagedFile,
    DeviceNode,
    Facts,
    Folder,
    Gpu,
    Host,
    Intel,
    Nvidia,
    Package,
    Packages,
    Python,
    Runtime,
    Sources,
    Storage,
    Toolkits,
    Torch,
    Unmet,
    Variables,
)
from doctor.model import absent, ok

GIB = 1024**3
_NONE: dict[str, Any] = {name: absent("looked, and there is none") for name in ("nvidia", "amd", "intel", "apple")}


def _linux(name: str, release: str, like: tuple[str, ...], glibc: str, **more: Any) -> Host:
    usual = {"architecture": "x86_64", "kernel": "6.1.0-18-amd64", "libc": "glibc", "libc_version": glibc}
    fields = {"wsl": 0, "container": "", "jetson": "", **usual, **more}
    return Host(os="linux", distribution_id=name, distribution_version=release, distribution_like=like, **fields)


APT = ("apt-get", "sudo", "systemctl", "modprobe")
DNF = ("dnf", "sudo", "systemctl", "modprobe")
SYSTEMS: dict[str, Host] = {
    "windows-10": Host(
        os="windows",
        distribution_version="10",
        architecture="x86_64",
        libc="",
        windows_build="19045",
        shell="cmd",
    ),
    "windows-unknown-shell": Host(os="windows", architecture="x86_64", libc=""),
    "windows-11": Host(
        os="windows",
        shell="powershell",
        distribution_version="11",
        architecture="x86_64",
        libc="",
        windows_build="26100",
        tools=("winget",),
    ),
    "wsl": _linux("ubuntu", "24.04", ("debian",), "2.39", wsl=2, kernel="5.15.167-microsoft-standard-WSL2", tools=APT),
    "ubuntu-20.04": _linux("ubuntu", "20.04", ("debian",), "2.31", tools=APT),
    "ubuntu-24.04": _linux("ubuntu", "24.04", ("debian",), "2.39", tools=APT, secure_boot=True),
    "mint": _linux("linuxmint", "22", ("ubuntu", "debian"), "2.39", tools=APT),
    "debian-12": _linux("debian", "12", (), "2.36", tools=APT),
    "debian-13": _linux("debian", "13", (), "2.41", tools=APT),
    "fedora": _linux("fedora", "43", (), "2.42", tools=DNF),
    "rhel-8": _linux("rhel", "8.10", ("fedora",), "2.28", tools=DNF),
    "rocky-9": _linux("rocky", "9.6", ("rhel", "centos", "fedora"), "2.34", tools=DNF),
    "rhel-10": _linux("rhel", "10.0", ("fedora",), "2.39", tools=DNF),
    "arch": _linux("arch", "", (), "2.42", tools=("pacman", "sudo")),
    "suse": _linux("opensuse-leap", "15.6", ("suse", "opensuse"), "2.38", tools=("zypper", "sudo")),
    "alpine": msgspec.structs.replace(
        _linux("alpine", "3.22", (), ""), libc="musl", libc_version="1.2.5", tools=("apk",)
    ),
    "macos-arm64": Host(os="macos", distribution_version="15.5", architecture="arm64", libc="", wsl=0),
    "macos-old": Host(os="macos", distribution_version="12.7", architecture="arm64", libc="", wsl=0),
    "macos-intel": Host(os="macos", distribution_version="13.6", architecture="x86_64", libc="", wsl=0),
    "jetson": _linux(
        "ubuntu",
        "22.04",
        ("debian",),
        "2.35",
        architecture="aarch64",
        jetson="Jetson AGX Orin",
        l4t="36.4.3",
        tools=APT,
    ),
    "docker": _linux("debian", "12", (), "2.36", container="docker", tools=("apt-get",)),
    "podman": _linux("fedora", "43", (), "2.42", container="podman", tools=("dnf",)),
    "kubernetes": _linux("ubuntu", "22.04", ("debian",), "2.35", container="kubernetes", tools=("apt-get",)),
    "apptainer": _linux("rocky", "9.6", ("rhel", "fedora"), "2.34", container="apptainer", tools=("dnf",)),
    "linux-unknown": Host(os="linux"),
    "unknown": Host(),
}

ENVIRONMENTS = ("pip", "uv without pip", "conda", "externally managed", "read-only", "unknown")
PYTHONS = ("3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14", "3.15")


def _gpu(name: str, capability: str, driver: str, cuda: str) -> Nvidia:
    """With every part that a rule may want to mend: switches, holders of the device, nodes of a group."""
    return Nvidia(
        driver_version=driver,
        cuda_version=cuda,
        gpus=(Gpu(name, compute_capability=capability, compute_mode="Exclusive_Process", mig=True),),
        gpus_source="nvml",
        modules=("nouveau",),
        module_installed=False,
        device_nodes=(DeviceNode("/dev/nvidia0", readable=False, writable=False, group="video"),),
        libcuda="/usr/lib/x86_64-linux-gnu/libcuda.so.1",
        nvswitches=4,
    )


ACCELERATORS: dict[str, dict[str, Any]] = {
    "none": {},
    "rtx-4090": {"nvidia": ok(_gpu("NVIDIA GeForce RTX 4090", "8.9", "580.95.05", "13.0"))},
    "rtx-5090-old-driver": {"nvidia": ok(_gpu("NVIDIA GeForce RTX 5090", "12.0", "535.104.05", "12.2"))},
    "gtx-1080": {"nvidia": ok(_gpu("NVIDIA GeForce GTX 1080", "6.1", "535.104.05", "12.2"))},
    "gt-710": {"nvidia": ok(_gpu("NVIDIA GeForce GT 710", "3.5", "470.256.02", "11.4"))},
    "no-driver": {
        "nvidia": ok(Nvidia(driver_version="", gpus=(), pci_gpus=(Gpu("NVIDIA GeForce RTX 3060", pci_id="10de:2503"),)))
    },
    "rx-7900": {"amd": ok(Amd((AmdGpu("AMD Radeon RX 7900 XTX", "gfx1100"),), "6.4", True))},
    "rx-6700": {"amd": ok(Amd((AmdGpu("AMD Radeon RX 6700 XT", "gfx1031"),), "6.4", True))},
    "arc": {"intel": ok(Intel(("Intel Arc B580",), level_zero=True))},
}


class Case(NamedTuple):
    """One host to be advised."""

    system: str
    environment: str
    python: str
    accelerator: str
    facts: Facts


def cases() -> Iterator[Case]:
    """Every system with every environment and accelerator that it can have, the Pythons taking turns, and every
    Python on the commonest systems."""
    turn = 0
    for system in SYSTEMS:
        for environment in ENVIRONMENTS:
            for accelerator in _of(system):
                turn += 1
                yield case(system, environment, PYTHONS[turn % len(PYTHONS)], accelerator)
    for system in ("windows-11", "ubuntu-24.04", "macos-arm64"):
        for python in PYTHONS:
            yield case(system, "pip", python, _of(system)[1 if len(_of(system)) > 1 else 0])


def _of(system: str) -> tuple[str, ...]:
    if system.startswith(("macos", "unknown", "linux-unknown")):
        return ("none",)
    return ("none", "rtx-4090") if system == "jetson" else tuple(ACCELERATORS)


def case(system: str, environment: str, python: str, accelerator: str) -> Case:
    """The facts of one host; where the system is unknown, nothing else is known either."""
    host = SYSTEMS[system]
    if system == "unknown":
        return Case(system, "unknown", "", accelerator, Facts())
    facts = {**_NONE, **ACCELERATORS[accelerator], **_software(host, environment, python)}
    if host.os == "macos":
        facts["apple"] = ok(
            Apple(chip="Apple M3" if host.architecture == "arm64" else "", macos=host.distribution_version)
        )
    return Case(system, environment, python, accelerator, Facts(host=ok(host), **facts))


def _software(host: Host, environment: str, python: str) -> dict[str, Any]:
    """A Python with things to mend in it: unmet requirements, leftovers, damaged files, two copies."""
    prefix = "C:\\envs\\train" if host.os == "windows" else "/envs/train"
    program = f"{prefix}\\Scripts\\python.exe" if host.os == "windows" else f"{prefix}/bin/python"
    known = environment != "unknown"
    interpreter = Python(
        executable=program if known else None,
        version=f"{python}.4" if known else None,
        implementation="CPython",
        bits=64,
        prefix=prefix if known else None,
        kind={"conda": "conda", "uv without pip": "uv", "externally managed": "system"}.get(environment, "venv"),
        pip_version="" if environment == "uv without pip" else "25.3",
        externally_managed=environment == "externally managed",
    )
    torch = Torch(version="2.3.1", build="cu121", cuda_version="12.1", location=f"{prefix}/torch", installer="pip")
    facts: dict[str, Any] = {
        "python": ok(interpreter),
        "torch": ok(torch),
        "packages": ok(_packages()),
        "storage": ok(_storage(prefix, environment)),
        "toolkits": ok(Toolkits(nvcc_version="11.8", cuda_home="/usr/local/cuda")),
        "variables": ok(Variables({"CUDA_VISIBLE_DEVICES": "7", "ALL_PROXY": "socks5://127.0.0.1:1080"})),
        "runtime": ok(Runtime(imported=True, cuda_available=False, cuda_device_count=1)),
        "sources": ok(Sources()),
    }
    if environment == "conda":
        by_conda = CondaPackage("pytorch", "2.3.1", "py3.11_cuda12.1_cudnn8.9.2_0", "pytorch")
        facts["conda"] = ok(Conda(prefix=prefix, name="train", channels=("pytorch",), packages=(by_conda,)))
    return facts


def _packages() -> Packages:
    torch = Package("torch", "2.3.1+cu121", "pip")
    return Packages(
        installed=(torch, Package("torchvision", "0.17.0", "pip"), Package("doctor", "1.0", "pip")),
        unmet=(Unmet("torch", "nvidia-cudnn-cu12==8.9.2.26; platform_system == 'Linux'", ""),),
        damaged=(DamagedFile("torch/lib/libc10.so", "missing"),),
        duplicates=(torch, torch),
        leftovers=("/envs/train/lib/python3.11/site-packages/~orch",),
    )


def _storage(prefix: str, environment: str) -> Storage:
    folder = Folder("environment", prefix, 100 * GIB, 50 * GIB, writable=environment != "read-only")
    return Storage(
        (folder,), shm_bytes=64 * 1024**2, stale_shm=("torch_1_2",), open_files_soft=256, open_files_hard=4096
    )
