"""The index, tag or platform has no such wheel.

## Why it matters
pip and uv say that nothing matches: the URL is not the index of that build, the build does not exist for this system or
processor, or the name is misspelt. Where pip lists nothing but `0.1.2` and its posts, no wheel at all on PyPI fits this
Python, system and processor: these are old placeholders.

## What to do
Use the command that `torch-doctor match` shows for this machine. A build with a tag is not on PyPI but on the index of
that build: `+cu118` on https://download.pytorch.org/whl/cu118.

## References
- https://pytorch.org/get-started/previous-versions/
- https://pip.pypa.io/en/stable/topics/repository-authentication/
"""

from __future__ import annotations

import re

from doctor.facts import ErrorText, Host, Python, Runtime, Torch
from doctor.model import Reading, Severity
from doctor.remedy.actions import Action, AskPip, AskPython
from doctor.rules.api import Answer, cannot_tell, seen, there
from doctor.rules.install import _asked

SEVERITY = Severity.ERROR
MESSAGE = "There are no PyTorch wheels for the processor architecture {architecture}"
PLACEHOLDERS = (  # a release without code, which pip tries to build
    r"\(from versions: 0\.1\.2(?:\.post\d)?(?:, 0\.1\.2\.post\d)*\)"
    r"|\btorch-0\.1\.2(?:\.post\d)?\.tar\.gz|No module named '?tools\.nnwrap\b"
)
# the index of that build was asked: it lists others of the same tag
SAME_TAG = (
    r"satisfies the requirement \"?torch\w{0,6}={2,3}\d[\d.]{0,12}\+(?P<tag>cpu|cu\d{2,3}|rocm[\d.]{1,8}|xpu)\"? "
    r"\(from versions: [^)]{0,4000}\+(?P=tag)\b"
)
UNLESS = (
    SAME_TAG,
    r"is not a trusted or secure host and is being ignored",
)  # so the index was not asked
SIGNATURES = (
    PLACEHOLDERS,
    r"only has wheels for the following platforms?",
    r"torch\S* ha(?:s|ve) no wheels with a matching platform tag",
    r"Distribution `\S{1,80} @ .{1,200}can't be installed because it doesn't have a source distribution or wheel",
    r"found distribution \S{1,60} @ \S{1,200} with neither wheels nor source distribution",
    r"packages in these conflicts have no matching distributions available for your environment",
    r"Didn't find wheel for \w{2,60} \d",  # NVIDIA's placeholders, which fetch the wheel of the platform
    r"(?:satisfies the requirement|No matching distribution found for|there is no version of) \"?torch\S{0,60}"
    r"\+(?:cu|cpu|rocm|xpu)\w*",
    r"torch\S{0,10} \(\d\S{0,20}\+(?:cu|cpu|rocm|xpu)\w*\) which doesn't match any versions",
    r"Could not find a version that satisfies the requirement \"?torch\S{0,40} \(from versions: (?:none)?\)",
    r"(?:Because|And because|cause) (?:there (?:is|are) no (?:version|wheel)s? of )?"
    r"(?!torch(?:vision|audio)?==[\d.]+[\s,])torch\S{0,40}.{0,80}(?:was not found|unsatisfiable|no wheels)",
    r"No matching distribution found for \"?torch",
    r"Unable to find (?:installation )?candidates for torch",
    r"Because torch(?:vision|audio)?\S{0,60}.{0,40} has no (?:wheels|`(?:platform_machine|sys_platform"
    r"|python))",
    r"torch\S{0,40} (?:is|are) unusable because no wheels are available with a matching platform",
    r"Could not find a version that satisfies the requirement"
    r" \"?torch(?!.{0,60}\(from versions: \d)",
    r"(?:PackagesNotFoundError|ResolvePackageNotFound|nothing provides requested"
    r"|package does not exist).{0,80}(?:torch|cuda)",
    r"You tried to install \"pytorch\"\. The package named for PyTorch is \"torch\"",
    r"Looking in indexes: https://download\.pytorch\.org/whl/\S{0,40} .{0,60}requirement (?!torch|nvidia|triton)"
    r"[\w.-]{2,40}\S{0,40} .{0,60}\(from versions: none\)",  # the index has torch and what it needs, and no more,
)
EXPLAINS = ("torch-not-installed", "torch-not-importable")
NOTHING_FITS = "Show the Python, bits and system that no wheel on PyPI fits (0.1.2 is a placeholder)"
_WHERE = "import sys, sysconfig; print(sys.version, sys.maxsize > 2**32, sysconfig.get_platform())"
_WITH_WHEELS = {"x86_64", "amd64", "x64", "aarch64", "arm64"}


def check(host: Host, python: Python | None, torch: Reading[Torch], runtime: Runtime | None) -> Answer:
    machine = ((python.machine if python else None) or host.architecture or "").lower()
    installed = torch.value is not None and torch.value.version != ""
    thirty_two = python is not None and python.bits == 32  # a 32-bit Python has a rule of its own
    if not machine:
        return cannot_tell("host.architecture")
    if machine in _WITH_WHEELS or installed or thirty_two or (runtime and runtime.imported):
        return cannot_tell("error.text")  # an index without the wheel that was asked for
    return there(seen("host.architecture", machine, "x86_64 or arm64"), architecture=machine)


def remedies(error: ErrorText | None) -> tuple[Action, ...]:
    if error and re.search(PLACEHOLDERS, error.text):
        return AskPython(code=_WHERE, title=NOTHING_FITS), *_asked.fitting(error)
    offers = AskPip(words=("index", "versions", "torch"), title="Show what the configured index offers")
    return *_asked.fitting(error), offers
