"""`python -m torch.utils.collect_env` of every torch since 1.0, its forks, and lists of facts written in its terms.

What its words mean (torch/utils/collect_env.py): "N/A" beside torch = the interpreter could not import torch; "CUDA
used to build PyTorch: None", or "Could not collect" beside an importable torch = built without CUDA; "No CUDA" beside
the driver = `nvidia-smi` gave nothing and CUDA is not available; "Could not collect" beside the driver = not known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from doctor.intake.fields import CANONICAL, is_complaint, is_missing, pairs
from doctor.intake.keyed import facts_of, keep_first, left_out, tell
from doctor.intake.merge import Partial
from doctor.intake.witness import Witness

TITLE = "a list of keys and values"
WITNESS = Witness.PROGRAM
OPENS = r"^\s*+(?:Collecting environment information|[-* ]*+PyTorch version:)"
LEFT_OUT = (
    r"Collecting environment information\.\.\.",
    "CPU:$",
    "CMake version:",
    r"\[(?:pip3?|conda)\] Could not collect",
    "Versions of relevant libraries:",
    # Intel's extension
    r"PyTorch CXX11 ABI:|IPEX commit:|Build type:|IGC version:|DPCPP runtime version:|MKL version:",
    r"Intel OpenCL ICD version:|Level Zero version:|GPU models and configuration (?:onboard|detected):$",
    # lscpu
    r"CPU op-mode\(s\):",
    r"(?:Address sizes|Byte Order|Vendor ID|CPU family|Model|Stepping|Frequency boost|BogoMIPS):\s{2,}",
    r"Virtualization(?: type)?:\s{2,}",
    r"(?:On|Off)-line CPU\(s\) list:",
    r"CPU(?:\(s\) scaling)? (?:max |min )?MHz:",
    r"L[1-3][di]? cache:",
    r"NUMA node(?:\(s\)|\d+ CPU\(s\)):",
    r"Vulnerability [\w /-]{2,40}:",
    r"(?:Hypervisor vendor|Vendor|BIOS (?:Vendor ID|Model name|CPU family)|Caches \(sum of all\)|NUMA):?\s{2,}",
    # Win32_Processor
    r"(?:Manufacturer|Family|ProcessorType|DeviceID|CurrentClockSpeed|MaxClockSpeed|L2CacheSize|L2CacheSpeed)[:=]",
    r"Revision[:=]",
)

_GPU_LINE = re.compile(
    r"^\s*(?:[-*•]\s*)?GPU ?(\d{1,2})(?:[, \d]{0,60})[:：]?\s+(?!name|\d+\s*%)(\S.{2,120})$",
    re.IGNORECASE,
)
_PRINTED = re.compile(
    r"^\s*Collecting environment information"
    r"|^\W{0,6}(?:Is (?:debug build|CUDA available|XNNPACK available)|(?:CUDA|ROCM|XPU) used to build PyTorch"
    r"|GPU models and configuration|CUDA runtime version|Libc version|CUDA_MODULE_LOADING set to"
    r"|sys\.platform|PyTorch compiling details|PyTorch version \(GPU\?\)|Hypervisor vendor|Thread\(s\) per core"
    r"|(?:Python )?Platform: (?:Linux|Windows|macOS|Darwin)-)"
    r"|torch\.(?:cuda|version|backends|xpu|__version__)[\w.]*(?:\(\d?\))?\s*[:=]"
    r"|^[A-Z]\w{2,50}=\S|^[A-Z]+_[A-Z_]+: |^\w[\w ]{2,40} \.{4,} |^(?:PyTorch|GPU(?: available| \d))\s{3,}\S",
    re.IGNORECASE,
)
_GPU_HEAD = re.compile(r"^[\s*-]*GPU models and configuration\s*:", re.IGNORECASE)
_VARIABLE = re.compile(
    r"^(?:CUDA_|NCCL_|LD_|NVIDIA_|PYTORCH_|TORCH_|OMP_|MKL_|KMP_|HSA_|HIP_|ROCR_|VLLM_|PYTHON(?!\d)|XLA_|GLOO_|ONEAPI_|ZE_|USE_LIBUV$)\w*$"
)
_COMMAND = re.compile(r"^\W{0,4}[A-Z_]+=[^\s'\"]+\s+\S")  # NAME=value for one command
_PROCESSOR = re.compile(r"\b(?:Intel|AMD|Ryzen|Xeon|EPYC|Core|Apple|ARM|Snapdragon)\b")


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    """What a dump says, and the indexes of the lines that say it."""
    return take(lines, "nvidia-smi") if is_printed(lines) else ({}, set())


def is_printed(lines: Sequence[str]) -> bool:
    """Some line has words that a program prints and nobody types."""
    return any(_PRINTED.search(line) for line in lines)


def is_variable(name: str) -> bool:
    """An environment variable that decides something for torch."""
    return bool(_VARIABLE.match(name))


def take(lines: Sequence[str], gpus_from: str) -> tuple[Partial, set[int]]:
    raw, variables, used = gather(lines)
    return facts_of(raw, variables, gpus_from), used | left_out(lines, LEFT_OUT, range(len(lines)))


def gather(lines: Sequence[str]) -> tuple[dict[str, str], dict[str, str], set[int]]:
    """Canonical key -> first value, environment variables, and which lines they came from."""
    raw: dict[str, str] = {}
    variables: dict[str, str] = {}
    used: set[int] = set()
    for index, key, value in pairs(lines):
        name = "model name" if key == "name" and _PROCESSOR.search(value) else CANONICAL.get(key)
        if is_complaint(value):
            continue
        if name:
            used.add(index)
            tell(raw, name, value)
        elif _VARIABLE.match(key.upper()) and key.upper() not in variables and not _COMMAND.match(lines[index]):
            used.add(index)
            variables[key.upper()] = value.strip("\"'")
    _gpu_lines(lines, raw, used)
    _cudnn_lines(lines, raw, used)
    _intel_lines(lines, raw, used)
    _apple_line(lines, raw, used)
    return raw, variables, used


def _gpu_lines(lines: Sequence[str], raw: dict[str, str], used: set[int]) -> None:
    """ "GPU 0: NVIDIA A100 (UUID: …)" of nvidia-smi -L; MMCV's "GPU 0,1: Tesla V100"; Detectron2's columns."""
    found: list[str] = []
    for index, line in enumerate(lines):
        text = _GPU_HEAD.sub("", line)
        match = _GPU_LINE.match(text)
        if match:
            used.add(index)
            count = len(re.findall(r"\d+", text.partition(":")[0])) if ":" in text else 1
            found += [match[2]] * max(1, count)
    if found:
        raw["gpu models and configuration"] = "\n".join(found)
        return
    queried = [line for line in lines if re.match(r"^Device:? \d+, ", line)]
    first = raw.get("gpu models and configuration", "")
    if first.startswith("Device") and queried:
        raw["gpu models and configuration"] = "\n".join([first, *queried])


def _cudnn_lines(lines: Sequence[str], raw: dict[str, str], used: set[int]) -> None:
    """Files named below "cuDNN version: Probably one of the following:"."""
    files = [(i, line.strip()) for i, line in enumerate(lines) if re.match(r"\s*(?:/|[A-Za-z]:\\).*cudnn", line)]
    if files and raw.get("cudnn version", "").startswith("Probably"):
        used.update(i for i, _ in files)
        releases = {found[1] for _, file in files if (found := re.search(r"\.so\.(\d+\.\d+)", file))}
        if len(releases) < 2:  # of several nobody knows which one is loaded
            raw["cudnn version"] = files[0][1]


def _intel_lines(lines: Sequence[str], raw: dict[str, str], used: set[int]) -> None:
    """ "* Intel(R) Arc(TM) …" below "Intel GPU models onboard:" and "… detected:"."""
    for start, line in enumerate(lines):
        key = line.strip().rstrip(":").lower()
        if key not in ("intel gpu models onboard", "intel gpu models detected"):
            continue
        names = list(takewhile(lambda one: one.strip().startswith("*"), lines[start + 1 :]))
        used.update(range(start + 1, start + 1 + len(names)))
        if names and is_missing(raw.get(key)):
            raw[key] = "\n".join(names)


def _apple_line(lines: Sequence[str], raw: dict[str, str], used: set[int]) -> None:
    """On a Mac the section "CPU:" is one line, the name of the chip."""
    for index, (head, line) in enumerate(pairwise(lines), start=1):
        if head.strip() == "CPU:" and _PROCESSOR.search(line) and ": " not in line:
            used.add(index)
            keep_first(raw, "model name", line.strip())
