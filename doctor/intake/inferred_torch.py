"""Which torch is installed, where no list shows it: by the packages that conda marks a build with, and by the commands
that installed it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from doctor import catalog
from doctor.catalog import BuildTag
from doctor.facts import Conda, Facts, Torch
from doctor.intake.dump_software import torch_of_version
from doctor.intake.inference import Inference

MARKED = "conda's {package} marks the build of pytorch"
NO_SUCH_BUILD = "conda has no build of pytorch {torch} for CUDA {cuda}, and installs the one for the CPU instead"
NO_SUCH_INDEX = "the PyTorch index has no {build}: pip takes PyPI's wheel, which for Windows has no CUDA"
OF_CONDA_FORGE = "conda-forge numbers its builds like torch {torch}"
INSTALLED = "the text installs it ({words})"
ON_WINDOWS = "the text installs it from PyPI, whose wheels for Windows have no CUDA"
_MARKS = {"_pytorch_select", "pytorch-mutex"}  # which build it is stands in their own build: "cpu_0", "cuda"
_CONDA = re.compile(r"\b(?:conda|mamba) install (?P<words>[^\n`;&|]{10,300})")
_PIP = re.compile(r"\b(?:pip3?|uv pip) install (?P<words>[^\n`;&|]{6,300})")
_OF_CONDA = re.compile(r"(?:^|[\s:])pytorch={1,2}(\d+\.\d+(?:\.\d+)?)(?=\s|$)")
_TOOLKIT = re.compile(r"(?:^|[\s:])cudatoolkit={1,2}(\d{1,2}\.\d)(?=\s|$)")
_OF_PIP = re.compile(
    r"(?:^|\s)[\"']?torch(?:={2,3}(?P<version>\d+\.\d+\.\d+(?:\+(?:cpu|cu\d{2,3}))?))?[\"']?(?=[\s,.]|$)"
)
_ANY_INDEX = re.compile(r"(?:^|\s)(?:-[if]\b|--(?:extra-)?index|--find-links|--pre\b)")
_SAID = re.compile(r"\binstalled\b(?!.{0,40}\bnot\b)", re.IGNORECASE)
_INDEX = re.compile(r"(?:--index-url|-i)[ =]\S{8,80}/whl/(cpu|cu\d{2,3})\b")
_EXTRA_INDEX = re.compile(r"--extra-index-url[ =]\S{8,80}/whl/(cu\d{2,3})\b")
_NO_CUDA = re.compile(r"\bcuda\.is_available(?:\(\))?\W{1,12}(?:(?:is|returns?|gives)\W{1,4})?False\b")
_FAILED = re.compile(
    r"Could not find a version|No matching distribution|\bPackagesNotFoundError\b|\bUnsatisfiableError\b"
)


def of_conda_mark(facts: Facts, text: str) -> Iterator[Inference]:
    """A package that is there for nothing but to hold conda to builds for the CPU."""
    conda, torch = facts.conda.value or Conda(), facts.torch.value or Torch()
    if torch.build or torch.cuda_version is not None or torch.installer not in (None, "conda"):
        return
    for package in conda.packages:
        if package.name == "cpuonly" or (package.name in _MARKS and package.build.startswith("cpu")):
            yield from for_the_cpu(MARKED.format(package=f"{package.name} {package.version}"))


def of_conda_forge(facts: Facts, text: str) -> Iterator[Inference]:
    """conda-forge appends its build number, to which its recipe adds 100 for MKL and 200 for CUDA: "2.1.2.post101"."""
    torch = facts.torch.value or Torch()
    version = torch.version or ""
    if not catalog.is_conda_forge(version) or torch.source_build or torch.installer not in (None, "conda"):
        return
    reason = OF_CONDA_FORGE.format(torch=torch.version)
    yield Inference("torch", Torch, "installer", "conda", reason)
    if ".post1" in version and torch.cuda_version is None:
        yield from for_the_cpu(reason)


def of_conda_command(facts: Facts, text: str) -> Iterator[Inference]:
    """conda takes its build for the CPU where there is none for the CUDA that was asked for, and says nothing."""
    if facts.torch.value is not None or not _NO_CUDA.search(text) or _FAILED.search(text):
        return
    asked = {_pinned(found["words"]) for found in _CONDA.finditer(text)}
    torch, cuda = asked.pop() if len(asked) == 1 else ("", "")
    release = catalog.release(torch) if torch and cuda else None
    if release and BuildTag.stated("", cuda).tag not in {row.build for row in release.builds}:
        reason = NO_SUCH_BUILD.format(torch=torch, cuda=cuda)
        yield Inference("torch", Torch, "version", torch, reason)
        yield Inference("torch", Torch, "installer", "conda", reason)
        yield from for_the_cpu(reason)


def _pinned(words: str) -> tuple[str, str]:
    """The versions of pytorch and CUDA that a command asks of the channel `pytorch`."""
    torch, cuda = _OF_CONDA.search(words), _TOOLKIT.search(words)
    if not torch or not cuda or "conda-forge" in words or not re.search(r"-c pytorch\b|pytorch::", words):
        return "", ""
    return torch[1], cuda[1]


def of_conda_toolkit(facts: Facts, text: str) -> Iterator[Inference]:
    """conda installs a build for the CUDA that the command names, whichever release it chooses."""
    runtime = facts.runtime.value
    if facts.torch.value is not None or runtime is None or not runtime.imported or _FAILED.search(text):
        return
    commands = [found["words"] for found in _CONDA.finditer(text)]
    cuda = _toolkit_alone(commands[0]) if len(commands) == 1 else ""
    build = BuildTag.stated("", cuda).tag if cuda else ""
    if build in {row.build for release in catalog.all_releases() for row in release.builds}:
        reason = INSTALLED.format(words=f"pytorch for CUDA {cuda}")
        yield Inference("torch", Torch, "build", build, reason)
        yield Inference("torch", Torch, "cuda_version", cuda, reason)
        yield Inference("torch", Torch, "installer", "conda", reason)


def _toolkit_alone(words: str) -> str:
    """The CUDA of a command that leaves the release of pytorch open."""
    open_ = re.search(r"(?:^|\s)pytorch(?=\s|$)", words) and re.search(r"-c pytorch\b", words)
    toolkit = _TOOLKIT.search(words)
    return toolkit[1] if open_ and toolkit and "conda-forge" not in words else ""


def of_conda_pins(facts: Facts, text: str) -> Iterator[Inference]:
    """conda installs the build for the CUDA that the command names, where there is one."""
    torch = facts.torch.value
    if torch is None or not torch.version or torch.build or torch.cuda_version is not None or _FAILED.search(text):
        return
    asked = {_pinned(found["words"]) for found in _CONDA.finditer(text)} - {("", "")}
    version, cuda = asked.pop() if len(asked) == 1 else ("", "")
    release = catalog.release(version) if version == torch.version else None
    if release and (build := BuildTag.stated("", cuda).tag) in {row.build for row in release.builds}:
        reason = INSTALLED.format(words=f"pytorch {version} for CUDA {cuda}")
        yield Inference("torch", Torch, "build", build, reason)
        yield Inference("torch", Torch, "cuda_version", cuda, reason)


def of_missing_index(facts: Facts, text: str) -> Iterator[Inference]:
    """pip goes on to PyPI where the PyTorch index has no such folder; there the wheels for Windows have no CUDA."""
    host, torch = facts.host.value, facts.torch.value or Torch()
    folders = {found[1] for found in _EXTRA_INDEX.finditer(text)}
    if not folders or host is None or host.os != "windows" or torch.cuda_version is not None:
        return
    if not folders & {row.build for release in catalog.all_releases() for row in release.builds}:
        yield from for_the_cpu(NO_SUCH_INDEX.format(build=", ".join(sorted(folders))))


def of_pip_command(facts: Facts, text: str) -> Iterator[Inference]:
    """A command that went through: what it names, or what it brings where it names no version."""
    runtime, host = facts.runtime.value, facts.host.value
    if facts.torch.value is not None or _FAILED.search(text):
        return
    commands = [(found, torch) for found in _PIP.finditer(text) if (torch := _OF_PIP.search(found["words"]))]
    if len(commands) != 1 or not _went_through(commands[0][0], text):
        return
    words, version = commands[0][0]["words"], commands[0][1]["version"]
    imported = runtime is not None and runtime.imported
    if version and (imported or _SAID.search(_before(commands[0][0], text))):
        yield from of_version(version, _INDEX.search(words), INSTALLED.format(words=f"torch {version}"))
    elif imported and host and host.os == "windows" and not _ANY_INDEX.search(words):
        yield from for_the_cpu(ON_WINDOWS)


def _went_through(command: re.Match[str], text: str) -> bool:
    """torch is imported after it, or somebody says that it was installed so."""
    return "import torch" in text[command.end() :] or bool(_SAID.search(_before(command, text)))


def _before(command: re.Match[str], text: str) -> str:
    return text[text.rfind("\n", 0, command.start()) + 1 : command.start()]


def of_version(version: str, index: re.Match[str] | None, reason: str) -> Iterator[Inference]:
    told = version if "+" in version or not index else f"{version}+{index[1]}"
    torch = torch_of_version(told)
    yield Inference("torch", Torch, "version", told, reason)
    yield Inference("torch", Torch, "installer", "pip", reason)
    if torch.build:
        yield Inference("torch", Torch, "build", torch.build, reason)
        yield Inference("torch", Torch, "cuda_version", torch.cuda_version, reason)


def for_the_cpu(reason: str) -> Iterator[Inference]:
    yield Inference("torch", Torch, "build", "cpu", reason)
    yield Inference("torch", Torch, "cuda_version", "", reason)
