"""A program needs CUDA and does not find it, and nothing shows why.

## Why it matters
Programs often print only that CUDA is not available. The cause can be: a CPU build, a missing driver, a container
without the GPU, or devices hidden by CUDA_VISIBLE_DEVICES.

## What to do
Run `torch-doctor check` on the machine where it happened: its facts show which cause it is.

## References
- https://docs.pytorch.org/docs/stable/generated/torch.cuda.is_available.html
"""

from __future__ import annotations

from doctor.catalog import build_of
from doctor.facts import Amd, Host, Nvidia, Runtime, Torch, Variables
from doctor.model import Severity
from doctor.remedy.actions import Action, AskPython, Doctor, Look
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.rules.platform import _jetson

SEVERITY = Severity.ERROR
MESSAGE = "PyTorch {torch} finds no CUDA device, although this machine has {gpu}; it is not known what it was built for"
UNKNOWN = "PyTorch finds no CUDA device, although this machine has {gpu}; which PyTorch is installed is not known"
NOT_AVAILABLE = (
    r"(?i)\bCUDA(?: acceleration)?(?: is|'s)? (?:not available|unavailable|not found)\b(?! - defaulting to CPU)"
)
SIGNATURES = (
    r"Attempting to deserialize object on a CUDA device but torch\.cuda\.is_available\(\) is False",
    r"No CUDA GPUs are available|no CUDA-capable device is detected|cudaErrorNoDevice|CUDA_ERROR_NO_DEVICE",
    NOT_AVAILABLE,
    # in any language
    r"(?<![A-Za-z_.])(?:torch\.)?cuda\.is_available(?:\(\)\)?)?(?:(?!else|True|\bor\b|\band\b)[^(),;]){1,24}(?<![A-Za-z])[Ff]alse",
    r"torch\.cuda\.is_available\(\) should be True but is False",  # diffusers, of xformers
    r"Your device does not support the current version of Torch/CUDA",  # Forge, where there is no CUDA device
    r"Torch is not able to use GPU|\bCUDA is required but not available\b",
    r"(?i)No GPUs? (?:was |were )?(?:found|detected|available)",
    r"(?i)\bGPUs? (?:is |are |was |were )?not (?:being )?(?:found|finding|detected|recogni[sz]ed)\b",
    r"(?:识别不到|检测不到|认不到)(?:我的|独立)?(?:显卡|GPU|CUDA)",
    r"(?:无法识别|无法检测|无法使用|无法调用|不能识别|不能检测|不能使用|不能调用)到?(?:显卡|GPU|CUDA)",
    r"(?i)\b(?:won't|will not|does ?n[o']t) (?:use|choose|pick|select|see|find|detect) (?:my |the |any )?"
    r"(?:NVIDIA |CUDA )?GPUs?\b.{0,40}\bCPU\b",
    r"torch\.cuda\.is_available\(\)[`'\"]{0,2} (?:always |still |just )?fails\b",
    r"(?i)\bне (?:видит|находит|определяет|использует) (?:CUDA|GPU|видеокарт)",
    r"(?i)\b(?:GPU|CUDA|Grafikkarte) (?:wird|ist) nicht (?:erkannt|gefunden|verfügbar)\b",
    r"(?i)\bno (?:detecta|reconoce|encuentra) (?:la |mi )?(?:GPU|CUDA|tarjeta gráfica)"
    r"|\bnão (?:detecta|reconhece|encontra) (?:a |o |minha )?(?:GPU|CUDA|placa de vídeo)",
    r"(?i)\bne (?:détecte|reconnaît|trouve) pas (?:la |le |ma |mon )?(?:GPU|CUDA|carte graphique)",
    r"(?:GPU|CUDA|グラボ)(?:が|を|は)?(?:認識され|検出され|認識し|検出し|使え|使用でき)(?:ない|ません|ず)",
    r"User provided device_type of 'cuda', but CUDA is not available",
    r"(?i)Invalid CUDA '-{0,2}device[ =]\S{1,12}' requested",
    r"\bvalid devices are 0 - -1\b|No supported Nvidia GPU found|没有发现支持的N卡",  # YOLOv5's hub, RVC
    r"`CUDAAccelerator` can not run on your system|No supported gpu backend found",
    r"(?i:mixed precision).{0,200}(?:can only be used on CUDA devices|requires a GPU)",
    r"Failed to infer device type, please set the environment variable",
    r"requires a CUDA device, which is not available",
    r"CUDA initialization failure with error: 100\b",  # TensorRT
    r"\b0 active drivers \(\[\]\)\. There should only be one",
    r"\bassert torch\.cuda\.is_available\(\)(?:,[^\n]{1,200})?[\s^~]{1,200}AssertionError\b",
    r"You requested (?:gpu|GPU)s?: \[[^\]\n]{1,80}\]\s{1,40}But your machine only has: \[\]",  # Lightning
    r"arch_list\[-1\] \+= ?['\"]\+PTX['\"].{0,80}IndexError: list index out of range",
)
# of a warning: the program itself asks for the processor
UNLESS = (
    r"\bdevice ?= ?['\"]cpu['\"] ?[,)]",
    r"Use DirectML instead|\bdevice ?[:=] ?'?privateuseone\b",  # Windows' way to any GPU is in use
)
CANDIDATES = {
    "cpu-only-build-on-gpu-machine": "torch.version.cuda is None",
    "no-driver": "there is no nvidia-smi on the machine, or no NVIDIA GPU",
    "driver-not-loaded": "nvidia-smi is there and cannot communicate with the driver",
    "container-without-gpu": "nvidia-smi works on the host and not in the container or the virtual machine",
    "cuda-visible-devices-bad": "CUDA_VISIBLE_DEVICES is set, to nothing or to a GPU that is not there",
    "driver-too-old-for-cuda-build": "nvidia-smi names an older CUDA than torch.version.cuda",
}


def check(
    torch: Torch | None,
    nvidia: Nvidia | None,
    runtime: Runtime | None,
    variables: Variables | None,
    host: Host | None,
    amd: Amd | None,
) -> Answer:
    if _nvidia.works(runtime):
        return _nvidia.WORKS
    if host and host.os == "macos":
        return _nvidia.ON_A_MAC
    if (board := _jetson.board(host, nvidia)) and not (torch and torch.version):
        return not_there("host.jetson", board)  # most likely a wheel that was not built for it
    if amd and amd.gpus and not _nvidia.gpus(nvidia):
        return not_there("amd.gpus", ", ".join(gpu.name for gpu in amd.gpus), "an NVIDIA GPU")
    found = _nvidia.with_driver(nvidia)
    if not found or _nvidia.hidden(variables) or (torch and (torch.version == "" or build_of(torch).kind)):
        return cannot_tell("runtime.cuda_warning")
    if not _nvidia.fails(runtime):
        return cannot_tell("runtime.cuda_available")
    unavailable = seen("runtime.cuda_available", "False", "True")
    if torch is None or not torch.version:
        return there(unavailable, message=UNKNOWN, gpu=_nvidia.names(found))
    return there(unavailable, seen("torch.build", "not known"), torch=torch.version, gpu=_nvidia.names(found))


def remedies() -> tuple[Action, ...]:
    ask = "import torch; print(torch.version.cuda, torch.version.hip); torch.cuda.init()"
    return (
        AskPython(title="See what PyTorch was built for, and which error CUDA itself reports", code=ask),
        Doctor(title="Check that machine: its facts show which cause it is", words=("check",)),
        Look(title="Check whether the driver responds", commands=(("nvidia-smi",),)),
    )
