"""bitsandbytes does not find its native library for this machine.

## Why it matters
A bitsandbytes wheel holds one library for each CUDA version it knows, and for the CPU. It takes the one for the CUDA of
PyTorch, or the one that BNB_CUDA_VERSION names. Old releases have none for Windows, macOS or newer CUDA versions.

## What to do
Install the newest bitsandbytes, unset BNB_CUDA_VERSION, and let `python -m bitsandbytes` show what it looks for. With
a CPU build of PyTorch it finds no CUDA at all: install a CUDA build.

## References
- https://huggingface.co/docs/bitsandbytes/main/en/installation
- https://github.com/bitsandbytes-foundation/bitsandbytes
"""

from __future__ import annotations

from doctor.catalog import Version
from doctor.facts import Host, Packages, Runtime, Torch, Variables
from doctor.model import Severity
from doctor.remedy.actions import Action, FittingTorch, Install, Rerun
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "PyPI's bitsandbytes {version} has libraries for Linux alone: those for Windows began with {first}"
SIGNATURES = (
    r"CUDA Setup failed despite (?:GPU|CUDA) being available|CUDA SETUP: (?:Setup Failed!|CUDA detection failed)",
    r"(?:Could not find the bitsandbytes|No compatible|Configured) \w{2,5} binary (?:not found )?(?:found )?at\b",
    r"Could not load bitsandbytes native library|bitsandbytes library load error",
    r"Attempted to use bitsandbytes native library functionality but it's not available",
    r"CUDA SETUP: (?:Problem: The main issue seems|Required library version not found)|SETUP ERROR: Missing dependency",
    r"not available in CPU-only version of bitsandbytes",
    r"bitsandbytes was compiled without GPU support",
    r"CUDA SETUP: WARNING! lib\w{4,8}\.so not found",  # releases that knew Linux alone
    r"Possible options found for libcudart\.so: set\(\)",
    r"CUDA SETUP: Loading binary [A-Za-z]:\\.{1,300}libbitsandbytes_\w{2,20}\.so\b",  # Linux's, on Windows
    r"\b[A-Za-z]:\\\S{1,200} did not contain \[?'?libcudart\.so",  # looked for on Windows
    r"libs?bitsandbytes_\w{2,20}\.(?:so|dll|dylib)(?:: \w| .{0,40}(?:not found|cannot|n't))",
    r"Could not find module '[^'\n]{0,300}bitsandbytes_\w{2,20}\.dll'",
    r"Defaulting to libbitsandbytes_cpu|Possible options found for libcudart\.so: set\(\)",
    r"'NoneType' object has no attribute 'c(?:get_|quantize_|dequantize_|adam|int8_|igemm|gem[mv]_|lion)\w{0,60}'",
    r"bitsandbytes[\\/]cuda_setup[\\/]main\.py\", line \d{1,4}, in \w{1,60} .{0,300}(?:is not iterable|NoneType)",
)
EXPLAINS = ("extension-abi-mismatch", "cuda-runtime-lib-missing", "not-environment-pytorch-bug")
_FIRST_ON_WINDOWS = "0.43.0"
OVERRIDE = ("BNB_CUDA_VERSION", "BNB_ROCM_VERSION")
ASK = "Let bitsandbytes say which library it looks for and what it finds"


def check(host: Host, packages: Packages, runtime: Runtime | None) -> Answer:
    """PyPI's wheels of the old releases can be installed on every system. Others built some for Windows."""
    version = packages.version("bitsandbytes")
    module = next((m for m in runtime.modules if m.name.partition(".")[0] == "bitsandbytes"), None) if runtime else None
    if module and not module.failure:
        return not_there("runtime.modules", "bitsandbytes is imported")
    if host.os != "windows" or not version or not Version.of(version).older_than(_FIRST_ON_WINDOWS):
        return cannot_tell("error.text")
    evidence = seen("packages.installed", f"bitsandbytes {version}", f"{_FIRST_ON_WINDOWS} or later")
    return there(evidence, version=version, first=_FIRST_ON_WINDOWS, severity=Severity.WARNING)


def remedies(torch: Torch | None, variables: Variables | None) -> tuple[Action, ...]:
    if torch and torch.cuda_version == "" and torch.build == "cpu":
        return (FittingTorch(accelerator="cuda"),)
    named = tuple(name for name in OVERRIDE if variables and name in variables.values)
    unset = (Rerun(unset=named),) if named else ()
    ask = Rerun(program=("python", "-m", "bitsandbytes"), title=ASK)
    return *unset, Install(("bitsandbytes",), upgrade=True), ask
