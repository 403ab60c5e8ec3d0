"""The processor lacks instructions that the build uses.

## Why it matters
torch's libraries always use SSE4.1 (since 2.1) and choose AVX2 and AVX-512 code at run time. On very old processors,
and in virtual machines that hide features of the host, programs stop with an illegal instruction. On ARM, single
releases (2.4.0, 2.10.0) ask for more than a Cortex-A72 or A53 has.

## What to do
Virtual machine: give the guest the processor model of the host (QEMU: `-cpu host`). Old processor: use an older torch,
or one built on that machine. ARM: use the release before or after.

## References
- https://github.com/pytorch/pytorch/issues/116623
- https://github.com/pytorch/pytorch/issues/132032 and 176993 (ARM)
- https://www.qemu.org/docs/master/system/qemu-cpu-models.html
"""

from __future__ import annotations

from doctor.catalog import Version
from doctor.facts import Cpu, Host, Runtime, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice
from doctor.rules.api import Answer, cannot_tell, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "This processor lacks {missing}, which PyTorch's libraries use"
DIED = "torch stopped with an illegal instruction on this processor"
SIGNATURES = (
    r"SIGILL\b|[Ii]llegal instruction(?: \(core dumped\)|:? 4\b|\s*$)",
    r"Illegal instruction|Illegal Instruction\b",
    r"STATUS_ILLEGAL_INSTRUCTION|(?i:0xc000001d)|-1073741795|\b3221225501\b",
    r"illegal hardware instruction|interrupted by signal 4\b|exit(?:ed with)? code 132\b",
    r"trap invalid opcode ip:",
    r"was built with baseline optimizations: .{0,60} but your machine doesn't support",
    r"MKL FATAL ERROR: This system does not meet the minimum requirements",
)
EXPLAINS = ("torch-not-importable", "dataloader-worker-segfault")
_X86_64 = ("x86_64", "amd64")
_ASKS_SINCE = "2.1"


def check(cpu: Cpu | None, runtime: Runtime | None, host: Host | None, torch: Torch | None) -> Answer:
    signal = runtime.failure.signal if runtime and runtime.failure else ""
    if signal in ("SIGILL", "STATUS_ILLEGAL_INSTRUCTION"):
        return there(seen("runtime.failure.signal", signal, "a clean import"), message=DIED)
    architecture = (host.architecture if host else None) or ""
    flags = set(cpu.flags or ()) if cpu else set()
    # sse2 shows that these are x86 flags; a translated or cut list proves nothing
    if "sse2" not in flags or architecture.lower() not in ("", *_X86_64):
        return cannot_tell("cpu.flags")
    if _was_imported(runtime) or (torch and torch.version and Version.of(torch.version).older_than(_ASKS_SINCE)):
        return cannot_tell("error.text")  # other libraries may still need more
    if not flags & {"sse4_1", "sse4.1"}:
        return there(seen("cpu.flags", "no sse4_1", "sse4_1"), missing="SSE4.1 (and AVX)")
    if not any(flag.startswith("avx") for flag in flags):
        evidence = seen("cpu.flags", "no avx", "avx2")
        return there(evidence, missing="AVX, AVX2", severity=Severity.WARNING)
    return cannot_tell("error.text")  # there are newer instructions, and other libraries


def _was_imported(runtime: Runtime | None) -> bool:
    """What torch answered, it answered after its import."""
    return runtime is not None and (runtime.imported is True or runtime.cuda_available is not None)


def remedies(host: Host | None) -> tuple[Action, ...]:
    if host is not None and host.virtual_machine:
        return (Advice(title="Give the virtual machine the processor model of its host (QEMU/KVM: -cpu host)"),)
    return (Advice(title="Use another release of PyTorch, one that is built on this machine, or another machine"),)
