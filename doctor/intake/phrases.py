"""Facts as people name them within a sentence: "RTX 3060", "driver 531.41", "torch 2.0.1+cu118", "on Windows 11"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from doctor.intake.keyed import PACKAGE

_IS = (
    r"\s*+(?:package)?+\s*+\(?(?:version|ver\.?|版本号?|的版本)?+\s*+"
    r"(?:is(?: the)?|are|==?|[:@-]|是|为|显示为?)?+\s*+\[?v?"
)
_TORCH_VERSION = (
    r"\d\.\d{1,2}(?:\.\d{1,2})?(?:\.dev\d{1,8}|rc\d|a0)?(?:\+\w[\w.]{0,12}| ?\+ ?(?:cpu|cu\d{2,3}|rocm\d\.\d)\b)?"
)
_VERSION = r"\d{1,4}\.\d{1,3}(?:\.\d{1,3})?(?:\.?post\d)?(?:\+\w[\w.]{0,12})?"
_END = r"(?![\w.]*\d|\.x\b|\s?\+(?:\s|$)|[<>])"
_AT = r"(?<![A-Za-z\d_-])"  # a word begins, also behind a Chinese one
_GEFORCE = (
    r"(?:RTX|GTX)[ -]?(?:PRO ?)?A?\d{3,4}M?(?:[ -]?(?:Ti|SUPER|D(?!\w)|M(?!\w)|Laptop(?: GPU)?|Ada|Max-Q|Mobile))*"
)
_SMALL = (
    r"(?:GeForce (?:GT ?\d{3,4}M?|MX ?\d{3}|\d{3}(?:A|MX?))|(?<=NVIDIA )(?:GT ?\d{3,4}M?|MX ?\d{3})"
    r"|MX ?(?:1[135]0|2[35]0|3[35]0|4[05]0|5[57]0)(?!\d))"
)
_DATACENTER = (
    r"(?:A100|H100|H200|H800|A800|H20|B200|GB200|V100S?|A6000|A40|A30|A10G?|L40S?|P100|P40|M40|K40m?|K80)"
    r"(?:[ -](?:SXM\d?|PCIe|NVL|\d{2,3}GB?))*"
)
_NUMBER = r"(?:9[5678]0|10[5-8]0|16[56]0|20[678]0|[345]0[5-9]0)(?: ?(?:Ti|SUPER|[DS](?![A-Za-z\d])|Laptop))*"
_GPU = (
    rf"(?:NVIDIA )?(?:GeForce )?{_GEFORCE}|(?:NVIDIA )?{_SMALL}|{_DATACENTER}"
    rf"|(?:NVIDIA |Tesla ){{1,2}}(?:{_DATACENTER}|T4|L4|P4\d?|M\d0|CMP \d0HX)"
    r"|(?:NVIDIA )?(?:Quadro (?:RTX ?|GV|P|K|M)\d{3,4}|TITAN[ -](?:RTX|Xp?|V))"
    r"|(?:NVIDIA )?Jetson (?:AGX |Orin |Xavier )?\w+(?: NX| Nano)?|AGX (?:Orin|Xavier|Thor)|Orin (?:NX|Nano)|Xavier NX"
    r"|(?:AMD )?(?:Radeon )?(?:RX|Pro W)[ -]?\d{4}(?: ?(?:XTX?|GRE|M))?|Radeon (?:VII|\d{3}M)"
    r"|(?:AMD )?Radeon (?:R[579]|HD) ?\d{3,4}[A-Z]?|AMD [5-9]\d{2}0(?: ?(?:XTX?|GRE))?|NVIDIA GB10"
    r"|[5-9]\d[0-7]0 ?XTX?(?![A-Za-z\d])"
    rf"|NVIDI?A ?{_NUMBER}|(?:NVIDIA|GeForce)[ -]{_NUMBER}|(?:NVIDIA |GeForce ){{1,2}}GT \d{{3,4}}M?"
    rf"|(?:10[5-8]0|16[56]0|20[678]0|[345]0[5-9]0) ?(?:Ti|SUPER)(?![A-Za-z\d])"
    rf"|(?:(?<=\dx )|(?<=\dx)|(?<=\d×)|(?<=dual )){_NUMBER}"
    rf"|(?:(?<=显卡)|(?<=显卡是)|(?<=显卡为)|(?<=GPU)|(?<=GPU )){_NUMBER}"
    r"|(?:Intel )?Arc (?:[AB]\d{3}M?|1[34]0[VT])\b"
)
_COUNTED = (
    rf"(?:(?:\d{{1,2}} ?[x×*] ?|\d{{1,2}} |two |four |eight ))?(?:{_GPU})(?:s\b)?"
    r"(?: ?\(?\d{1,3} ?GB\)?)?(?: ?[x×*] ?\d{1,2}\b)?"
)
_CPU = (
    r"(?:AMD )?(?:Athlon|Phenom) (?:64|II)(?: X\d)?(?: \d{3,4}\w?\b)?|(?:AMD )?(?:Ryzen \d \d{4}\w{0,3}|FX-\d{4})"
    r"|(?:Intel )?(?:Core ?2 (?:Duo|Quad|Extreme)(?: [A-Z]{1,2}\d{4})?|(?:Core )?i[3579][- ]\d{3,5}-?[A-Z]{0,2}"
    r"|(?:Pentium|Celeron) (?:Gold |Silver )?[GJN]\d{4}\w?|Xeon (?:CPU )?(?:E\d-)?[EXLW]?\d{4}(?: v\d)?)"
)
_OS = (
    r"(?:Microsoft )?Windows ?(?:10|11|7|8(?:\.1)?|Server \d{4})(?: (?:Pro|Home|Enterprise))?|win ?(?:10|11)(?!\d)"
    r"|(?:Ubuntu|Debian|Fedora|CentOS|Rocky Linux|AlmaLinux|RHEL|Linux Mint|openSUSE Leap|Pop!?[_ ]?OS) ?\d[\d.]{0,6}"
    r"(?: LTS)?"
    r"|(?:Ubuntu|Debian) (?:buster|bullseye|bookworm|trixie|xenial|bionic|focal|jammy|noble)"
    r"|(?:64|32)[- ]?bit Windows\b|Arch Linux|mac ?OS(?: [XA-Z][a-z]{0,9})? \d{1,2}(?:\.\d{1,2}){0,2}|ubuntu\b"
    r"|(?<=on )(?:Windows|Linux|macOS)(?=[.,]|$| with\b)"
)
_DRIVER = r"\d{3}\.\d{1,3}(?:\.\d{1,3})?"
_PACKAGES = {
    **{name: name for name in ("torchvision", "torchaudio", "torchtext", "xformers", "numpy", "triton")},
    **{name: name for name in ("bitsandbytes", "transformers", "deepspeed", "vllm")},
    "intel-extension-for-pytorch": "(?:IPEX|intel[-_ ]extension[-_ ]for[-_ ]pytorch)",
    "flash-attn": "flash[-_ ]att(?:n|ention)",
}
# Canonical key -> the value within the words around it; "" for what does not tell whose it is
_KINDS = {
    "gpu models and configuration": (
        rf"(?:{_AT}|(?<=GPU))(?P<v>{_COUNTED})(?![A-Za-z\d_-])(?! (?:images?|users?|support|series|family|wheels?)\b)"
    ),
    "nvidia driver version": (
        rf"(?:{_AT}(?:nv-)?drivers?|驱动(?:程序)?){_IS}(?P<v>{_DRIVER}){_END}|(?<![\d.])(?P<w>{_DRIVER}) drivers?\b"
    ),
    "pytorch version": rf"{_AT}(?:py)?torch(?:\.__version__)?\W{{0,3}}{_IS}(?P<v>{_TORCH_VERSION}){_END}"
    r"|[\"'“](?P<x>[12]\.\d{1,2}\.\d\+(?:cu\d{2,3}|rocm\d\.\d|xpu|cpu))[\"'”]"
    r"|^\W{0,6}(?P<w>[12]\.\d{1,2}\.\d\+(?:cu\d{2,3}|rocm\d\.\d|xpu|cpu))\W{0,4}$",
    "is cuda available": (
        r"\bcuda\.is_available(?:\(\))?[\W_]{0,4}(?:returns?|is|gives|返回|为|是)?[\W_]{0,4}(?P<v>True|False)\b"
    ),
    "python version": rf"{_AT}(?:c?python|py)(?=[\s=:v\d版是为-]){_IS}(?P<v>3\.\d{{1,2}}(?:\.\d{{1,2}})?){_END}"
    rf"|{_AT}python ?(?P<w>3(?:[6-9]|1\d))(?![\w.]*\w)",
    "kernel": rf"{_AT}kernel{_IS}(?P<v>[3-9]\.\d{{1,2}}(?:\.\d{{1,3}}){{0,2}}(?:-[\w.-]{{1,40}})?)(?![\w])",
    "model name": rf"{_AT}(?P<v>{_CPU})(?![\w-])",
    "os": rf"{_AT}(?P<v>{_OS})",
    "container": rf"{_AT}(?:Google )?(?P<v>Colab|Kaggle)\b(?!['’]s\b)(?: notebooks?)?",
    "wsl": rf"{_AT}(?P<v>WSL ?[12]?)\b",
    "cuda runtime version": (
        rf"{_AT}CUDA ?(?P<v>\d{{1,2}}\.\d{{1,2}}(?:\.\d{{1,3}})?) ?\(nvcc\)"
        rf"|{_AT}nvcc(?: --version)?(?: is|:)? ?(?P<w>\d{{1,2}}\.\d{{1,2}})\b"
    ),
    **{f"{PACKAGE}{name}": rf"{_AT}{spelled}{_IS}(?P<v>{_VERSION}){_END}" for name, spelled in _PACKAGES.items()},
    "": (
        rf"{_AT}cu(?:da|dnn)(?:[ -]?toolkit)?[\s是为:=v版本]{{0,6}}\d{{1,2}}(?:\.\d{{1,3}}){{0,3}}"
        r"|\b\d{1,4} ?GB (?:V?RAM|memory)"
    ),
}
_SHAPES = {kind: re.compile(shape, re.IGNORECASE) for kind, shape in _KINDS.items()}
Phrase = tuple[str, str, tuple[int, int]]


def find(text: str) -> Iterator[Phrase]:
    """Canonical key ("" where the words tell none), value, and where it stands."""
    taken: list[tuple[int, int]] = []
    for kind, shape in _SHAPES.items():
        for found in shape.finditer(text):
            start, end = found.span()
            if any(start < b and a < end for a, b in taken):
                continue
            taken.append((start, end))
            value = next((v for v in found.groupdict().values() if v), "") if kind else ""
            yield kind, _written_out(kind, value.strip()), (start, end)


def _written_out(kind: str, value: str) -> str:
    """ "2.1 + cu118" as it is meant, and "36", of "python36"."""
    if kind == "python version" and "." not in value:
        return f"{value[:1]}.{value[1:]}"
    return re.sub(r" ?\+ ?", "+", value) if kind == "pytorch version" else value
