"""torchaudio was built for another torch.

## Why it matters
Up to 2.10 torchaudio contains compiled code for exactly one torch release; 2.11.0 works with torch 2.11 and newer,
2.11.1 with torch 2.13 and newer, although pip takes it beside 2.11 and 2.12. With another one its library does not
load. Its import also compares the CUDA of both: up to 2.11.0 the very same version, from 2.11.1 on the major version.

## What to do
Install the torchaudio of the same release as torch, from the same index; remove it if nothing uses it.

## References
- https://docs.pytorch.org/audio/stable/installation.html
"""

from __future__ import annotations

from doctor import catalog
from doctor.catalog import BuildTag, build_of
from doctor.facts import Conda, Host, Packages, Runtime, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, FittingCompanion, FittingTorch
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.rules.packages import _pair

SEVERITY = Severity.ERROR
MESSAGE = "torchaudio {torchaudio} does not belong to torch {torch}, which needs torchaudio {wanted}"
VARIANT = "torchaudio {torchaudio} is built for {audio_kind}, but torch {torch} for {torch_kind}"
SIGNATURES = (
    r"torchaudio[/\\]\S{0,60}(?:_torchaudio|libtorchaudio)\S{0,40}\.(?:so|pyd"
    r"|dylib)\S{0,10}.{0,40}(?:undefined symbol|ymbol not found|cannot)",
    r"lib_?torchaudio\w*\.(?:so|pyd|dll|dylib)|_torchaudio\w*\.(?:so|pyd|dylib)",
    r"dlopen\(\S{0,300}(?:_torch_sox|torchaudio)\S{0,80}.{0,20}[Ss]ymbol not found",
    r"_torch_sox\S{0,60}\.(?:so|pyd)\S{0,10}: undefined symbol:? \w+|No module named '?_torch_sox",
    r"\blibtorch_(?:hip|cuda)\w{0,8}\.so: cannot open.{0,400}\bimport torchaudio",
    r"torchaudio(?: \S{1,30}|`) (?:requires|has requirement) `?torch==",
    r"[Ss]ymbol not found: _?torch_library_impl|undefined symbol: torch_library_impl",
    r"Detected that PyTorch and (?:TorchAudio|torchaudio) were compiled with different CUDA",
    r"module 'torchaudio' has no attribute '(?:set_audio_backend|list_audio_backends|AudioMetaData|info)'",
    rf"\bimport torchaudio\b[^()=]{{0,60}}{_pair.BAD_ALLOC}",
    r"(?i)\b(?:unable|fails?|failed|not able|can ?not|can't|could ?n[o']t) (?:to )?(?:load|import) torchaudio\b"
    r"(?!.{0,80}\bNo module named)",  # as people tell it
    # the frames that load it, where what Windows says names no file
    r"[\\/]torchaudio[\\/]_extension(?:[\\/]\w{1,20})?\.py\", line \d{1,5}, in \S{1,20}\W{1,9}"
    r"(?:_load_lib\(|torch\.(?:ops|classes)\.load_library\()",
    r"Failed to load libtorchaudio|FFmpeg extension is not available|torchaudio\.lib\._torchaudio",
)
EXPLAINS = ("unmet-requirements", "extension-abi-mismatch", "native-crash")


def check(torch: Torch, packages: Packages, conda: Conda | None, runtime: Runtime | None, host: Host | None) -> Answer:
    audio = _pair.version_of("torchaudio", packages, conda, runtime)
    if not torch.version or not audio:
        return _pair.unknown("torchaudio", torch, packages)
    if _pair.works("torchaudio", runtime):
        return not_there("runtime.modules", "torchaudio works")
    own, other = _torch_build(torch), _build(audio, packages, conda, host)
    installed = seen("packages.installed", f"torchaudio {audio}")
    if _pair.torchaudio_fits(torch.version, audio) is False:
        wanted = catalog.companion(torch.version)[1] or "of its own release"
        needed = seen("torch.version", torch.version, f"torchaudio {wanted}")
        return there(needed, installed, torchaudio=audio, torch=torch.version, wanted=wanted)
    tagged = bool(BuildTag.of_version(torch.version).tag and BuildTag.of_version(audio).tag)
    if _pair.cuda_fits(own, other, audio) and not (tagged and own.family != other.family):
        return cannot_tell("runtime.modules")
    needed = seen("torch.version", torch.version, f"a torchaudio for {own.name}")
    return there(
        needed,
        installed,
        message=VARIANT,
        torchaudio=audio,
        torch=torch.version,
        torch_kind=own.name,
        audio_kind=other.name,
    )


def _torch_build(torch: Torch) -> BuildTag:
    told = BuildTag.of_version(torch.version or "")
    return told if told.tag else build_of(torch)


def _build(audio: str, packages: Packages, conda: Conda | None, host: Host | None) -> BuildTag:
    """What torchaudio is built for: by its version's tag, else as PyPI's file of that release."""
    if tag := BuildTag.of_version(audio).tag:
        return BuildTag.of(tag)
    rows = [row.torchaudio for row in catalog.all_releases() if row.torchaudio and row.torchaudio.version == audio]
    cuda = next((row.cuda for row in rows if row.cuda), "")
    if cuda and _pair.is_pypis("torchaudio", packages, conda, host):
        return BuildTag.of("cu" + cuda.replace(".", ""))
    return BuildTag.of(_pair.pypi_build("torchaudio", audio, packages, conda, host))


def remedies() -> tuple[Action, ...]:
    return FittingCompanion(name="torchaudio"), FittingTorch()
