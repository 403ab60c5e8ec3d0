"""`python -m bitsandbytes`, and the banner that releases before 0.42 print wherever they are imported.

The CUDA that it names is the one of torch (torch.version.cuda). What it could not load is a failure of its module.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from doctor.facts import DeviceCheck, Failure, Module, Runtime
from doctor.intake.fields import pairs
from doctor.intake.keyed import PACKAGE, TORCH, facts_of, left_out, read_blocks
from doctor.intake.merge import Partial, merge
from doctor.intake.witness import Witness

TITLE = "`python -m bitsandbytes`"
WITNESS = Witness.PROGRAM
OPENS = ""  # the banner comes again with every process
LEFT_OUT = (
    "Welcome to bitsandbytes. For bug reports, please",
    r"python -m bitsandbytes\s*$",
    "and submit this information together with your error trace",
    r"bin \S.*libbitsandbytes\w*\.(?:so|dll)\s*$",
    r"\S*libbitsandbytes\w*\.(?:so|dll)\s*$",
    "CUDA SETUP: (?:CUDA runtime path|Highest compute capability|Detected CUDA version|Loading binary|To manually)",
    "To manually override the PyTorch CUDA version",
    "Related packages:",
    "Running a quick check that:",
    r"\+ (?:library is importable|CUDA function is callable)",
    "Checking that the library is importable",
    "WARNING: Please be sure to sanitize",
    "COMPILED_WITH_CUDA = ",
    "Installation was successful!",
    r"\d\. (?:CUDA driver not installed|CUDA not installed|Using a CPU-only PyTorch build|No GPU detected"
    "|You have multiple conflicting CUDA libraries)",
)
_OPENS = r"^=+ ?bitsandbytes v\d\S* ?=+\s*$"
_BANNER = re.compile(rf"{_OPENS}|^=+ ?BUG REPORT ?=+\s*$|^\++ BUG REPORT INFORMATION \++\s*$")
_RULE = re.compile(r"^(?:={4,}+|\+{4,}+)[^=+]{0,200}+[=+]*+\s*+$")
_PATHS = re.compile(r"^\++ .*CUDA PATHS")
_RELATED = ("accelerate", "diffusers", "numpy", "pip", "peft", "safetensors", "transformers", "triton", "trl")
_KEYS = {
    "version": f"{PACKAGE}bitsandbytes",
    "platform": "python platform",
    "libc": "libc version",
    "python": "python version",
    "pytorch": TORCH,
    "cuda": "cuda used to build pytorch",
    "hip": "rocm used to build pytorch",
    "xpu": "xpu used to build pytorch",
    **{name: PACKAGE + name for name in _RELATED},
}
_VERSION = re.compile(r"^=+ ?bitsandbytes v(\d\S*) ")
_SETTINGS = re.compile(
    r"PyTorch settings found: (CUDA|ROCM)_VERSION=(\d{1,3})(\d)\b|\bcuda_version_tuple=\((\d+), (\d+)\)"
)
_UNAVAILABLE = re.compile(r"^(?:Torch|PyTorch) says \w+ is not available\.|^CUDA specs: None")
_CAPABILITIES = re.compile(r"^COMPUTE_CAPABILITIES_PER_GPU = \[(.{0,400})\]")
_CHECK = re.compile(r"Running a quick check that:|Checking that the library is importable")
_PYTHON = re.compile(r"python(3\.\d{1,2})[/\\]site-packages[/\\]bitsandbytes[/\\]")
_FAILED = re.compile(
    r"CUDA SETUP: (?:CUDA detection failed|Setup Failed|Required library version not found|Problem: )"
    r"|^Could(?:n't| not) (?:load|find) (?:the )?bitsandbytes|^Library not found: \S*bitsandbytes"
)


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    if not any(_BANNER.match(line) for line in lines):
        return {}, set()
    facts, used = read_blocks(lines, _OPENS, _KEYS, (), _pairs)
    raw: dict[str, str] = {}
    for index, line in enumerate(lines):
        if told := _told(line):
            raw = {**told, **raw}
            used.add(index)
        if python := _PYTHON.search(line):
            raw.setdefault("python version", python[1])
    used |= {index for index, line in enumerate(lines) if _RULE.match(line)}
    used |= _paths(lines) | left_out(lines, LEFT_OUT, range(len(lines)))
    facts = merge(facts, facts_of(raw))
    runtime = _runtime(lines, used)
    return (merge(facts, {"runtime": runtime}) if runtime != Runtime() else facts), used


def _pairs(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """The version in the heading; "N/A" is what is printed of torch.version.cuda where that is None."""
    for index, line in enumerate(lines):
        if heading := _VERSION.match(line):
            yield index, "version", heading[1]
    for index, key, value in pairs(lines):
        yield index, key, "None" if key in ("cuda", "hip", "xpu") and value == "N/A" else value


def _told(line: str) -> dict[str, str]:
    """What one line tells of torch."""
    if found := _SETTINGS.search(line):
        name = "rocm" if found[1] == "ROCM" else "cuda"
        version = f"{found[2]}.{found[3]}" if found[1] else f"{found[4]}.{found[5]}"
        return {f"{name} used to build pytorch": version}
    return {"is cuda available": "False"} if _UNAVAILABLE.match(line) else {}


def _paths(lines: Sequence[str]) -> set[int]:
    """The libraries listed below "CUDA PATHS", up to an empty line or the next heading."""
    found, within = set[int](), False
    for index, line in enumerate(lines):
        within = bool(_PATHS.match(line)) or (within and bool(line.strip()) and not line.startswith("+"))
        if within:
            found.add(index)
    return found


def _runtime(lines: Sequence[str], used: set[int]) -> Runtime:
    """How many GPUs there are, whether one computes, and what failed."""
    count, checked = None, False
    devices: tuple[DeviceCheck, ...] = ()
    failed = [line.strip() for line in lines if _FAILED.search(line)]
    for index, line in enumerate(lines):
        if listed := _CAPABILITIES.match(line):
            count = len(re.findall(r"\d\.\d", listed[1]))
            used.add(index)
        checked = checked or bool(_CHECK.match(line))
        if checked and line.strip() == "SUCCESS!":
            devices = (DeviceCheck("cuda:0"),)
            used.add(index)
    modules = (Module("bitsandbytes", failure=Failure(failed[0], "\n".join(failed))),) if failed else ()
    available = True if devices or count else None
    imported = True if available else None
    return Runtime(imported, cuda_available=available, cuda_device_count=count, devices=devices, modules=modules)
