"""What follows from a text without being told in it. Each conclusion names what it rests on, and fills only what is
not told; `doctor.diagnose` never makes more than a warning of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from doctor import catalog
from doctor.catalog import floors
from doctor.facts import Cpu, Facts, Gpu, Host, Nvidia, Variables
from doctor.intake import inferred_builds, inferred_host, inferred_image, inferred_torch, inferred_words
from doctor.intake.inference import Inference
from doctor.model import FactOrigin, Reading, Status
from doctor.privacy import redact

OF_CUDA = "nvidia-smi shows CUDA {cuda}, which drivers of this branch do"
ONE_GPU = "{machine} has this GPU"
OF_FAMILY = "{family} has no newer instructions"
BOARD = "the text speaks of a Jetson ({words})"
SETTING = "the text sets it ({words})"
_JETSON = re.compile(
    r"\bL4T\W{0,3}(?:release|version)?\W{0,4}R?3[2-9]\b|\bR3[2-9] \(release\)|\bnvidia-l4t-\w+"
    r"|(?<![A-Za-z])jet ?pack\W{0,9}(?:sdk|version|release)?\W{0,4}v?(?P<jetpack>[4-7])(?:\.\d){0,2}\b"
    r"|\bnvidia-jetpack\b"
    r"|\b(?:my|our|the|an?) jet(?:bot|racer)\b"
    r"|^[^\w\n]*(?:board|module|device|hardware|machine)\W{1,5}(?:nvidia |jetson ){0,2}"
    r"(?P<board>agx (?:orin|xavier|thor)|orin (?:nx|nano)|xavier nx|nano|tx[12])\b",
    re.IGNORECASE | re.MULTILINE,
)
_ARM = ("aarch64", "arm64")
_ON_BOARDS = {"Cortex-A78AE": "Orin", "Neoverse-V3AE": "Thor"}  # processor -> the chip that it is a part of
_MODEL = r"agx[ -](?:orin|xavier|thor)|orin[ -](?:nx|nano)|xavier[ -]nx"
_BOARD = re.compile(
    rf"^\S{{0,40}}?\w@(?:jetson-?)?(?P<prompt>{_MODEL})[\w-]{{0,12}}:\S{{0,80}}[$#]"
    rf"|\b(?:my|our|the|an?) (?:new |nvidia |jetson )*(?P<sentence>{_MODEL})"
    r"(?! ?(?:series|family|support|users?|build|image))\b"
    r"|\b(?:on|using|have|with) (?:my |our |the |an? )?jetson (?P<short>nx|nano|tx[12]|orin|xavier)\b",
    re.IGNORECASE | re.MULTILINE,
)
_HIDES = re.compile(
    r"(?:export\s+|set\s+|os\.environ\[['\"]|\$env:|^[ \t]*)CUDA_VISIBLE_DEVICES(?:['\"]\])?\s*=\s*"
    r"(?P<value>['\"][\d,\s-]{0,40}['\"]|-?\d{1,2}(?:,\d{1,2}){0,15})(?=[\s;&]|$)",
    re.MULTILINE,
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


def _driver_of_cuda(facts: Facts, text: str) -> Iterator[Inference]:
    """ "CUDA Version: 11.2" stands in nvidia-smi of the drivers of one branch."""
    nvidia, host = facts.nvidia.value, facts.host.value
    if nvidia is None or nvidia.driver_version is not None or not nvidia.cuda_version:
        return
    if host and host.jetson:
        return  # its driver comes with the board's system, and has other numbers
    branch = next((row for row in catalog.drivers().branches if row.cuda == nvidia.cuda_version), None)
    if branch is not None:
        reason = OF_CUDA.format(cuda=nvidia.cuda_version)
        yield Inference("nvidia", Nvidia, "driver_version", branch.branch, reason)


def _gpu_of_machine(facts: Facts, text: str) -> Iterator[Inference]:
    if found := catalog.machine_in(text):
        row, words = found
        gpus = tuple(Gpu(row.gpu, index) for index in range(row.count))
        yield Inference("nvidia", Nvidia, "gpus", gpus, ONE_GPU.format(machine=words))


def _instructions(facts: Facts, text: str) -> Iterator[Inference]:
    """Of a processor that is too old for AVX."""
    cpu = facts.cpu.value
    family = catalog.processor_without_avx(cpu.model) if cpu and cpu.model and cpu.flags is None else None
    if family:
        yield Inference("cpu", Cpu, "flags", family.flags, OF_FAMILY.format(family=family.family))


def _jetson(facts: Facts, text: str) -> Iterator[Inference]:
    """By the names of its system and of the board, in a prompt too; beside a named GPU they are of another machine."""
    host, nvidia, torch = facts.host.value or Host(), facts.nvidia.value or Nvidia(), facts.torch.value
    other = host.os not in (None, "linux") or host.architecture not in (None, *_ARM)
    if other or nvidia.gpus or (torch and torch.hip_version):
        return
    found, model = _JETSON.search(text) or _BOARD.search(text), (facts.cpu.value and facts.cpu.value.model) or ""
    if not found and model not in _ON_BOARDS:
        return
    told = found.groupdict() if found else {}
    named = next((told[group] for group in ("board", "prompt", "sentence", "short") if told.get(group)), "")
    board = _board(named) or _ON_BOARDS.get(model, "")
    reason = BOARD.format(words=redact(found[0].strip()) if found else model)
    values = {"jetson": f"Jetson {board}".strip(), "os": "linux", "architecture": "aarch64"}
    if told.get("jetpack"):
        values["l4t"] = floors.jetson_linux(told["jetpack"])
    yield from (Inference("host", Host, field, value, reason) for field, value in values.items())


def _board(words: str) -> str:
    """ "agx-orin" -> "AGX Orin"."""
    return " ".join(
        word.upper() if word.lower() in ("agx", "nx") else word.title() for word in re.split(r"[ -]", words)
    )


def _hidden_gpus(facts: Facts, text: str) -> Iterator[Inference]:
    """A program or a shell that sets it; of several settings nobody knows which was in force."""
    values = {found["value"].strip("'\"") for found in _HIDES.finditer(text)}
    if len(values) == 1:
        value = values.pop()
        words = SETTING.format(words=f"CUDA_VISIBLE_DEVICES={value}")
        yield Inference("variables", Variables, "values", {"CUDA_VISIBLE_DEVICES": value}, words)


_INFERENCES: tuple[Callable[[Facts, str], Iterator[Inference]], ...] = (
    inferred_host.system,
    inferred_torch.of_conda_mark,
    inferred_torch.of_conda_forge,
    inferred_torch.of_conda_command,
    inferred_torch.of_conda_toolkit,
    inferred_torch.of_conda_pins,
    inferred_torch.of_missing_index,
    inferred_torch.of_pip_command,
    inferred_image.of_steps,
    inferred_words.of_cpu_build,
    inferred_builds.of_runtime,
    inferred_builds.of_size,
    _jetson,
    inferred_builds.default_build,
    inferred_words.unavailable,
    _driver_of_cuda,
    _gpu_of_machine,
    _instructions,
    inferred_host.container,
    inferred_host.pod,
    inferred_host.alpine,
    inferred_host.notebook,
    inferred_host.wsl,
    _hidden_gpus,
    inferred_host.mac,
    inferred_host.intel_mac,
    inferred_host.apple_chip,
    inferred_host.python,
    inferred_host.thirty_two_bits,
)
