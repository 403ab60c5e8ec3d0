"""cuDNN is missing, of another version than torch needs, or another copy is loaded first.

## Why it matters
torch comes with the cuDNN it was compiled with. A copy in LD_LIBRARY_PATH, on PATH or from another package is loaded
instead; convolutions then fail or the process aborts. Other programs (faster-whisper, onnxruntime) look for their own
cuDNN.

## What to do
Remove the foreign cuDNN from the search path, or install the nvidia-cudnn wheel in the required version.

## References
- https://docs.nvidia.com/deeplearning/cudnn/backend/latest/reference/support-matrix.html
- https://github.com/SYSTRAN/faster-whisper#gpu
"""

from __future__ import annotations

from doctor.facts import Host, Packages, Runtime, Toolkits, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.rules.libraries import _shadowing

SEVERITY = Severity.ERROR
MESSAGE = "{variable} puts another cuDNN before the one of torch: {path}"
UNMET = "torch needs {requirement}, {found}"
SIGNATURES = (
    r"cuDNN version (?:incompatibility|mismatch): ?Py[Tt]orch was compiled",
    r"PyTorch was compiled without cuDNN/MIOpen support|cuDNN/MIOpen library not found",
    r"Could not load library libcudnn\w*\.so",
    r"Unable to load any of \{?libcudnn",
    r"Could not (?:load|locate) (?:library )?(?:symbol )?(?:cudnn\w*|libcudnn\w*)",
    r"libcudnn[\w-]*\.so\S*: (?:cannot open shared object file|undefined symbol)",
    r"(?:not (?!be found\. Error loading)|n't |cannot |fail\w{0,6} ).{0,60}cudnn\w{0,20}64_\d{1,4}\.dll"
    r"|cudnn\w{0,20}64_\d{1,4}\.dll.{0,40}(?:not found|missing|is not)",
    r"CUDNN_STATUS_(?:VERSION_MISMATCH|SUBLIBRARY_VERSION_MISMATCH|SUBLIBRARY_LOADING_FAILED)",
    r"Invalid handle\. Cannot load symbol cudnn\w+|undefined symbol:? cudnn[A-Z]\w+",
    r"\bsymbol \S{1,200}, version \W{0,3}libcudnn\S{1,40} not defined in file",
    # XLA (JAX, TensorFlow), beside torch whose cuDNN was loaded first or replaced its own
    r"Found cuDNN version \d{4,6}, but JAX was built against version \d{4,6}",
    r"Loaded runtime CuDNN library: [\d.]{3,12} but source was compiled with: \d",
    r"Could not locate zlibwapi\.dll",
)
EXPLAINS = ("cudnn-internal-error", "mixed-native-libraries")


_NAMES = ("libcudnn", "cudnn")


def check(
    torch: Torch, toolkits: Toolkits | None, packages: Packages | None, runtime: Runtime | None, host: Host | None
) -> Answer:
    if host and host.os == "macos":
        return not_there("host.os", host.os)
    if not torch.version or torch.cuda_version == "" or torch.build == "cpu":
        return cannot_tell("error.text")  # another package may ask for a cuDNN of its own
    other = _shadowing.first(toolkits, runtime, *_NAMES)
    if other is not None:
        evidence = seen("toolkits.shadowing", f"{other.variable}: {other.path}", "torch's own cuDNN first")
        level = _shadowing.severity(runtime, *_NAMES)
        return there(evidence, variable=other.variable, path=other.path, severity=level)
    unmet = _shadowing.unmet(packages, "cudnn")
    if unmet is None:
        return cannot_tell("error.text")
    found = f"but {unmet.found} is installed" if unmet.found else "which is not installed"
    fatal = not unmet.found and not (runtime and runtime.imported)
    return there(
        seen("packages.unmet", unmet.found or "not installed", unmet.requirement),
        message=UNMET,
        requirement=unmet.requirement,
        found=found,
        severity=Severity.ERROR if fatal else _shadowing.severity(runtime, *_NAMES),
    )


def remedies(toolkits: Toolkits | None, packages: Packages | None, runtime: Runtime | None) -> tuple[Action, ...]:
    unmet = _shadowing.unmet(packages, "cudnn")
    shadowing = _shadowing.without(_shadowing.first(toolkits, runtime, *_NAMES))
    return (*shadowing, *((_shadowing.install(unmet),) if unmet else ()))
