"""Names of GPUs as people and programs write them."""

from __future__ import annotations

import re

import msgspec

from doctor.catalog import Capability
from doctor.facts import AmdGpu, Gpu
from doctor.text.lines import squeezed
from doctor.text.numbers import whole

MIB = 1024 * 1024
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10}
_MAX_COUNT = 64
_AMD = re.compile(
    r"\b(?:AMD|ATI|Radeon|Instinct|FirePro|gfx\d+\w*|Vega ?\d*|MI\d{2,3}\w?|RX ?[4-9]\d{2,3}\b|Navi|Strix|7900 ?XT)",
    re.I,
)
_INTEL = re.compile(
    r"\b(?:Intel|Arc\b|Iris|UHD Graphics|Data Center GPU (?:Max|Flex)|Ponte Vecchio|[AB][357][578]0\b)", re.I
)
_APPLE = re.compile(r"\bApple\b|^M[1-9]\b(?: (?:Pro|Max|Ultra))?$", re.I)
_JETSON = re.compile(r"\b(?:Jetson|Orin|Xavier|Tegra|AGX|Thor)\b", re.I)
_NVIDIA = re.compile(
    r"\b(?:NVIDIA|GeForce|[RG]TX(?:\d{3,4})?|Tesla|Quadro|TITAN|GRID|Jetson|Orin|Xavier|Thor|MX ?\d{3}|NVS|GB10"
    r"|GB[23]00|DGX(?! Spark)|A\d{1,4}[A-Z]?|[VHPKTMLBC]\d{1,4}[A-Z]{0,2}|CMP|G[TS]? ?\d{3,4}\w?|Blackwell|Hopper"
    r"|Ampere)\b",
    re.I,
)
_BARE = re.compile(r"^(?:[1-5]0[3-9]0)(?: ?(?:ti|super|d))?(?: ?super)?$", re.I)
_PLURAL = re.compile(r"(?<=\d0)s$")
_BARE_AMD = re.compile(r"^[5-9]\d[0-7]0 ?(?:XTX?|GRE)$", re.I)
_COUNT_BEFORE = re.compile(r"^(\d{1,2}|one|two|three|four|five|six|seven|eight|ten)\s*(?:[x×*]\s*|\s)(?=\S)", re.I)
_COUNT_AFTER = re.compile(r"(?<!\s)\s*(?:[x×*]\s*(\d{1,2})|\((\d{1,2})\s*(?:x|gpus?|cards?)?\))$", re.I)
_CAPABILITY = re.compile(r"\(?\b(?:sm_?|arch=|compute[ _]capability[ :=]*|CC ?)(\d{1,2}\.?\d)[af]?\b\)?", re.I)
_MEMORY = re.compile(
    r"\(?\b(\d{1,6}(?:\.\d+)?)\s?(GB|GiB|G|MiB|MB)\b(?:\s*(?:each|VRAM|memory|RAM|of VRAM|HBM\w*))*\)?", re.I
)
_CHIP = re.compile(r"\b(?:G[FKMPVAH]|TU|AD|GB)\d{3}[A-Z]{0,3}\b(?=.*(?:GeForce|RTX|GTX|Quadro|Tesla|TITAN))", re.I)
_BRACKET = re.compile(r"\[([^\]\[]{0,200}(?:GeForce|RTX|GTX|Quadro|Tesla|TITAN|Radeon)[^\]\[]{0,200})\]", re.I)
_UUID = re.compile(r"(?<!\s)\s*\(UUID:[^)]*\)?")
_SMI_ROW = re.compile(r"^\|?\s*\d{1,2}\s+(\S.{0,60}?)\s+(?:On|Off|N/A|WDDM|TCC|MCDM)\s*\|?", re.I)
_DEVICE_QUERY = re.compile(r"^Device:?\s*(\d+)[,:]\s*\"?([^,\"]{3,60})")
_QUERIED = re.compile(r"^(\S.{2,60}?), (\d{3,7})(?:\.\d+)? ?Mi?B$", re.I)  # nvidia-smi --query-gpu=name,memory.total
_NOISE = re.compile(
    r"^[\"'\s:,.;-]+|[\"'\s:,.;-]+$|(?<!laptop)\s+\bgpus?$|\s+graphics cards?$|\s+with\s*$|^an? "
    r"|\s*\((?:only|rev \w+|laptop)?\)$",
    re.I,
)
_MISSPELT = re.compile(r"\b(?:nvida ?|nvidia(?=\d))", re.I)
_SUPER = re.compile(r"\b((?:16[56]|20[678]|40[78])0)S\b")  # "2070S"
_CLOSED_UP = re.compile(r"\b([RG]TX)(?=\d)", re.I)  # "RTX3090"
_REV = re.compile(r"(?<!\s)\s*\(rev [0-9a-f]+\)|\b(?:3D|VGA compatible) controller( \[\w+\])?: ", re.I)
_COMPANY = re.compile(r"\bNVIDIA Corporation\b|\bCorporation\b", re.I)
_SEPARATOR = re.compile(
    r"(?<!\s)\s*"
    r"(?:\n|;| \+ | and |, (?=(?:\d+ ?[x×] )?(?:NVIDIA|GeForce|RTX|GTX|Tesla|Quadro|TITAN|AMD|Radeon|Intel|GPU)))\s*"
)


class NamedGpus(msgspec.Struct, frozen=True):
    """What one phrase says: NVIDIA GPUs, AMD GPUs, names of Intel GPUs, the Apple chip, the Jetson model."""

    nvidia: tuple[Gpu, ...] = ()
    amd: tuple[AmdGpu, ...] = ()
    intel: tuple[str, ...] = ()
    apple: str = ""
    jetson: str = ""


def parse(text: str) -> NamedGpus:
    """GPUs named by a free phrase, one or several, with counts ("2x RTX 5090 (32 GB each)", "eight 3090 gpus")."""
    nvidia: list[Gpu] = []
    amd: list[AmdGpu] = []
    intel: list[str] = []
    apple = jetson = ""
    for phrase in _phrases(_MISSPELT.sub("NVIDIA ", squeezed(text[:4000]))):
        name, count, capability, memory = _phrase(phrase)
        if not name:
            continue
        name = _SUPER.sub(r"\1 SUPER", _PLURAL.sub("", name))
        if _BARE.match(name):
            name = f"GeForce {'GTX' if name[0] == '1' else 'RTX'} {name}"
        if _BARE_AMD.match(name):
            name = f"Radeon RX {name}"
        if _AMD.search(name):
            amd += [
                AmdGpu(re.sub(r"(?<!\s)\s*\(gfx[^)]{0,80}\)", "", name), _gfx(phrase), len(amd) + i)
                for i in range(count)
            ]
        elif _INTEL.search(name) and not re.search(r"NVIDIA|GeForce|RTX|GTX|Tesla", name, re.I):
            intel += [name] * count
        elif _APPLE.search(name):
            apple = apple or name
        elif _NVIDIA.search(name):
            nvidia += [Gpu(name, len(nvidia) + i, capability, memory) for i in range(count)]
            jetson = jetson or (name if _JETSON.search(name) else "")
    return NamedGpus(tuple(nvidia), tuple(amd), tuple(intel), apple, jetson)


def _phrases(text: str) -> list[str]:
    queried = [f"Device: {found[1]}, {found[2]}" for found in map(_DEVICE_QUERY.match, text.splitlines()) if found]
    return queried or _SEPARATOR.split(text)


def _phrase(phrase: str) -> tuple[str, int, str | None, int | None]:
    """Name, count, compute capability and memory in bytes of one phrase."""
    for shape in (_SMI_ROW, _DEVICE_QUERY):
        if row := shape.match(phrase.strip()):
            return row[row.re.groups].strip(), 1, None, None
    if row := _QUERIED.match(phrase.strip()):
        return row[1], 1, None, int(row[2]) * MIB
    text = _COMPANY.sub("NVIDIA", _REV.sub("", _UUID.sub("", phrase.strip())))
    text = re.sub(r"^(?:GPU|CUDA|Device)\s*[\d,: ]{1,20}:\s*", "", text)
    named = _CAPABILITY.search(text)
    known = Capability.of(named[1]) if named else None
    memory = _MEMORY.search(text)
    text = _CAPABILITY.sub("", text)
    if memory and not re.search(r"-\w*" + re.escape(memory[0].strip("()")), text):
        text = text.replace(memory[0], "")
    if bracket := _BRACKET.search(text):
        text = bracket[1]
    text = _CHIP.sub("", text)
    before, after = _COUNT_BEFORE.match(text), _COUNT_AFTER.search(text)
    count = _count(before[1] if before else (after[1] or after[2]) if after else "1")
    text = _COUNT_AFTER.sub("", text[before.end() :] if before else text)
    target = str(known) if known else None
    return _without_noise(text), count, target, _memory_bytes(memory)


def _without_noise(text: str) -> str:
    previous = ""
    while text != previous:
        previous, text = text, _NOISE.sub("", text)
    return re.sub(r"\s+", " ", _CLOSED_UP.sub(r"\1 ", text))[:80]


def _count(word: str) -> int:
    number = _WORDS.get(word.lower()) or whole(word) or 1
    return number if 0 < number <= _MAX_COUNT else 1


def _memory_bytes(memory: re.Match[str] | None) -> int | None:
    if memory is None:
        return None
    size = float(memory[1]) * (MIB if memory[2].upper().startswith("M") else 1024 * MIB)
    return int(size) or None


def _gfx(phrase: str) -> str | None:
    found = re.search(r"\bgfx[0-9a-f]{3,4}\b", phrase)
    return found[0] if found else None
