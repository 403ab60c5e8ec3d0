"""The process crashed in native code, and nothing says where.

## Why it matters
A segmentation fault (exit code 139, -11 or 0xC0000005) or a damaged heap ends Python at once, without a traceback.
Something compiled did it: an extension made for another PyTorch or NumPy, two copies of one library in one process, a
decoder, the driver, and now and then PyTorch itself.

## What to do
Run again under `python -X faulthandler`: the last Python line before the crash names the library. Import torch before
the others, and leave one import out after the other until it no longer crashes.

## References
- https://docs.python.org/3/library/faulthandler.html
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Rerun

SEVERITY = Severity.ERROR
_HEAP = (
    r"double free or corruption|free\(\): (?:invalid|double free)|malloc\(\): (?:corrupted|invalid|unaligned|memory)"
    r"|malloc_consolidate\(\): |realloc\(\): invalid|munmap_chunk\(\): invalid|corrupted (?:size vs\. prev_size"
    r"|double-linked list)|\*\*\* stack smashing detected"
)
# as Windows counts them: memory, a heap, a stack, a division by zero, each also as a negative number
_OF_WINDOWS = (
    r"(?:-1073741819|-1073740940|-1073740791|-1073741571|-1073741676"
    r"|3221225477|3221226356|3221226505|3221225725|3221225620)\b"
)
UNLESS = (r"Cmd\('git'\) failed due to: exit code\(\d{9,10}\)",)  # it is Git that crashed
SIGNATURES = (
    r"Fatal Python error: (?:Segmentation fault|Bus error|Aborted|Floating[- ]point exception)",
    r"Windows fatal exception: (?:access violation|stack overflow|code 0x[cC]0000(?:005|374|409|0fd|094))",
    r"(?:[Ss]egmentation fault|Bus error)(?:: 1[01])?\s{0,20}[(（]core dumped|received signal SIG(?:SEGV|BUS)",
    r"^[#\s]{0,12}(?:\S{1,200}: line \d{1,6}:\s+\d{1,9} )?Segmentation [Ff]ault\b",
    r"zsh: (?:segmentation fault|bus error)|EXC_BAD_ACCESS",
    r"\bSignal: (?:Segmentation fault \(11\)|Bus error \(7\))",  # Open MPI
    r"Signal (?:7 \(SIGBUS|11 \(SIGSEGV)\)|(?:with|from|by) signal (?:11\b|SIGSEGV)|<Signals\.SIG(?:SEGV|BUS)\b",
    r"\bSIG(?:SEGV|BUS|ABRT) \(@0x[0-9a-f]{1,16}\)",  # glog
    rf"return code ?[=: ] ?(?:-(?:11|7)\b|{_OF_WINDOWS})",
    rf"exitcode {{0,2}}: (?:-(?:11|7)\b|{_OF_WINDOWS})|SIGSEGV\(-11\)",
    rf"non-zero exit status (?:(?:-11|139)\b|{_OF_WINDOWS})",
    rf"(?i)\bexit(?:ed)?(?: with)?(?: code| status)?[ :=(]{{1,3}}(?:139\b|-11\b|{_OF_WINDOWS})",
    r"(?i)(?:退出代码为?|exit(?:ed)? .{0,20})[ :(]{0,3}(?:-?\d{1,10} ?[(（])?0xC0000(?:005|374|409)\b",
    rf"\b(?:crash|abort|fail)\w{{0,3}} with \W{{0,3}}(?:{_HEAP})",
    rf"^\W{{0,20}}(?:Error in \W\S{{1,80}}: )?(?:{_HEAP})",
    r"\bsegfault at [0-9a-f]{1,16} ip [0-9a-f]{8,16} sp|(?i:exception code: 0xc0000(?:005|374|409|0fd|094))",
    r"(?:The )?[Kk]ernel(?: for .{1,80})? (?:appears to have died|crashed while executing code)"
    r"|Disposing session as kernel process died",  # Jupyter
    r"referenced memory at .{1,40} The memory could not be (?:read|written)|内存不能为.{0,3}(?:read|written)",
    r"OSError: exception: (?:access violation (?:reading|writing|executing) 0x|stack overflow)",  # ctypes
    r"(?i)\bExceptionCode\W{1,3}(?:0x)?c0000(?:005|374|409|0fd|094)\b",  # of an event of Windows, as XML
)
EXPLAINS = ("rendezvous-failed", "ray-worker-died")
CANDIDATES = {
    "process-killed-out-of-memory": "the memory was full just before (`dmesg` says out of memory), or a smaller model"
    " or batch runs",
    "extension-abi-mismatch": "the last line that faulthandler names is in a compiled extension (flash-attn,"
    " torchvision, a kernel of the project's own)",
    "mixed-native-libraries": "it crashes on import, and no longer when torch is imported first or in a fresh"
    " environment",
    "libiomp-duplicate": "several threads stand in OpenMP (libiomp, libgomp, MKL), and with OMP_NUM_THREADS=1 it runs",
    "dataloader-worker-segfault": "it crashes while batches are loaded, and with num_workers=0 too or in a decoder",
    "dataloader-shm-too-small": "it is a bus error (SIGBUS, -7), and `df /dev/shm` shows it full",
    "not-environment-pytorch-bug": "it crashes in one operation of torch, on sound input, and not with another release",
}


def remedies() -> tuple[Action, ...]:
    program = ("python", "-X", "faulthandler", "PROGRAM.py")
    return (Rerun(program=program, title="Let Python name the line in which it crashes"),)
