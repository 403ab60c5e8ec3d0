"""A path is longer than Windows allows (260 characters).

## Why it matters
Source archives of flash-attn and xformers, and the licences in torch's own wheel, have deep folders. Below a long
folder, such as that of the Store's Python, they pass the limit, and the file that cannot be written "does not exist".

## What to do
Put the environment, and TEMP while building, into a short folder. Long paths can be allowed for the whole machine.

## References
- https://learn.microsoft.com/windows/win32/fileio/maximum-file-path-limitation
"""

from __future__ import annotations

from doctor.catalog import Version, all_releases
from doctor.catalog.system import MOST_CHARACTERS, longest_path
from doctor.facts import Host, Packages, Python, Torch
from doctor.model import Reading, Severity, Status
from doctor.remedy.actions import Action, Advice, Doctor, LongPaths
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "pip cannot install PyTorch {torch} here: a path would have {length} characters, Windows allows {most}"

SIGNATURES = (
    r"does not have Windows Long Path support enabled",
    r"\[WinError 206\]|\(os error 206\)",
    r"No such file or directory: '[A-Za-z]:[\\/][^'\n]{240,600}'",
    r"failed to create (?:file|directory) `[^`]{0,400}[\\/]licenses[\\/][^`]{0,300}`.{0,60}\(os error 3\)",
    r"(?:unable to create file|error: cannot stat) .{0,400}: Filename too long",
)
EXPLAINS = ("torch-not-installed", "torch-not-importable", "half-removed-packages")
SHORT = r"C:\torch"
ELSEWHERE = "Make an environment in a short folder instead"
_OTHERS = ("conda", "mamba", "pixi", "uv")  # what installs there does not heed the limit


def check(host: Host, torch: Reading[Torch], python: Python | None, packages: Packages | None) -> Answer:
    if host.os != "windows":
        return not_there("host.os", host.os) if host.os else cannot_tell("host.os")
    if host.long_paths is not False or python is None or python.site_length is None or python.kind in _OTHERS:
        return cannot_tell("error.text" if host.long_paths else "python.site_length")
    installed = torch.value.version if torch.value else None
    whole = installed and not (packages and any("torch" in path for path in packages.leftovers))
    if whole or (installed is None and torch.status is not Status.ABSENT):
        return cannot_tell("error.text")  # other packages have long paths, too
    version = installed or _newest_for(python)
    length = python.site_length + 1 + longest_path(version)
    if length <= MOST_CHARACTERS:
        return cannot_tell("error.text")
    most = MOST_CHARACTERS - 1 - longest_path(version)
    short = seen("python.site_length", python.site_length, f"at most {most} for PyTorch {version}")
    return there(short, seen("host.long_paths", False), torch=version, length=length, most=MOST_CHARACTERS)


def _newest_for(python: Python) -> str:
    tag = "cp" + str(Version.of(python.version).cut(2)).replace(".", "")
    wheels = ((row.torch, row.wheel("windows-x86_64")) for row in all_releases())
    return next((torch for torch, wheel in wheels if wheel and tag in wheel.python), all_releases()[0].torch)


def remedies(python: Python | None) -> tuple[Action, ...]:
    if python is None or python.site_length is None:
        return Advice(title="Make the environment in a short folder, near the root of the drive"), LongPaths()
    return Doctor(words=("setup", "--env", SHORT), title=ELSEWHERE), LongPaths()
