"""A small C program that Triton compiles for itself fails to compile, and the message does not say why.

## Why it matters
Triton writes a launcher for each kernel and a module that talks to the driver, and lets the C compiler of this machine
build them. Python's error only repeats the command; what the compiler said stands above the traceback, if anywhere.

## What to do
Read the compiler's own lines: the first one with `error` in it names what is missing. Where the log does not have them,
see whether Python's headers and libcuda.so are there.

## References
- https://docs.pytorch.org/docs/stable/torch.compiler_troubleshooting.html
"""

from __future__ import annotations

from doctor.facts import Host
from doctor.model import Severity
from doctor.remedy.actions import Action, AskPython, Look

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"\bCommand '\[.{1,300}[\\/]tmp\w{1,20}[\\/]{1,2}"
    r"(?:main|cuda_utils|hip_utils|spirv_utils|arch_utils|driver|__triton_launcher)\.c(?:pp)?'",
    r"Failed to compile\. cc_cmd[=:]",  # Triton for Windows
)
EXPLAINS = ("not-environment-pytorch-bug",)
CANDIDATES = {
    "linker-cannot-find-libcuda": "the compiler's lines say `cannot find -lcuda`, or `ldconfig -p` lists no libcuda.so"
    " without a number behind it",
    "python-headers-missing": "they name Python.h, or this Python has no folder of headers (Windows' embeddable one has"
    " none)",
    "no-cpp-compiler-for-inductor": "they name a header of the compiler itself (stddef.h, stdio.h), or a part"
    " of it that cannot be executed",
    "host-compiler-unsupported": "the compiler is a gcc before 5, which refuses what newer ones accept",
}


HEADER = "import sysconfig, os.path as p; print(p.exists(p.join(sysconfig.get_path('include'), 'Python.h')))"


def remedies(host: Host | None) -> tuple[Action, ...]:
    headers = AskPython(code=HEADER, title="See whether this Python has its headers")
    if host and host.os == "windows":
        return (headers,)
    return headers, Look(
        commands=(("ldconfig", "-p"),), title="See whether a libcuda.so is listed, beside libcuda.so.1"
    )
