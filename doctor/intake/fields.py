"""Lines of the form "key: value", as the environment reports of many projects print them, under one name a meaning.

The names are those of `torch.utils.collect_env`; the aliases come from the reports of vLLM, Transformers, Accelerate,
Lightning, MMCV, Detectron2, DeepSpeed and IPEX, and from the headings people write by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_ALIASES = {
    "pytorch version": "pytorch info,torch info,"
    "torch version,torch_version,pytorch,torch,pytorch version (gpu?),pytorch version (gpu),"
    "pt version,libtorch version,torch.__version__,pytorch/torch version",
    "is debug build": "pytorch debug build,pytorch debug",
    "cuda used to build pytorch": "torch cuda version,torch.version.cuda,pytorch cuda version,cuda built version,"
    "pytorch build cuda,torch cuda build version,cuda built,cuda runtime,cuda version used by pytorch,pytorch cuda",
    "rocm used to build pytorch": "hip used to build pytorch,rocm sdk used to build pytorch,"
    "torch hip version,torch.version.hip,pytorch hip version",
    "xpu used to build pytorch": "torch.version.xpu",
    "os": "operating system,os version,os name,platform and os version,"
    "os/version,os platform and distribution,distro,distribution,system os,"
    "linux distribution,host os,os platform & distribution,system version",
    "gcc version": "gcc,compiler,gcc/compiler version (if compiling from source),gcc version (if compiled from source)",
    "clang version": "clang",
    "libc version": "libc,glibc,glibc version,ldd version",
    "python version": "python,python version (mandatory),python version used",
    "sys.platform": "",
    "platform system": "system",
    "python platform": "platform,sys.platform details",
    "is cuda available": "cuda available,torch.cuda.is_available(),torch.cuda.is_available,gpu available,"
    "cuda is available,pytorch cuda available,cuda.is_available()",
    "cuda runtime version": "nvcc,nvcc version,cuda compiler,nvcc -v,nvcc --version,cuda toolkit,cuda toolkit version",
    "cuda_module_loading set to": "",
    "gpu models and configuration": "gpu,gpu type,gpu model,gpus,gpu models,gpu name,gpu model(s),gpu(s),graphics card,"
    "graphic card,"
    "gpu type/model,graphics,gpu models & configuration,gpu model and memory,video card,gpu device,"
    "torch.cuda.get_device_name(0),"
    "gpu info,gpu hardware,cuda devices,cuda device,cuda device(s),nvidia gpu,gpu models configuration",
    "nvidia driver version": "driver version,nvidia driver,driver,gpu driver,nvidia drivers,gpu driver version,"
    "cuda driver version,nvidia-driver,modinfo -f version nvidia,nvidia driver version(s)",
    "driver cuda version": "nvidia-smi cuda,cuda driver version supported,cuda umd version,driver cuda,"
    "nvidia-smi cuda version,"
    "cuda version (nvidia-smi),cuda version of nvidia-smi,host cuda",
    "nvrm version": "",
    "cudnn version": "cudnn,torch.backends.cudnn.version()",
    "hip runtime version": "",
    "miopen runtime version": "",
    "is xnnpack available": "",
    "is xpu available": "pytorch xpu available,torch.xpu.is_available()",
    "intel gpu driver version": "",
    "intel gpu models onboard": "",
    "intel gpu models detected": "",
    "kernel": "kernel version,linux kernel,uname -r,release",
    "architecture": "arch,cpu architecture,machine",
    "model name": "cpu,cpu model,processor,processor name,cpu type,chip",
    "flags": "cpu flags",
    "cpu(s)": "",
    "thread(s) per core": "",
    "core(s) per socket": "",
    "socket(s)": "",
    "hypervisor vendor": "",
    "cuda_home": "cuda home",
    "arch list": "torch.cuda.get_arch_list(),torch arch list,pytorch arch list,pytorch cuda arch list,"
    "libtorch_hip targets,cuda arch list,"
    "libtorch_cuda targets,supported architectures",
    "mps built": "torch.backends.mps.is_built(),torch.backends.mps.is_built",
    "mps available": "torch.backends.mps.is_available(),torch.backends.mps.is_available,is mps available,"
    "pytorch mps available",
    "windows version": "windows build,windows build number,windows",
    "wsl version": "wsl",
    "gpu compute capability": "compute capability,torch.cuda.get_device_capability(),cuda capability,"
    "pytorch current device capability",
    "package numpy": "numpy,numpy version,numpy.__version__,np.__version__",
    "package torchvision": "torchvision,torchvision version,torchvision.__version__",
    "package torchaudio": "torchaudio,torchaudio version,torchaudio.__version__",
    "package triton": "triton,triton version",
    "shared memory": "shared memory (/dev/shm) size,/dev/shm,/dev/shm size,shm size",
    "installed with": "how you installed pytorch,how you installed pytorch (conda, pip, source),"
    "how pytorch was installed,installation method",
    "system ram": "ram,memory,total memory",
    "package intel-extension-for-pytorch": "ipex version",
    "jetpack": "jetpack version,l4t,l4t version",
    "container": "docker image,image",
    "mac os": "macos,macos version,mac os version",
}
CANONICAL = {
    alias: name for name, aliases in _ALIASES.items() for alias in (name, *(a for a in aliases.split(",") if a))
}
# words that stand in for a value: the program looked and could not tell
UNTOLD = frozenset({"could not collect", "n/a", "na", "unknown", "<not set>", "not set", "-", "?", "", "<fill in>"})

_BULLET = re.compile(r"^\s*(?:#?[-*+•]\s+|\d{1,2}[.)]\s+)?")
_COLON = re.compile(r"^([^:\n]{1,70}?)\s*:(?:\s+|$)(.*)$")
_EQUALS = re.compile(r"^([A-Z][A-Z0-9_]{2,50}|Architecture|Name)\s?=\s?(.*)$")
_DOTS = re.compile(r"^([^.\n]{2,60}?(?:\.[^.\n]{1,30}?)?)(?<! )[ .]*(?<=\.\.\.)\s(.*)$")
_COLUMNS = re.compile(r"^(\S(?:[^\s]| (?! )){1,40}?)\s{2,}(\S.*)$")
_TABLE = re.compile(r"^\|\s*+([^|]{2,60}?)(?<!\s)\s*\|\s*+([^|]{1,200}?)(?<!\s)\s*\|\s*$")
_EXAMPLE = re.compile(r"(?<!\s)\s*\((?:e\.g\.?|i\.e\.?|for example)[^)]{0,80}\)", re.IGNORECASE)
_TIGHT = re.compile(r"^([^:\n]{1,70}):(?!:)(\S.*)$")  # people leave the space out; "torchvision::nms" is a name
_TEMPLATE = re.compile(
    r"^[\[<]\s?(?:e\.g\.?|i\.e\.?|for example)[^\]>]{0,80}[\]>]", re.IGNORECASE
)  # left in by whoever answers
_MAX_SHAPED = 400  # characters; the flags of a processor make the only longer lines
# not "torch.__version__"
_DECORATION = re.compile(r"\*\*|(?<![\w.])__(?=\w.*__)|`")
_COMPLAINT = re.compile(
    r"\W{0,3}(?:(?:CUDA|HIP|NCCL|fatal|internal|unknown|relocation|symbol lookup) )?"
    r"(?:\w{0,40}Error|\w{0,40}Exception|error)\b ?:|error while loading shared"
)


def pairs(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Line index, key and value of each line that has both; keys are lower case, values keep theirs."""
    for index, line in enumerate(lines):
        yield from ((index, *found) for part in _parts(line) if (found := pair(part)))


def _parts(line: str) -> list[str]:
    """ "Torch: 2.5.1 | CUDA: 12.4 | Python: 3.11" has three pairs."""
    parts = line.split(" | ") if len(line) < _MAX_SHAPED and not line.lstrip().startswith("|") else []
    return parts if len(parts) > 2 and all(map(_COLON.match, parts)) else [line]


def pair(line: str) -> tuple[str, str] | None:
    """The key (lower case, tidied) and value of one line."""
    if len(line) > 20_000:
        return None
    text = _DECORATION.sub("", _BULLET.sub("", line, count=1)) if line else ""
    for shape in (_EQUALS, _TABLE, _COLON, _DOTS, _COLUMNS) if len(text) < _MAX_SHAPED else (_EQUALS, _COLON):
        match = shape.match(text)
        if match and (shape is not _COLUMNS or _normalised_key(match[1]) in CANONICAL):
            return _normalised_key(match[1]), _TEMPLATE.sub("", match[2]).strip()
    tight = _TIGHT.match(text)
    return (_normalised_key(tight[1]), tight[2].strip()) if tight and _normalised_key(tight[1]) in CANONICAL else None


def _normalised_key(text: str) -> str:
    key = re.sub(r"\s+", " ", _EXAMPLE.sub("", text)).strip(" *`>-").lower()
    return key if key.endswith(".__version__") else key.strip("_ *`>-")


def is_complaint(value: str) -> bool:
    """A program's error behind what looks like a key: "GPU: CUDA error: …", "gcc: error: …"."""
    return bool(_COMPLAINT.match(value))


def is_missing(value: str | None) -> bool:
    """The text has no value here, or says that it could not be had."""
    return value is None or value.strip().strip("[]'\"").lower() in UNTOLD
