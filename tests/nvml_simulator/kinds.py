"""Kinds of GPU for scenarios: figures as the real ones answer, and `machine` to put some into one."""

from __future__ import annotations

from collections.abc import Iterable

GIB = 1024**3

# name, compute capability, memory in bytes, PCI device id, PCIe generation, and what else the kind answers
RTX_4090 = ("NVIDIA GeForce RTX 4090", "8.9", 24564 * 1024**2, "0x2684", 4, "")
RTX_4070 = ("NVIDIA GeForce RTX 4070", "8.9", 12282 * 1024**2, "0x2786", 4, "")
RTX_5090 = ("NVIDIA GeForce RTX 5090", "12.0", 32607 * 1024**2, "0x2b85", 5, "")
RTX_3060 = ("NVIDIA GeForce RTX 3060", "8.6", 12288 * 1024**2, "0x2503", 4, "")
RTX_3050_LAPTOP = ("NVIDIA GeForce RTX 3050 Ti Laptop GPU", "8.6", 4096 * 1024**2, "0x25a0", 4, "")
GTX_1080 = ("NVIDIA GeForce GTX 1080", "6.1", 8192 * 1024**2, "0x1b80", 3, "")
TESLA_K80 = ("Tesla K80", "3.7", 11441 * 1024**2, "0x102d", 3, "ecc 1\necc_errors 0\n")
TESLA_T4 = ("Tesla T4", "7.5", 15360 * 1024**2, "0x1eb8", 3, "ecc 1\necc_errors 0\n")
TESLA_V100 = ("Tesla V100-SXM2-16GB", "7.0", 16384 * 1024**2, "0x1db1", 3, "ecc 1\necc_errors 0\nnvlinks 6\n")
A100 = (
    "NVIDIA A100-SXM4-40GB",
    "8.0",
    40960 * 1024**2,
    "0x20b0",
    4,
    "ecc 1\necc_errors 0\nmig 0\nremap_failure 0\nnvlinks 12\n",
)
H200 = (
    "NVIDIA H200",
    "9.0",
    143771 * 1024**2,
    "0x2335",
    5,
    "ecc 1\necc_errors 0\nmig 0\nremap_failure 0\nnvlinks 18\n",
)
B200 = (
    "NVIDIA B200",
    "10.0",
    183359 * 1024**2,
    "0x2901",
    5,
    "ecc 1\necc_errors 0\nmig 0\nremap_failure 0\nnvlinks 18\n",
)

Kind = tuple[str, str, int, str, int, str]


def gpu(kind: Kind, more: str = "") -> str:
    """The lines of one idle GPU of that kind; `more` is added to them and comes first, so that it wins."""
    name, capability, memory, device, generation, special = kind
    head = f"gpu {name}\n{more}"
    identity = f"cc {capability}\nmemory {memory}\nfree {memory - GIB}\npci {device}\n"
    link = f"pcie_generation {generation}\npcie_generation_max {generation}\npcie_width 16\npcie_width_max 16\n"
    state = "temperature 41\nthrottle 0x1\nprocesses 0\ncompute_mode 0\npersistence 1\nvirtualization 0\n"
    return head + special + identity + link + state


def machine(driver: str, cuda: str = "", gpus: Iterable[str] = (), more: str = "") -> str:
    """A scenario: a driver, the CUDA version it carries ("" = it finds no libcuda) and the GPUs (`gpu(…)`)."""
    head = f"driver {driver}\nnvml 12.{driver}\n"
    return head + (f"cuda {cuda}\n" if cuda else "") + more + "".join(gpus)
