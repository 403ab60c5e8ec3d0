"""The CUDA toolkit that compiles is of another CUDA version than PyTorch.

## Why it matters
PyTorch refuses to compile an extension with an nvcc whose major version differs from that of the CUDA it was built with
(newer minor versions only warn). Its own wheels run as they are: they bring their libraries.

## What to do
Install the toolkit of the CUDA version that PyTorch was built with beside the other one, and let CUDA_HOME name it; or
install the build of PyTorch for the toolkit's CUDA. `torch.version.cuda` counts, not what nvidia-smi shows.

## References
- https://docs.pytorch.org/docs/stable/cpp_extension.html
- https://developer.nvidia.com/cuda-toolkit-archive
"""

from __future__ import annotations

import re

import msgspec

from doctor import catalog
from doctor.catalog import Version
from doctor.facts import ErrorText, Runtime, Toolkits, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.rules.toolchain import _toolkit

SEVERITY = Severity.ERROR
MESSAGE = "nvcc is of CUDA {toolkit}, PyTorch of CUDA {torch}: CUDA extensions cannot be compiled for it"
NO_BUILD = (
    "nvcc is of CUDA {toolkit}, and torch {torch} exists for CUDA {builds} alone: extensions cannot be compiled for it"
)
# what the code of an older or a newer nvcc calls in the runtime, which torch brings of another CUDA
_SYMBOL = (
    r"\.(?:so|pyd)\b.{0,20}\bundefined symbol:? (?:__cuda(?:RegisterFatBinaryEnd|P(?:ush|op)CallConfiguration)"
    r"|cuda(?:SetupArgument|ConfigureCall|Launch))(?:[,\s(]|$)"
)
SIGNATURES = (
    r"The detected CUDA version \((?:%s|[\d.]{1,12})\) mismatches the version that was used to compile",
    r"Installed CUDA version \S{1,12} does not match the version torch was compiled with"
    r"(?!.{0,60}(?:accepting this combination|the APIs are compatible))|CUDAMismatchException",  # DeepSpeed
    r"compiled with a version of Cuda that does not match the version used to compile Pytorch",
    r"fatal error: cuda_fp[468]\.h(?:pp)?: No such file",  # which came with CUDA 11.8 and 12.8
    r"is only supported on CUDA \d{1,2}\.\d and above",
    _SYMBOL,
    r"nvcc fatal\s{0,3}: ?Value 'c\+\+\d\d' is not defined for option 'std'",
)
EXPLAINS = ("extension-abi-mismatch", "jit-extension-not-built", "extension-not-compiled")
_DETECTED = re.compile(r"The detected CUDA version \((\d{1,2}\.\d)\) mismatches")
_OF_TORCH = re.compile(
    r"(?:compile ?PyTorch \(|torch was compiled with |binaries were compiled with Cuda )(\d{1,2}\.\d)"
)


AGAIN = "Delete the `build` folder of the extension, and build it again with that toolkit"


def check(toolkits: Toolkits, torch: Torch, runtime: Runtime | None, error: ErrorText | None) -> Answer:
    detected = _DETECTED.search(error.text) if error else None
    used = detected[1] if detected else _toolkit.used(toolkits)  # of several, torch says which one it took
    told = _nvidia.matching_line(SIGNATURES, None, None, error)
    if used and torch.cuda_version is None and (known := _of_release(torch)):
        tried = any(module.failure for module in (runtime.modules if runtime else ()))
        level = Severity.ERROR if told else Severity.WARNING if tried else Severity.INFO
        return _none_fits(used, known, torch, level)
    if not used or not torch.cuda_version:
        return cannot_tell("toolkits.nvcc_version" if torch.cuda_version else "torch.cuda_version")
    if Version.of(used).cut(1) == Version.of(torch.cuda_version).cut(1):
        if _nvidia.matching_line(_SYMBOL, None, None, error):
            return cannot_tell("error.text")  # the extension may be of another nvcc than the one of today
        return not_there("toolkits.nvcc_version", used, f"CUDA {torch.cuda_version}")
    evidence = seen("toolkits.nvcc_version", used, torch.cuda_version)
    level = Severity.ERROR if told else Severity.WARNING if torch.source_build else Severity.INFO
    return there(evidence, severity=level, toolkit=used, torch=torch.cuda_version)


def _of_release(torch: Torch) -> tuple[str, ...]:
    """The CUDA of every build of a release, of which nobody knows which one this is."""
    release = None if torch.build or torch.source_build else catalog.release(torch.version or "")
    return tuple(cuda for row in (release.builds if release else ()) if (cuda := catalog.BuildTag.of(row.build).cuda))


def _none_fits(used: str, known: tuple[str, ...], torch: Torch, level: Severity) -> Answer:
    if any(Version.of(used).cut(1) == Version.of(cuda).cut(1) for cuda in known):
        return cannot_tell("torch.cuda_version")
    some = " or ".join(sorted(known, key=Version.of))
    evidence = seen("toolkits.nvcc_version", used, some), seen("torch.version", torch.version)
    return there(*evidence, severity=level, message=NO_BUILD, toolkit=used, torch=torch.version, builds=some)


def remedies(torch: Torch | None, toolkits: Toolkits | None, error: ErrorText | None) -> tuple[Action, ...]:
    told = _OF_TORCH.search(error.text) if error else None
    known = torch or (Torch(cuda_version=told[1]) if told else None)
    if known and told and not known.cuda_version:
        known = msgspec.structs.replace(known, cuda_version=told[1])
    built = _nvidia.matching_line(_SYMBOL, None, None, error)
    return *_toolkit.of_torch(known, toolkits), *((Advice(title=AGAIN),) if built else ())
