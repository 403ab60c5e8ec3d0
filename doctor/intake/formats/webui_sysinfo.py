"""`sysinfo.json` of Stable Diffusion WebUI and Forge: what torch's `collect_env` knows, as JSON, and `pip freeze`.

`modules/sysinfo.py` prints `get_env_info()` before `collect_env` words it: null is "Could not collect".
"""

from __future__ import annotations

from collections.abc import Sequence

from doctor.intake.formats import collect_env, conda, pip_list
from doctor.intake.json_lines import OPENERS, JsonLine, documents
from doctor.intake.keyed import facts_of
from doctor.intake.merge import Partial, merge
from doctor.intake.witness import Witness

TITLE = "`sysinfo.json` of Stable Diffusion WebUI"
WITNESS = Witness.PROGRAM
OPENS = r'^\s*"Torch env info":'
LEFT_OUT: tuple[str, ...] = ()

_TORCH = "Torch env info"
_EXCEPTIONS = "Exceptions"  # left to be judged as texts
_WORDS = {
    (_TORCH, "torch_version"): "PyTorch version",
    (_TORCH, "is_debug_build"): "Is debug build",
    (_TORCH, "cuda_compiled_version"): "CUDA used to build PyTorch",
    (_TORCH, "hip_compiled_version"): "ROCM used to build PyTorch",
    (_TORCH, "gcc_version"): "GCC version",
    (_TORCH, "os"): "OS",
    (_TORCH, "libc_version"): "Libc version",
    (_TORCH, "python_version"): "Python version",
    (_TORCH, "python_platform"): "Python platform",
    (_TORCH, "is_cuda_available"): "Is CUDA available",
    (_TORCH, "cuda_runtime_version"): "CUDA runtime version",
    (_TORCH, "nvidia_driver_version"): "Nvidia driver version",
    (_TORCH, "nvidia_gpu_models"): "GPU models and configuration",
    (_TORCH, "cudnn_version"): "cuDNN version",
    ("", "Platform"): "Python platform",
    ("", "Python"): "Python version",
    ("RAM", "total"): "System RAM",
    ("CPU", "count logical"): "CPU(s)",
}
_TAGS = {"pip_packages": "[pip3] ", "conda_packages": "[conda] "}


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    facts: Partial = {}
    used: set[int] = set()
    for document in documents(lines, _TORCH):
        fullest_first = sorted(document, key=lambda entry: _TORCH not in entry.path)
        printed = [_plain(entry) for entry in fullest_first]
        raw, variables, _ = collect_env.gather(printed)
        facts = merge(facts, facts_of(raw, variables))
        for one in (pip_list, conda):
            facts = merge(facts, one.read(printed)[0])
        used |= {entry.line for entry in document if _EXCEPTIONS not in entry.path}
    return facts, used


def _plain(entry: JsonLine) -> str:
    """The line as `collect_env` or `pip freeze` prints it; a variable as a key."""
    section = entry.path[0] if entry.path else ""
    value = "" if entry.value in OPENERS else "Could not collect" if entry.value is None else entry.value
    if words := _WORDS.get((section, entry.key)):
        return f"{words}: {value}"
    if section == "Environment" and value:
        return f"{entry.key}: {value}"
    name = entry.key or entry.path[-1] if entry.path else ""
    if section == _TORCH and name in _TAGS:
        return f"{_TAGS[name]}{value}"
    return value if section in (_TORCH, "Packages") and not entry.key else ""
