"""Who raised: whose file the last frame of a traceback is in."""

from __future__ import annotations

import re
import sys

PROGRAM = "program"  # the user's own files, as opposed to a library's
SHELL = "shell"
# Libraries that a program calls and that complain of what they are given: whoever called them is asked instead
DATA = frozenset(("numpy", "scipy", "PIL", "pandas", "tqdm"))
COMPLAIN = DATA | {"torch", "torchvision", "torchaudio"}

_INSTALLED = re.compile(r"(?:site|dist)-packages/(?:[\w.+-]+\.egg/)?([\w.-]+)")
_BUILT = re.compile(
    r"/(?:pip-install-\w+|pip-req-build-\w+|builds-v\d+|sdists-v\d+|pip-wheel-\w+|pip-build-env-\w+)/(?:([A-Za-z][\w.-]*?)_[0-9a-f]{20,}/)?"
)
_ZIPPED = re.compile(r"/([a-zA-Z]\w+)-[\w.]+(?:-py3-none-any)?\.whl/")
_STANDARD = re.compile(r"(?:^|/)[Ll]ib(?:64)?/(?:python3[\w.]*/)?(\w+)(?:/|\.pyx?$)")
_STANDARD_FOLDER = re.compile(
    r"(?:^|/)lib(?:64)?/python3[\w.]*/|/python3\d+\.zip/|^(?:multiprocessing|importlib|concurrent|asyncio|urllib|http)/"
)
_SCRIPT = re.compile(r"/(?:bin|Scripts)/([\w.-]+?)(?:\.exe|-script\.py|\.py)?(?:/__main__\.py)?$")
_OF_TORCH = re.compile(
    r"(?:^|/)torch/(?:__init__\.py|(?:cuda|nn|utils|distributed|optim|autograd|multiprocessing|backends|hub|serialization|functional|storage|xpu|mps|_\w+|fx|jit|onnx)(?:/|\.py))"
)
# A library in a checkout: transformers/src/transformers/x.py, vllm/vllm/x.py
_CHECKOUT = re.compile(
    r"(?:^|/)(?:src|(\w+))/(?!\1?$)(transformers|diffusers|accelerate|vllm|deepspeed|xformers|setuptools|pip|torchvision|torchaudio|lightning|pytorch_lightning)/"
)
_NOT_A_FILE = re.compile(r"<(?!stdin|ipython-input|cell|module)[^>]*>?")
_NAMES = {"pkg_resources": "setuptools", "_distutils_hack": "setuptools", "pytorch_lightning": "lightning"}

_PIP = (
    r"^(?:pip3?|WARNING: Retrying)\b|subprocess-exited-with-error|is not a supported wheel on this platform"
    r"|^ERROR: (?:No matching|Could not|Cannot (?:install|uninstall)|Fail(?:ed|ure) (?:to build|building)|pip's|THESE"
    r"|Ignored|Package '|Exception:$|Wheel '|ResolutionImpossible|Invalid requirement|HTTP error|Directory )"
)
# What speaks without a traceback, by how its lines begin
_SPEAKERS = (
    (re.compile(_PIP), "pip"),
    (
        re.compile(
            r"^\s*(?:× |[├╰]─▶ )|No solution found when resolving|^error: (?:Failed|Request failed|Distribution)"
        ),
        "uv",
    ),
    (
        re.compile(
            r"\b(?:Lib|libM|m)amba\w*\b|\bconda\w*Error\b|^PackagesNotFoundError|Solving environment", re.IGNORECASE
        ),
        "conda",
    ),
    (re.compile(r"^docker: |Error response from daemon|nvidia-container-cli"), "docker"),
    (re.compile(r"^NVIDIA-SMI|Failed to initialize NVML"), "nvidia-smi"),
    (re.compile(r"^nvcc (?:fatal|error)"), "nvcc"),
    (re.compile(r"^E: |^dpkg: "), "apt"),
    (re.compile(r"^CMake Error"), "cmake"),
    (re.compile(r"^ninja: "), "ninja"),
    (re.compile(r"^(?:/\S*/)?ld: |^collect2: "), "the linker"),
    (re.compile(r"^(?:-?bash|zsh|sh|fish): |is not recognized as an internal or external command"), SHELL),
)


def owner_of(path: str) -> str:
    """The library, script or builder that a file belongs to; PROGRAM for the user's own, "" for Python's own."""
    path = path.replace("\\", "/").replace("//", "/")
    if _NOT_A_FILE.fullmatch(path) or path.startswith("<frozen"):
        return ""
    if found := _INSTALLED.search(path) or _ZIPPED.search(path):
        name = found[1].removesuffix(".py")
        return _NAMES.get(name, name)
    if found := _BUILT.search(path):
        return found[1] or "setup.py"
    if path.rpartition("/")[2] == "setup.py":
        return "setup.py"
    if _STANDARD_FOLDER.search(path) or _is_standard(path):
        return ""
    return _library(path) or PROGRAM


def speaker_of(line: str) -> str:
    """The program that wrote a line of its own, without a traceback; "" where the line does not tell."""
    return next((name for shape, name in _SPEAKERS if shape.search(line)), "")


def _library(path: str) -> str:
    if _OF_TORCH.search(path):
        return "torch"
    if found := _CHECKOUT.search(path):
        return _NAMES.get(found[2], found[2])
    script = _SCRIPT.search(path)
    return script[1] if script else ""


def _is_standard(path: str) -> bool:
    """Windows and conda keep the standard library in Lib, without a Python's version."""
    found = _STANDARD.search(path)
    return bool(found and found[1] in sys.stdlib_module_names)
