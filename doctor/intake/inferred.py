"""What follows from a text without being told in it. Each conclusion names what it rests on, and fills only what is
not told; `doctor.diagnose` never makes more than a warning of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from doctor import catalog
from doctor.catalog import Version
from doctor.facts import Facts, Gpu, Host, Nvidia, Torch, Variables
from doctor.intake import inferred_torch
from doctor.intake.inference import Inference
from doctor.model import FactOrigin, Reading, Status
from doctor.privacy import redact
from doctor.text.systems import system_of

DEFAULT_BUILD = "PyPI's wheel of torch {torch} for {platform} is this build"
OF_RUNTIME = "{package} {version} is installed beside it"
OF_CUDA = "nvidia-smi shows CUDA {cuda}, which drivers of this branch do"
ONE_GPU = "{machine} has this GPU"
PROMPT = "the prompt or a path is that of a container ({words})"
SYSTEM = "paths in the text are those of {system}"
IN_WSL = "a path is one of WSL ({words})"
BOARD = "the text speaks of a Jetson ({words})"
SETTING = "the text sets it ({words})"
_PIP = ("pip", "uv", "poetry")
_WINDOWS_TAGS_SINCE = "1.11"  # before it, the PyTorch index had untagged CUDA wheels for Windows beside PyPI's
_CUDA_RUNTIME = re.compile(r"nvidia-cuda-runtime(?:-cu\d{2})?")
_CONTAINER = re.compile(
    r"\broot@[0-9a-f]{12}:\S{0,60}[#$]|(?<!\w)/\.dockerenv\b|^(?P<hpc>Singularity|Apptainer)>", re.MULTILINE
)
_WSL = re.compile(r"(?<!\w)/usr/lib/wsl/\w+|(?<!\w)/mnt/[c-z]/(?:Users|Windows|Program)\b", re.IGNORECASE)
_JETSON = re.compile(r"\b(?:L4T R?\d{2}|JetPack \d(?:\.\d){0,2})\b")
_MODEL = r"(agx[ -](?:orin|xavier|thor)|orin[ -](?:nx|nano)|xavier[ -]nx)"
_BOARD = re.compile(
    rf"^\S{{0,40}}?\w@(?:jetson-?)?{_MODEL}[\w-]{{0,12}}:\S{{0,80}}[$#]"
    rf"|\b(?:my|our|the|an?) (?:new |nvidia |jetson )*{_MODEL}(?! ?(?:series|family|support|users?|build|image))\b",
    re.IGNORECASE | re.MULTILINE,
)
_HIDES = re.compile(
    r"(?:export\s+|set\s+|os\.environ\[['\"]|\$env:|^\s*)CUDA_VISIBLE_DEVICES(?:['\"]\])?\s*=\s*"
    r"(?P<value>['\"][\d,\s-]{0,40}['\"]|-?\d{1,2}(?:,\d{1,2}){0,15})(?=[\s;&]|$)",
    re.MULTILINE,
)
# machines that are sold with one model of GPU: how their name is written, the GPU, how many
_MACHINES = (
    (r"\bDGX Spark\b", "NVIDIA GB10", 1),
    (r"\bg4dn\.(?:x|2x|4x|8x|16x)large\b", "Tesla T4", 1),
    (r"\bg4dn\.12xlarge\b", "Tesla T4", 4),
    (r"\bg5\.(?:x|2x|4x|8x|16x)large\b", "NVIDIA A10G", 1),
    (r"\bg5\.(?:12|24)xlarge\b", "NVIDIA A10G", 4),
    (r"\bg5\.48xlarge\b", "NVIDIA A10G", 8),
    (r"\bg6\.(?:x|2x|4x|8x|16x)large\b", "NVIDIA L4", 1),
    (r"\bg6e\.(?:x|2x|4x|8x|16x)large\b", "NVIDIA L40S", 1),
    (r"\bp2\.xlarge\b", "Tesla K80", 1),
    (r"\bp3\.2xlarge\b", "Tesla V100-SXM2-16GB", 1),
    (r"\bp3\.8xlarge\b", "Tesla V100-SXM2-16GB", 4),
    (r"\bp3\.16xlarge\b", "Tesla V100-SXM2-16GB", 8),
    (r"\bp4d\.24xlarge\b", "NVIDIA A100-SXM4-40GB", 8),
    (r"\bp4de\.24xlarge\b", "NVIDIA A100-SXM4-80GB", 8),
    (r"\bp5\.48xlarge\b", "NVIDIA H100 80GB HBM3", 8),
    (r"\bp5en?\.48xlarge\b", "NVIDIA H200", 8),
    (r"\bStandard_NC(?:4|8|16)as_T4_v3\b", "Tesla T4", 1),
    (r"\bStandard_NC24ads_A100_v4\b", "NVIDIA A100 80GB PCIe", 1),
    (r"\bStandard_NC40ads_H100_v5\b", "NVIDIA H100 NVL", 1),
    (r"\bStandard_ND96asr_v4\b", "NVIDIA A100-SXM4-40GB", 8),
    (r"\bStandard_ND96isr_H100_v5\b", "NVIDIA H100 80GB HBM3", 8),
    (r"\ba2-highgpu-1g\b", "NVIDIA A100-SXM4-40GB", 1),
    (r"\ba2-ultragpu-1g\b", "NVIDIA A100-SXM4-80GB", 1),
    (r"\ba3-(?:high|mega)gpu-8g\b", "NVIDIA H100 80GB HBM3", 8),
    (r"\bg2-standard-(?:4|8|12|16|32)\b", "NVIDIA L4", 1),
)


def with_inferred(facts: Facts, text: str) -> Facts:
    """The facts and what follows from them and the text, marked as such."""
    for infer in _INFERENCES:
        for one in infer(facts, text):
            facts = _filled(facts, one)
    return facts


def without_inferred(facts: Facts) -> Facts:
    """Only what a text tells."""
    told = {name: _told(reading) for name in facts.__struct_fields__ if (reading := getattr(facts, name)).inferred}
    return msgspec.structs.replace(facts, **told) if told else facts


def _told(reading: Reading[Any]) -> Reading[Any]:
    value = reading.value
    assert isinstance(value, msgspec.Struct)
    empty = _empty(type(value))
    left = msgspec.structs.replace(value, **{field: getattr(empty, field) for field in reading.inferred})
    origins = {field: origin for field, origin in reading.origins.items() if not origin.inferred}
    if left == empty:
        return Reading(Status.SKIPPED, reason="not told")
    return msgspec.structs.replace(reading, value=left, origins=origins)


def _empty(kind: type[msgspec.Struct]) -> msgspec.Struct:
    return Variables(complete=False) if kind is Variables else kind()  # a text lists some, not all there are


def _filled(facts: Facts, one: Inference) -> Facts:
    """`one` among the facts, where they leave that open."""
    reading: Reading[Any] = getattr(facts, one.section)
    empty = _empty(one.kind)
    known = empty if reading.value is None else reading.value
    if getattr(known, one.field) != getattr(empty, one.field) or reading.status is Status.ABSENT:
        return facts
    value = msgspec.structs.replace(known, **{one.field: one.value})
    origins = {**reading.origins, one.field: FactOrigin(inferred=one.reason)}
    return msgspec.structs.replace(
        facts, **{one.section: Reading(Status.OK, value, source=reading.source, origins=origins)}
    )


def _default_build(facts: Facts, text: str) -> Iterator[Inference]:
    """pip's list shows "2.1.0" for a wheel of PyPI, "2.1.0+cu118" for one of the PyTorch index."""
    torch, host = facts.torch.value, facts.host.value
    if torch is None or host is None or not torch.version or torch.installer not in _PIP or "+" in torch.version:
        return
    platform = f"{host.os}-{_architecture(host)}"
    release = catalog.release(torch.version)
    old = host.os == "windows" and Version.of(torch.version) < Version.of(_WINDOWS_TAGS_SINCE)
    build = catalog.BuildTag.of(release.pypi_build(platform)) if release and not old else catalog.BuildTag()
    if not build.kind or torch.cuda_version is not None or torch.hip_version or torch.xpu_version:
        return
    reason = DEFAULT_BUILD.format(torch=torch.version, platform=platform)
    yield Inference("torch", Torch, "build", build.tag, reason)
    yield Inference("torch", Torch, "cuda_version", build.cuda, reason)


def _architecture(host: Host) -> str:
    """Windows and Linux without a word about it: x86_64, as nearly all are; the boards that are not say so."""
    on_a_board = host.jetson and host.os == "linux"
    return host.architecture or ("aarch64" if on_a_board else "x86_64")


def _build_of_runtime(facts: Facts, text: str) -> Iterator[Inference]:
    """A wheel of torch brings the CUDA runtime that it was built with, as packages beside it."""
    torch, packages = facts.torch.value, facts.packages.value
    if torch is None or packages is None or torch.cuda_version is not None or torch.build or not torch.version:
        return
    found = next((p for p in packages.installed if _CUDA_RUNTIME.fullmatch(p.name)), None)
    if found is None or torch.hip_version or torch.xpu_version or "+" in torch.version:
        return
    cuda = str(Version.of(found.version).cut(2))
    reason = OF_RUNTIME.format(package=found.name, version=found.version)
    yield Inference("torch", Torch, "build", f"cu{cuda.replace('.', '')}", reason)
    yield Inference("torch", Torch, "cuda_version", cuda, reason)


def _driver_of_cuda(facts: Facts, text: str) -> Iterator[Inference]:
    """ "CUDA Version: 11.2" stands in nvidia-smi of the drivers of one branch."""
    nvidia = facts.nvidia.value
    if nvidia is None or nvidia.driver_version is not None or not nvidia.cuda_version:
        return
    branch = next((row for row in catalog.drivers().branches if row.cuda == nvidia.cuda_version), None)
    if branch is not None:
        reason = OF_CUDA.format(cuda=nvidia.cuda_version)
        yield Inference("nvidia", Nvidia, "driver_version", branch.branch, reason)


def _gpu_of_machine(facts: Facts, text: str) -> Iterator[Inference]:
    for shape, name, count in _MACHINES:
        if found := re.search(shape, text):
            gpus = tuple(Gpu(name, index) for index in range(count))
            yield Inference("nvidia", Nvidia, "gpus", gpus, ONE_GPU.format(machine=found[0]))
            return


def _container(facts: Facts, text: str) -> Iterator[Inference]:
    if found := _CONTAINER.search(text):
        kind = "singularity" if found["hpc"] else "docker"
        yield Inference("host", Host, "container", kind, PROMPT.format(words=redact(found[0])))


def _system(facts: Facts, text: str) -> Iterator[Inference]:
    """By paths and prompts, where no line tells it."""
    if system := system_of(text):
        yield Inference("host", Host, "os", system, SYSTEM.format(system=system))


def _wsl(facts: Facts, text: str) -> Iterator[Inference]:
    host = facts.host.value
    if (found := _WSL.search(text)) and (host is None or host.os in (None, "linux")):
        yield Inference("host", Host, "wsl", 2, IN_WSL.format(words=found[0]))
        yield Inference("host", Host, "os", "linux", IN_WSL.format(words=found[0]))


def _jetson(facts: Facts, text: str) -> Iterator[Inference]:
    """By the names of its system, which no other board has; beside a named GPU they speak of another machine."""
    host, nvidia = facts.host.value, facts.nvidia.value
    if nvidia is not None and nvidia.gpus:
        return
    if (found := _JETSON.search(text)) and (host is None or host.os in (None, "linux")):
        yield Inference("host", Host, "jetson", "Jetson", BOARD.format(words=found[0]))


def _jetson_by_name(facts: Facts, text: str) -> Iterator[Inference]:
    """By the name of the machine in a prompt, or of the board in a sentence; beside another GPU it is not this one."""
    host, nvidia, torch = facts.host.value or Host(), facts.nvidia.value or Nvidia(), facts.torch.value
    other = host.os not in (None, "linux") or host.architecture not in (None, "aarch64", "arm64")
    if other or nvidia.gpus or (torch and torch.hip_version):
        return
    if found := _BOARD.search(text):
        model = next(name for name in found.groups() if name).replace("-", " ").title()
        board = f"Jetson {model.replace('Agx', 'AGX').replace(' Nx', ' NX')}"
        yield Inference("host", Host, "jetson", board, BOARD.format(words=redact(found[0].strip())))


def _hidden_gpus(facts: Facts, text: str) -> Iterator[Inference]:
    """A program or a shell that sets it; of several settings nobody knows which was in force."""
    values = {found["value"].strip("'\"") for found in _HIDES.finditer(text)}
    if len(values) == 1:
        value = values.pop()
        words = SETTING.format(words=f"CUDA_VISIBLE_DEVICES={value}")
        yield Inference("variables", Variables, "values", {"CUDA_VISIBLE_DEVICES": value}, words)


_INFERENCES: tuple[Callable[[Facts, str], Iterator[Inference]], ...] = (
    _system,
    inferred_torch.of_conda_mark,
    inferred_torch.of_conda_command,
    inferred_torch.of_pip_command,
    _build_of_runtime,
    _default_build,
    _driver_of_cuda,
    _gpu_of_machine,
    _container,
    _wsl,
    _jetson,
    _jetson_by_name,
    _hidden_gpus,
)
