"""Microsoft's compiler answers in the language of the system, and PyTorch cannot read it.

## Why it matters
PyTorch asks cl.exe for its version, and shows what it says where it fails. Messages in Chinese, Russian or Korean come
in the code page of the system; releases of PyTorch that expect UTF-8 stop at them, and hide the compiler's own error.

## What to do
Let the compiler speak English. It can do so where its English messages are installed.

## References
- https://learn.microsoft.com/visualstudio/install/install-visual-studio (language packs)
- https://docs.pytorch.org/docs/stable/cpp_extension.html
"""

from __future__ import annotations

from doctor.facts import Host
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, Rerun

SEVERITY = Severity.ERROR
SIGNATURES = (
    # the frame, or the line of source, is two lines above the error
    r"\bin (?:_?is_msvc_cl|get_compiler_version_info|_?run_compile_cmd|_run_ninja_build|check_compiler_\w{1,40})\b"
    r".{0,300}codec can",
    r"(?:\bdecode\(\*SUBPROCESS_DECODE_ARGS\)|\berror\.output\.decode\(|\boutput = e\.stdout\.decode\(\"utf-8\"\))"
    r".{0,300} decode byte",
    r"(?:InductorError|BackendCompilerFailed|backend='inductor' raised|CppCompileError).{0,80}"
    r"UnicodeDecodeError: 'utf-8' codec can't decode byte",
    # Python says this where the error could not even be put into words; "direct cause" where it could
    r"Command '\['ninja'[^\]\n]{0,30}\]' returned non-zero exit status \d{1,10}\.?"
    r"\s{1,9}During handling of the above exception",
    # a warning, after which most extensions are built all the same
    r"Error checking compiler version for cl: '[\w-]{3,12}' codec can't decode byte.{0,200}\bFailed!",
)
UNLESS = (
    r"^\s*File \"/",
    r"\bnvcc fatal\b|\): (?:fatal )?error C\d{4}: |\bLINK : fatal error LNK\d{4}: ",  # its own error is not hidden
)
EXPLAINS = ("windows-text-encoding",)
ENGLISH = "In the window of the program, set VSLANG to 1033: the compiler then speaks English"
PACK = "If it still fails, add the English language pack in the Visual Studio Installer"


def remedies(host: Host | None) -> tuple[Action, ...]:
    english = Rerun(set=(("VSLANG", "1033"),)) if host and host.os == "windows" else Advice(title=ENGLISH)
    return english, Advice(title=PACK, step=True)
