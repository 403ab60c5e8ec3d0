"""A Dockerfile: that there is a container, and what its base image brings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doctor.catalog import floors
from doctor.facts import Host, Python, Toolkits, Torch, Variables
from doctor.intake.dump_software import torch_of_version
from doctor.intake.formats.collect_env import is_variable
from doctor.intake.merge import Partial, merge
from doctor.intake.platforms import host_of_os
from doctor.intake.values import known_sections
from doctor.intake.witness import Witness
from doctor.privacy import redact

TITLE = "a Dockerfile"
WITNESS = Witness.FILE
OPENS = ""
LEFT_OUT: tuple[str, ...] = ()  # all of the file is taken

_FROM = re.compile(r"^FROM (?:--platform=\S+ )?(?P<image>[\w./:@${}-]{2,200})(?: AS (?P<name>[\w.-]{1,60}))?\s*$", re.I)
_PLATFORM = re.compile(r"^FROM --platform=linux/(amd64|arm64)\b", re.I)
_ARCHITECTURES = {"amd64": "x86_64", "arm64": "aarch64"}
_INSTRUCTION = re.compile(
    r"^(?:FROM|ARG|RUN|CMD|LABEL|EXPOSE|ENV|ADD|COPY|ENTRYPOINT|VOLUME|USER|WORKDIR|ONBUILD|STOPSIGNAL|HEALTHCHECK"
    r"|SHELL) \S"
)
_ARGUMENT = re.compile(r"^ARG (\w+)=[\"']?([\w./:-]{1,200})[\"']?\s*$")
_ENV = re.compile(r"^ENV (\w+)[= ][\"']?([^\"'\s\\]{0,200})[\"']?\s*\\?$")
_INSTALLS_TORCH = re.compile(r"\b(?:install|add|sync)\b.{0,300}(?:\btorch\b|\bpytorch\b|requirements)")
_CUDA = re.compile(
    r"nvidia/cuda:(?P<cuda>\d{1,2}\.\d(?:\.\d)?)-(?:cudnn\d*-)?(?P<kind>base|runtime|devel)"
    r"-(?P<system>[a-z]+)(?P<release>[\d.]+)$"
)
_PYTORCH = re.compile(
    r"(?:^|/)pytorch/pytorch:(?P<torch>\d\.\d{1,2}(?:\.\d)?)-cuda(?P<cuda>\d{1,2}\.\d)-cudnn\d+-(?:runtime|devel)$"
)
_ROCM = re.compile(
    r"rocm/pytorch:rocm(?P<rocm>\d\.\d(?:\.\d)?)_ubuntu(?P<release>\d\d\.\d\d)_py(?P<python>3\.\d{1,2})"
    r"_pytorch(?:_release)?_(?P<torch>\d\.\d{1,2}\.\d)$"
)
_PYTHON = re.compile(r"(?:^|/)python:(?P<python>3\.\d{1,2}(?:\.\d{1,2})?)(?P<flavour>-[\w.-]+)?$")
_L4T = re.compile(  # NVIDIA's images for Jetson boards, and those made of them
    r"(?:^|/)(?:l4t-[a-z]+|dustynv/[\w-]+):(?:[\w.]{1,20}-)?r(?P<l4t>3\d\.\d(?:\.\d)?)\b|(?:^|/)\S{1,60}-jetpack(?P<jetpack>[4-7])$"
)
_SYSTEM = re.compile(
    r"^(?P<system>ubuntu|debian|fedora|alpine|rockylinux|almalinux|centos|archlinux|amazonlinux):(?P<release>[\w.]+)$"
)
_CODENAMES = {"buster": "10", "bullseye": "11", "bookworm": "12", "trixie": "13"}
_UBUNTU_NAMES = {"bionic": "18.04", "focal": "20.04", "jammy": "22.04", "noble": "24.04"}
_NAMES = {"ubi": "RHEL", "rockylinux": "Rocky", "archlinux": "Arch Linux", "amazonlinux": "Amazon Linux"}


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    block = _block(lines)
    if not block:
        return {}, set()
    text = [lines[index].strip() for index in block]
    facts: Partial = {"host": Host(os="linux", container="docker", architecture=_platform(text))}
    facts = merge(_of_image(image_of(text), any(map(_INSTALLS_TORCH.search, text))), facts)
    values = {found[1]: redact(found[2]) for line in text if (found := _ENV.match(line)) and is_variable(found[1])}
    return {**facts, **({"variables": Variables(values, complete=False)} if values else {})}, set(block)


def instructions(lines: Sequence[str]) -> list[str]:
    """The lines of the file, without those around it."""
    return [lines[index].strip() for index in _block(lines)]


def _platform(text: Sequence[str]) -> str | None:
    found = next(filter(None, map(_PLATFORM.match, reversed(text))), None)
    return _ARCHITECTURES[found[1]] if found else None


def _block(lines: Sequence[str]) -> range:
    """From the first instruction to the last line that one goes on to; a FROM alone is a word."""
    first = next((i for i, line in enumerate(lines) if _FROM.match(line)), None)
    if first is None:
        return range(0)
    start = next((i + 1 for i in range(first - 1, -1, -1) if not _belongs(lines, i, first)), 0)
    end = next((i for i in range(first, len(lines)) if not _belongs(lines, i, first)), len(lines))
    count = sum(bool(_INSTRUCTION.match(lines[index])) for index in range(start, end))
    return range(start, end) if count > 1 else range(0)


def _belongs(lines: Sequence[str], index: int, first: int) -> bool:
    line = lines[index]
    if not line.strip() or line.startswith("#"):
        return any(_INSTRUCTION.match(later) for later in lines[index + 1 : index + 4])
    return bool(_INSTRUCTION.match(line)) or (index > first and lines[index - 1].rstrip().endswith("\\"))


def image_of(text: Sequence[str]) -> str:
    """The image below the last stage, its arguments filled in."""
    arguments = {found[1]: found[2] for line in text if (found := _ARGUMENT.match(line))}
    stages: dict[str, str] = {}
    image = ""
    for found in filter(None, map(_FROM.match, text)):
        image = re.sub(r"\$\{?(\w+)\}?", lambda name: arguments.get(name[1], ""), found["image"])
        image = stages.get(image.lower(), image)
        stages[(found["name"] or "").lower()] = image
    return image


def _of_image(image: str, installs: bool) -> Partial:
    """`installs`: the file puts another torch, or one that may be another, over that of the image."""
    if found := _CUDA.search(image):
        nvcc = found["cuda"] if found["kind"] == "devel" else None
        host = _host(found["system"], found["release"])
        return known_sections({"host": host, "toolkits": Toolkits(nvcc_version=nvcc)})
    if found := _L4T.search(image):
        l4t = found["l4t"] or floors.jetson_linux(found["jetpack"])
        return {"host": Host(os="linux", architecture="aarch64", jetson="Jetson", l4t=l4t)}
    if found := _PYTORCH.search(image):
        torch = None if installs else torch_of_version(found["torch"], found["cuda"])
        return known_sections({"host": Host(distribution_id="ubuntu"), "torch": torch})
    if found := _ROCM.search(image):
        build = Torch(version=found["torch"], build=f"rocm{found['rocm']}", cuda_version="", hip_version=found["rocm"])
        python = Python(version=found["python"])
        torch = None if installs else build
        return known_sections({"host": _host("ubuntu", found["release"]), "python": python, "torch": torch})
    if found := _PYTHON.search(image):
        return known_sections({"host": _flavour(found["flavour"] or ""), "python": Python(version=found["python"])})
    if found := _SYSTEM.match(image):
        return known_sections({"host": _host(found["system"], found["release"])})
    return {}


def _host(system: str, release: str) -> Host:
    release = {**_CODENAMES, **_UBUNTU_NAMES}.get(release, release)
    return host_of_os(f"{_NAMES.get(system, system)} {release if release[:1].isdigit() else ''}".strip())


def _flavour(flavour: str) -> Host:
    """The official images of Python are Debian's, or Alpine's."""
    if "alpine" in flavour:
        return _host("alpine", flavour.partition("alpine")[2])
    name = next((name for name in _CODENAMES if name in flavour), "")
    return _host("debian", name)
