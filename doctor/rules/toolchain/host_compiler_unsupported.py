"""The C++ compiler is newer or older than what compiles with it accepts.

## Why it matters
Each nvcc knows the compilers of its time: it refuses newer releases of gcc, clang and Visual C++, or stumbles over
their headers. PyTorch's headers in turn need a compiler that knows C++17.

## What to do
Install a compiler of an accepted release beside the other one and let CC, CXX and CUDAHOSTCXX name it; or install a
newer toolkit, of the CUDA major version of PyTorch.

## References
- https://docs.nvidia.com/cuda/cuda-installation-guide-linux/#host-compiler-support-policy
"""

from __future__ import annotations

import re

from doctor.catalog import Version, floors
from doctor.facts import ErrorText, Host, Runtime, Toolkits
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, CondaInstall
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.rules.toolchain import _toolkit

SEVERITY = Severity.ERROR
MESSAGE = "nvcc {nvcc} does not accept gcc {gcc}, only releases before {refused}"
NEWER = "Install a newer g++ beside this one, and let CC, CXX and CUDAHOSTCXX name it"
OLD = "gcc {gcc} is too old to compile extensions of PyTorch, which needs gcc {oldest} or later"
SIGNATURES = (
    r"#error:? .{0,6}unsupported (?:GNU|clang|Microsoft Visual Studio|ICC|PGI|pgc\+\+) .{0,10}version!"
    r"|\bgcc versions later than \d{1,2} are not supported",
    r"The current installed version of \S{1,60} \([\d.]{1,20}\) is (?:greater than the maximum|less than the minimum)"
    r" required version",
    r"\bSTL100[012]: Unexpected compiler version, expected ",
    r"std_function\.h.{0,20} error: parameter packs not expanded",
    r"loop initial declarations are only allowed in C99(?: or C11)? mode",  # of what Triton compiles, by gcc before 5
    r"No supported gcc/g\+\+ host compiler found",  # Debian's nvcc
    r"\bnvcc fatal\s{0,5}: Host compiler targets unsupported OS",
    r"with a too old version of (?:GCC|Clang)",
    r"#if _MSC_VER < \d{4} \|\| _MSC_VER >= \d{4}",  # CUDA's own check, quoted
    r"(?:unrecognized|unknown) (?:command[- ]line )?option .{0,3}-std=(?:c|gnu)\+\+(?:14|17|20)",
)
EXPLAINS = ("triton-helper-not-compiled", "jit-extension-not-built", "extension-not-compiled")
_SUPPORTED = re.compile(r"gcc versions later than (\d{1,2})|adequate version of \S{1,60} \(>=[\d.]{1,9}, <(\d{1,2})")
OLDER = "Install g++ {last} or older beside this one, and let CC, CXX and CUDAHOSTCXX name it"
ACCEPTED = "Install a compiler that this nvcc accepts beside this one, and let CC, CXX and CUDAHOSTCXX name it"
STUDIO = (
    "In the Visual Studio Installer, add an older MSVC toolset that this CUDA accepts, or install the newest CUDA"
    " toolkit of PyTorch's CUDA major version"
)


def check(toolkits: Toolkits, runtime: Runtime | None) -> Answer:
    nvcc = _toolkit.used(toolkits)
    family, _, version = (toolkits.compiler or "").partition(" ")
    oldest = floors.limit("gcc for extensions of torch")
    if family == "gcc" and Version.of(version).older_than(oldest):
        return _too_old(version, oldest, runtime)
    refused = floors.first_refused_gcc(str(Version.of(nvcc).cut(2))) if nvcc else ""
    if family != "gcc" or not version or not refused:
        return cannot_tell("toolkits.nvcc_version" if toolkits.compiler else "toolkits.compiler")
    if Version.of(version).older_than(refused):
        return not_there("toolkits.compiler", toolkits.compiler, f"gcc before {refused}")
    evidence = seen("toolkits.compiler", toolkits.compiler, f"gcc before {refused}")
    return there(evidence, severity=Severity.INFO, nvcc=nvcc, gcc=version, refused=refused)


def _too_old(gcc: str, oldest: str, runtime: Runtime | None) -> Answer:
    """Worth a warning where something is known to have not been built."""
    failed = any(module.failure for module in runtime.modules) if runtime else False
    evidence = seen("toolkits.compiler", f"gcc {gcc}", f"gcc {oldest} or later")
    return there(evidence, severity=Severity.WARNING if failed else Severity.INFO, message=OLD, gcc=gcc, oldest=oldest)


def remedies(host: Host | None, toolkits: Toolkits | None, error: ErrorText | None) -> tuple[Action, ...]:
    if host and host.os == "windows":
        return (Advice(title=STUDIO),)
    if toolkits and Version.of((toolkits.compiler or "").partition(" ")[2]).older_than(
        floors.limit("gcc for extensions of torch")
    ):
        return (CondaInstall(specs=("gxx",), channel="conda-forge"), Advice(title=NEWER))
    last = _last_accepted(toolkits, error)
    conda = (CondaInstall(specs=(f"gxx={last}",), channel="conda-forge"),) if last else ()
    return *conda, Advice(title=OLDER.format(last=last) if last else ACCEPTED)


def _last_accepted(toolkits: Toolkits | None, error: ErrorText | None) -> str:
    """The last major release of gcc that nvcc takes, as the text or the toolkit's version tells."""
    if told := _SUPPORTED.search(error.text if error else ""):
        return told[1] or str(int(told[2]) - 1)
    nvcc = _toolkit.used(toolkits) if toolkits else ""
    refused = floors.first_refused_gcc(str(Version.of(nvcc).cut(2))) if nvcc else ""
    return str(int(refused) - 1) if refused else ""
