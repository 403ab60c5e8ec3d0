"""TorchCodec is missing or cannot load: it needs FFmpeg's libraries and the PyTorch it was built for.

## Why it matters
torchaudio, datasets and video readers decode with TorchCodec. Its wheel has no FFmpeg in it: it looks for FFmpeg's
shared libraries in each version it knows, newest first. Up to 0.11 each TorchCodec release belongs to one PyTorch
release; later ones work with PyTorch 2.11 and newer. Of the errors it lists, those for FFmpeg versions that are not
installed do not count.

## What to do
Install FFmpeg with shared libraries (Windows: a "shared" build with its folder on the PATH), of a version that the
message names, and the TorchCodec of the installed PyTorch.

## References
- https://github.com/meta-pytorch/torchcodec#installing-torchcodec
"""

from __future__ import annotations

from doctor.facts import ErrorText, Host, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, CondaInstall, FittingCompanion, Install, SystemPackage

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"Could not load (?:lib)?torchcodec\b",
    r"libtorchcodec\w{0,20}\.(?:so|dll|dylib)",
    r"\[(?:start|end) of libtorchcodec loading traceback\]|No spec found for libtorchcodec",
    r"[Tt]orchcodec is not installed correctly",  # pyannote.audio
    r"TorchCodec is required for|please install '?torchcodec|No module named '?torchcodec",
)
EXPLAINS = ("extension-abi-mismatch", "torchaudio-mismatch", "foreign-extension-dll-load", "cuda-runtime-lib-missing")
BELONGS = "Compare the release of TorchCodec with that of PyTorch: https://github.com/meta-pytorch/torchcodec#installing-torchcodec"
HOMEBREW = "Install FFmpeg, for example with Homebrew"


def remedies(host: Host | None, error: ErrorText | None, torch: Torch | None) -> tuple[Action, ...]:
    text = (error.text if error else "").lower()
    absent = "is required for" in text or "please install" in text or "no module named" in text
    fitting = FittingCompanion(name="torchcodec") if torch and torch.version else Install(("torchcodec",))
    first = (fitting,) if absent else ()
    mac = host is not None and host.os == "macos"
    ffmpeg = Advice(title=HOMEBREW) if mac else SystemPackage(name="ffmpeg")
    return *first, CondaInstall(("ffmpeg<8",), channel="conda-forge"), ffmpeg, Advice(title=BELONGS)
