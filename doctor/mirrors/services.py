"""The services that sources are looked for, the names people use for them, and what is asked of each."""

from __future__ import annotations

import msgspec


class Service(msgspec.Struct, frozen=True):
    """`client` is the program whose requests count; `kind` names the probe: wheels, conda, apt or files."""

    name: str
    title: str
    client: str
    kind: str


class ServiceFile(msgspec.Struct, frozen=True):
    """A file every source of a service has. With an `md5` it is read whole, and has to match."""

    path: str
    client: str
    size_bytes: int = 0
    md5: str = ""


SERVICES = (
    Service("pypi", "PyPI", "pip", "wheels"),
    Service("pytorch", "PyTorch wheels", "pip", "wheels"),
    Service("nvidia-wheels", "NVIDIA's wheels", "pip", "wheels"),
    Service("conda-defaults", "conda: defaults", "conda", "conda"),
    Service("conda-forge", "conda: conda-forge", "conda", "conda"),
    Service("conda-pytorch", "conda: pytorch (frozen at 2.5)", "conda", "conda"),
    Service("conda-nvidia", "conda: nvidia", "conda", "conda"),
    Service("apt-ubuntu", "apt: Ubuntu", "apt", "apt"),
    Service("apt-debian", "apt: Debian", "apt", "apt"),
    Service("apt-cuda", "apt: CUDA repository", "apt", "apt"),
    Service("uv-python", "uv's Python builds", "uv", "files"),
    Service("miniforge", "Miniforge installers", "other", "files"),
    Service("cifar10", "dataset CIFAR10", "torchvision", "files"),
    Service("mnist", "dataset MNIST", "torchvision", "files"),
    Service("huggingface", "Hugging Face", "huggingface", "files"),
)
BY_NAME = {service.name: service for service in SERVICES}
ALIASES = {
    "conda": ("conda-defaults", "conda-forge", "conda-pytorch", "conda-nvidia"),
    "apt": ("apt-ubuntu", "apt-debian", "apt-cuda"),
    "datasets": ("cifar10", "mnist"),
    "all": tuple(BY_NAME),
    "pypi_simple": ("pypi",),
    "pip": ("pypi",),
    "pytorch_wheels": ("pytorch",),
    "torch": ("pytorch",),
    "pytorch-wheels": ("pytorch",),
    "anaconda_main": ("conda-defaults",),
    "defaults": ("conda-defaults",),
    "conda_forge": ("conda-forge",),
    "pytorch_channel": ("conda-pytorch",),
    "nvidia_channel": ("conda-nvidia",),
    "nvidia_wheels": ("nvidia-wheels",),
    "apt_ubuntu": ("apt-ubuntu",),
    "ubuntu": ("apt-ubuntu",),
    "apt_debian": ("apt-debian",),
    "debian": ("apt-debian",),
    "cuda_apt": ("apt-cuda",),
    "cuda": ("apt-cuda",),
    "hf": ("huggingface",),
    "uv": ("uv-python",),
}

# Files that have been there for long; the hashes are those torchvision 0.29.2 checks (2026-11-23).
FILES: dict[str, tuple[ServiceFile, ...]] = {
    "uv-python": (ServiceFile("20241016/cpython-3.13.0+20241016-x86_64-unknown-linux-gnu-install_only.tar.gz", "uv"),),
    "miniforge": (ServiceFile("Miniforge3-Linux-x86_64.sh", "other"),),
    "cifar10": (ServiceFile("cifar-10-python.tar.gz", "torchvision", 170498071),),
    "mnist": (
        ServiceFile("t10k-labels-idx1-ubyte.gz", "torchvision", 0, "ec29112dd5afa0611ce80d1b7f02629c"),
        ServiceFile("train-images-idx3-ubyte.gz", "torchvision"),
    ),
    "huggingface": (ServiceFile("openai-community/gpt2/resolve/main/model.safetensors", "huggingface"),),
}


def services_named(word: str) -> tuple[str, ...]:
    """The services a word stands for; empty when it stands for none."""
    low = word.strip().lower()
    return (low,) if low in BY_NAME else ALIASES.get(low, ())
