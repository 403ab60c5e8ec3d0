"""What people call a fact when they type it: labels of forms and lists, in several languages, two at once, or asked.

Only labels that mean one thing are here. "CUDA" may be the driver's, the toolkit's or the build's: it tells nothing.
"""

# ruff: noqa: E501  (letters of East Asia count twice)

from __future__ import annotations

import re

from doctor.intake.fields import CANONICAL, is_missing
from doctor.intake.keyed import PACKAGE

GPU, DRIVER, OS, MEMORY = "gpu models and configuration", "nvidia driver version", "os", "gpu memory"
_ALIASES = {
    GPU: "显卡,显卡型号,显卡名称,gpu型号,gpu卡,使用显卡,显卡配置,グラフィックボード,グラフィックカード,グラボ,그래픽카드,그래픽,"
    "grafikkarte,your gpu,nvidia gpu model,gpu used,which gpu,gpu hardware",
    DRIVER: "驱动,显卡驱动,nvidia驱动,gpu驱动,英伟达驱动,显卡驱动程序,驱动程序,グラフィックドライバ,ドライバ,ドライバー,nvidiaドライバ,"
    "nvidiaドライバー,드라이버,그래픽드라이버,treiber,grafiktreiber,nvidia-treiber,cuda driver,graphics driver,nvidia gpu driver",
    OS: "操作系统,系统,系统环境,操作系统类型,系统类型,运行系统,电脑系统,操作系统及,オペレーティングシステム,운영체제,betriebssystem,"
    "operating system mode,system os,operating system and,os type,platform os",
    "pytorch version": "pytorch/torch",
    "python version": "python解释器,python interpreter",
    "system ram": "内存,内存大小,运行内存,系统内存,メモリ,メインメモリ,메모리,arbeitsspeicher,system memory,ram size",
    MEMORY: "显存,显存大小,显卡显存,gpu显存,ビデオメモリ,비디오메모리,vram,gpu memory,gpu memory size,gpu vram,video memory,gpu ram,grafikspeicher",
    "model name": "处理器,cpu型号,プロセッサ,プロセッサー,프로세서,prozessor",
    "kernel": "内核,系统内核,カーネル,커널",
    "architecture": "架构,系统架构,cpu架构,アーキテクチャ",
    "is cuda available": "cuda是否可用,cuda可用,gpu是否可用",
    "installed with": "安装方式,torch安装方式",
    "jetpack": "l4t release",
}
_NAMES = {alias: name for name, aliases in _ALIASES.items() for alias in aliases.split(",")}
_HARDWARE = frozenset({"hardware", "device", "设备", "机器", "硬件", "デバイス", "장치", "gerät", "card"})
_KNOWN = (
    "accelerate apex auto-gptq autoawq bitsandbytes deepspeed detectron2 diffusers fastai flash-attn flash-attention"
    " lightning mmcv mmcv-full mmdet mmengine numpy onnxruntime onnxruntime-gpu peft pytorch-lightning"
    " pytorch3d safetensors sentence-transformers timm torch-geometric torchao torchaudio torchcodec torchdata"
    " torchmetrics torchtext torchvision torch-directml transformers triton triton-windows ultralytics unsloth vllm"
    " xformers"
)
_DISTRIBUTIONS = frozenset(_KNOWN.split())
_OTHER_NAMES = {
    "flash-attention": "flash-attn",
    "flash attention": "flash-attn",
    "pytorch lightning": "pytorch-lightning",
}
# What is told of CUDA and of the person's own program, without saying whose it is
_UNSURE = frozenset({"cuda", "cuda version", "cuda/cudnn", "cuda capability", "计算能力"})

_ASIDE = re.compile(r"(?<!\s)\s*[(\[][^)\]]{0,80}[)\]]")
_ASKED = re.compile(
    r"^(?:(?:what(?:'s| is| are)?|which|your|my|the|version of|current|used(?! (?:memory|v?ram|swap|gpu memory)\b)|using|我的|当前|使用的?|你的|本机)\s*(?=\S))+",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?<!\s)\s*+(?:version)?+\s*+"
    r"(?:(?:are|do|did|is|were) (?:you|it)\b.{0,40}|you(?:'re| are)? (?:us|runn|hav)\w{0,3}.{0,20}|used|info(?:rmation)?)?"
    r"\s*+(?:(?<!\?)\?+)?$",
    re.IGNORECASE,
)
_VERSION_WORD = re.compile(r"(?:[ -]?version|版本号?|版|のバージョン|バージョン|버전|[- ]?型号|信息|情報|정보)$")
_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
_PARTS = re.compile(r"(?<!\s)\s*[/|]\s*")
_MOST_PARTS = 4
_WISH = re.compile(
    r"^\s*(?:[<>~!≥]=?|at least|min\b)|\d\s?\+(?:\s|$)|\d\.x\b|\bor (?:newer|later|above|higher|any)\b|以上|推荐|建议|或更高|<=|>=",
    re.IGNORECASE,
)


def name_of(label: str) -> str | None:
    """The canonical key of a label; "" of one that is known to tell nothing; None of any other.

    A label of two languages has one meaning: the parts that are known have to agree.
    """
    whole = _tidied(label)
    if (known := _name(whole)) is not None:
        return known
    parts = [part.strip() for part in _PARTS.split(whole)]
    names = {part: _name(part) for part in parts}
    found = {name for name in names.values() if name is not None}
    if len(parts) > _MOST_PARTS or any(name is None and part.count(" ") > 1 for part, name in names.items()):
        return None  # a path, or a sentence: "PyTorch/CUDA issue inside a container"
    return found.pop() if len(found) == 1 else None


def names_of(label: str) -> list[str | None]:
    """The keys of a label of several, in their order: "CPU / GPU"."""
    return [_name(part.strip()) for part in _PARTS.split(_tidied(label))]


def _tidied(label: str) -> str:
    text = _stripped(_ASIDE.sub("", label), "#>:?\t").lower()
    if _EAST_ASIAN.search(text):
        text = re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", text)
    asked = _ASKED.sub("", text)
    return (_ASKS.sub("", asked) if asked != text else text).strip()


def _stripped(text: str, more: str = "") -> str:
    """Without marks around it; the underscores of an attribute are its own."""
    bare = text.strip(f" *`{more}")
    return bare if bare.endswith(".__version__") else bare.strip(f" *_`{more}")


def _name(part: str) -> str | None:
    part = _stripped(part)
    bare = _VERSION_WORD.sub("", part).strip()
    if part in _UNSURE or bare in _UNSURE:
        return ""
    known = (of(text) for of in (_NAMES.get, package_of, CANONICAL.get) for text in (part, bare))
    return next(filter(None, known), GPU if bare in _HARDWARE else None)


def package_of(text: str) -> str | None:
    name = _OTHER_NAMES.get(text, text.replace("_", "-"))
    return f"{PACKAGE}{name}" if name in _DISTRIBUTIONS else None


def is_wish(value: str) -> bool:
    """A range or a recommendation: what would do, not what is there."""
    return is_missing(value) or bool(_WISH.search(value))
