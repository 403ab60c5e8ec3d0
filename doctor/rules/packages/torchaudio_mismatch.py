"""torchaudio was built for another torch.

## Why it matters
torchaudio contains compiled code for exactly one torch release (up to 2.10; from 2.11 on it works with every later
torch). With another one its library does not load.

## What to do
Install the torchaudio of the same release as torch, from the same index; remove it if nothing uses it.

## References
- https://docs.pytorch.org/audio/stable/installation.html
"""

from __future__ import annotations

from doctor import catalog
from doctor.catalog import BuildTag
from doctor.facts import Conda, Packages, Runtime, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, FittingCompanion, FittingTorch
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.rules.packages import _pair

SEVERITY = Severity.ERROR
MESSAGE = "torchaudio {torchaudio} does not belong to torch {torch}, which needs torchaudio {wanted}"
SIGNATURES = (
    r"torchaudio[/\\]\S{0,60}(?:_torchaudio|libtorchaudio)\S{0,40}\.(?:so|pyd"
    r"|dylib)\S{0,10}.{0,40}(?:undefined symbol|ymbol not found|cannot)",
    r"lib_?torchaudio\w*\.(?:so|pyd|dll|dylib)|_torchaudio\w*\.(?:so|pyd|dylib)",
    r"_torch_sox\S{0,60}\.(?:so|pyd)\S{0,10}: undefined symbol:? \w+|No module named '?_torch_sox",
    r"torchaudio(?: \S{1,30}|`) (?:requires|has requirement) `?torch==",
    r"[Ss]ymbol not found: _?torch_library_impl|undefined symbol: torch_library_impl",
    r"Detected that PyTorch and (?:TorchAudio|torchaudio) were compiled with different CUDA",
    r"module 'torchaudio' has no attribute '(?:set_audio_backend|list_audio_backends|AudioMetaData|info)'",
    r"Failed to load libtorchaudio|FFmpeg extension is not available|torchaudio\.lib\._torchaudio",
)
EXPLAINS = ("unmet-requirements", "extension-abi-mismatch")


def check(torch: Torch, packages: Packages, conda: Conda | None, runtime: Runtime | None) -> Answer:
    audio = _pair.version_of("torchaudio", packages, conda, runtime)
    if not torch.version or not audio:
        return _pair.unknown("torchaudio", torch, packages)
    if _pair.works("torchaudio", runtime):
        return not_there("runtime.modules", "torchaudio works")
    own, other = BuildTag.of_version(torch.version), BuildTag.of_version(audio)
    kinds_differ = bool(own.tag and other.tag) and own.family != other.family
    if _pair.torchaudio_fits(torch.version, audio) is not False and not kinds_differ:
        return cannot_tell("runtime.modules")
    version = catalog.companion(torch.version)[1] or "of its own release"
    wanted = f"{version}+{own.tag}" if kinds_differ else version
    needed = seen("torch.version", torch.version, f"torchaudio {wanted}")
    installed = seen("packages.installed", f"torchaudio {audio}")
    return there(needed, installed, torchaudio=audio, torch=torch.version, wanted=wanted)


def remedies() -> tuple[Action, ...]:
    return FittingCompanion(name="torchaudio"), FittingTorch()
