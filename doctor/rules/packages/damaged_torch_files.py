"""Files of torch, or of what it needs, are missing or altered.

## Why it matters
The installed files differ from what the wheel lists, because of an interrupted download or upgrade, a full disk, or an
antivirus quarantine. Imports fail or crash without any hint at the cause.

## What to do
Reinstall the package that the file belongs to, without pip's cache.

## References
- https://packaging.python.org/en/latest/specifications/recording-installed-packages/
"""

from __future__ import annotations

import re

import msgspec

from doctor.catalog import COMPANIONS
from doctor.facts import DamagedFile, Packages, Runtime
from doctor.model import Severity
from doctor.remedy.actions import Action, FittingCompanion, Install, SameTorch
from doctor.rules.api import Answer, cannot_tell, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "A file of {owner} {problem}: {path}"
SEVERAL = "{count} files of torch or of what it needs are damaged; the first, of {owner}, {problem}: {path}"
PROBLEMS = {
    "missing": "is missing",
    "size": "has {found} bytes instead of {expected}",
    "hash": "is not the file that was installed",
    "header": "is not a library",
    "unreadable": "cannot be read ({found})",
}
UNLESS = (r"bitsandbytes\w{0,24}\.(?:so|dll)\S{0,4}: (?:file too short|invalid ELF)",)
SIGNATURES = (
    r"Unable to find torch_shm_manager at|libcudart functions unavailable\. It looks like you have a broken build",
    r"(?:libtorch|libc10|torch/lib|torch\\lib)\S{0,80}: (?:file too short|invalid ELF header"
    r"|cannot read file data)",
    # of the driver's library it is the driver's fault
    r"(?<!libcuda\.so: )(?<!libcuda\.so\.1: )(?:file too short|invalid ELF header|ELF file's phentsize"
    r"|cannot map zero-fill pages|ELF load command (?:past end|address/offset not properly aligned))",
    # torch itself does not find its own; another package that does is imported before torch
    r"torch[/\\]__init__\.py\", line \d{1,5}, in <module> .{0,120}lib(?:torch|c10|shm|caffe2)\w{0,20}\.(?:so|dylib)"
    r"(?:: cannot open shared object| .{0,60}Library not loaded)",
    r"not a mach-o file|no suitable image found.{0,200}torch",
    r"EOFError: marshal data too short|(?:Value|Syntax)Error: source code string cannot contain null bytes",
    r"No such file or directory: '[^']{0,200}site-packages[/\\]torch[/\\][^']{1,120}\.(?:py|so|json|dll)'",
)
EXPLAINS = (
    "torch-not-importable",
    "torch-torchvision-mismatch",
    "illegal-instruction-cpu",
    "windows-dll-load-126",
    "windows-dll-load-193",
    # what a program meets where a file is not there, or ends too soon
    "native-crash",
    "cuda-runtime-lib-missing",
    "cudnn-mismatch-or-missing",
    "local-torch-shadow-or-broken-import",
    "module-shadowed",
    "foreign-extension-dll-load",
    "torchvision-image-extension",
    "package-missing",
    "numpy-install-broken",
)
_LOADED = (".py", ".so", ".dll", ".pyd", ".dylib")


def check(packages: Packages, runtime: Runtime | None) -> Answer:
    telling = _telling(packages)
    working = runtime is not None and runtime.imported is True and not any(m.failure for m in runtime.modules)
    if not telling:  # a sample of the files is compared, and cuDNN's are loaded when they are used
        return cannot_tell("error.text" if working else "packages.damaged")
    first = telling[0]
    return there(
        seen(
            "packages.damaged", f"{first.path}: {first.problem} {first.found}".strip(), first.expected or "as installed"
        ),
        message=SEVERAL if len(telling) > 1 else MESSAGE,
        count=len(telling),
        path=first.path,
        owner=_owner(first),
        problem=PROBLEMS.get(first.problem, "is damaged").format(found=first.found, expected=first.expected),
        # somebody patched a file by hand and it still works
        severity=Severity.WARNING if working else Severity.ERROR,
    )


def remedies(packages: Packages | None) -> tuple[Action, ...]:
    """What the files belong to, anew: the small packages first, and torch only for its own files."""
    owners = {_owner(file) for file in _telling(packages)} if packages else set()
    ordered = sorted(owners, key=lambda name: (name == "torch", name))
    found = [_anew(owner, packages) for owner in ordered if packages] or [SameTorch()]
    return found[0], *(msgspec.structs.replace(action, step=True) for action in found[1:])


def _telling(packages: Packages) -> list[DamagedFile]:
    """Files that Python or the loader reads; a script or a licence that differs breaks nothing."""
    return [f for f in packages.damaged if f.path.endswith(_LOADED) or ".so." in f.path]


def _owner(file: DamagedFile) -> str:
    """Whose it is; else the top folder of the package, that of NVIDIA's with the one below it: "nvidia-cudnn"."""
    found = re.search(r"[/\\](?:site|dist)-packages[/\\](nvidia[/\\]\w+|\w+)", file.path)
    return file.package or (re.sub(r"[/\\_]", "-", found[1]) if found else "torch")


def _anew(owner: str, packages: Packages) -> Action:
    if owner in COMPANIONS:
        return FittingCompanion(name=owner)
    own = [p for p in packages.installed if p.name == owner or p.name.startswith(f"{owner}-cu")]
    if owner.startswith("nvidia-") and not own:  # packages that share a folder
        own = [p for p in packages.installed if p.name.startswith("nvidia-")]
    pinned = tuple(f"{p.name}=={p.version}" for p in own)
    return SameTorch() if owner == "torch" or not pinned else Install(requirements=pinned, anew=True)
