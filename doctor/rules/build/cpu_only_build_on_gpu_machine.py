"""PyTorch is a CPU-only build on a machine with an NVIDIA GPU.

## Why it matters
A CPU build contains no CUDA code at all: `torch.cuda.is_available()` is False whatever the driver. On Windows and with
some conda channels the plain install command installs the CPU build.

## What to do
Install a CUDA build from the PyTorch index. It does not need the CUDA toolkit: the build includes its own libraries.

## References
- https://pytorch.org/get-started/locally/
"""

from __future__ import annotations

import re

from doctor import catalog
from doctor.facts import Amd, Conda, ErrorText, Gpu, Host, Intel, Nvidia, Runtime, Toolkits, Torch
from doctor.model import Evidence, Reading, Severity, Status
from doctor.remedy.actions import Action, FittingTorch
from doctor.rules import _directml, _nvidia
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.rules.cuda import cuda_unavailable_undetermined
from doctor.rules.gpu import _support
from doctor.rules.intel import _cards

SEVERITY = Severity.ERROR
MESSAGE = "PyTorch {torch} is built without CUDA, but this machine has {gpu}"
COMPLAINED = "PyTorch {torch} is built without CUDA, and the program asks for CUDA"
ASKED = "PyTorch {torch} is built without CUDA, although {gpu} asks for it here"
TOOLKIT = "PyTorch {torch} is built without CUDA, although {gpu} is installed here"
SIGNATURES = (
    r"Torch not compiled with CUDA enabled?\b",
    r"(?i)\b(?:py)?torch (?:is |was |has )?not (?:been )?(?:compiled|built) with CUDA",
    r"(?i)\btorch ?(?:未|没有?)在? ?(?:启用|使用|用|带) ?CUDA ?(?:的情况下)? ?编译(?!器|环境)",
    r"\bLNK1181\b.{0,60}\b(?:c10|torch)_cuda\.lib",  # they come with every CUDA build
    r"torch_cuda_version = packaging\.version\.parse\(torch\.version\.cuda\)",  # it is None there
    r"PyTorch was (?:compiled|built) without CUDA support",
    r"torch\.cuda\.Stream requires CUDA support|NVTX functions not installed\. Are you sure you have a CUDA build",
    r"no accelerator support is found from the current compilation",
    r"Cannot initialize CUDA without ATen_cuda library|PyTorch splits its backend into two shared libraries",
    r"(?:torch|PyTorch) is not linked with support for cuda devices|not linked with support for cuda",
    r"module 'torch\._C' has no attribute '_cuda_|has no attribute '_CudaDeviceProperties'",
    r"\d\.\d+\.\d+\+cpu(?:[\s,'\")]{1,4}False\b|\s{1,40}>>> torch\.cuda\.is_available\(\))",
    r"(?i)\d\.\d+\.\d+\+cpu\b.{0,160}(?:is_available\(\).{0,12}False|Invalid CUDA '-{0,2}device"
    r"|torch reports CUDA not available)",
    r"xFormers was built for:? {0,9}PyTorch \S{1,20}\+cu\d{2,3} .{0,40}\(you have \S{1,20}\+cpu\)",
    r"(?i)wrong version: torch \d\S{1,16}\+cpu required \d\S{1,16}\+cu\d",
    # how people tell it
    r"(?i)\b(?:py)?torch[ -]cpu(?:[ -]only)?\b(?: (?:version|build))? (?:is |was |gets? )?installed\b.{0,30}"
    r"\b(?:nvidia|cuda|gpu) (?:system|machine|computer|pc|card|gpu)",
    r"(?i)\b(?:installs?|installed|installing|downloads?|gets?|got) (?:me )?(?:the |a )?cpu[ -]?(?:only )?"
    r"(?:version|build|variant|wheel)s? of (?:py)?torch\b.{0,60}\b(?:instead of|although|even though|despite|nvidia)\b",
    r"(?i)\binstall(?:s|ed|ing)? (?:the |a )?(?:cpu[ -]?(?:only )?(?:version|build)|pytorch-cpu)\b.{0,40}"
    r"\b(?:even|although|despite)\b.{0,30}\bGPUs?\b",
    r"(?i)\b(?:results? in|end(?:s|ed)? up with|leads? to|gives? me|i (?:get|got)) (?:the )?(?:py)?torch[ -]cpu\b"
    r"|\bmissing cuda builds\b|\bcuda builds are missing\b"
    r"|\b(?:py)?torch[ -]cpu (?:is |was |being |gets? |got )*(?:being )?(?:downloaded|installed) instead\b",
    r"(?i)\b(?:py)?torch (?:has |was |got )?(?:changed|switched|reverted|downgraded|replaced|overwritten|went back)"
    r" (?:itself )?(?:to|by|with) (?:the |a )?cpu\b",
    r"(?i)\bpip3? install\b.{0,40}\btorch\b.{0,20}(?:result\w*|end\w* up) (?:in|with) (?:the |a )?cpu\b",
    r"(?i)\binstall(?:s|ed|ing)? \W?(?:py)?torch\W? (?:in|as|for) (?:the )?cpu(?:[- ]only)?(?: mode| version| build)?"
    r"\b.{0,30}\b(?:despite|although|even though|instead of)\b",
    r"(?i)\b(?:gpu|cuda) (?:version|build)s?\b.{0,40}\b(?:provides?|gives?|gave|installs?|installed|gets?|got"
    r"|turn(?:s|ed) (?:in)?to|downloads?|downloaded)\b.{0,20}\bcpu[ -]?(?:only )?(?:version|build)s?\b",
    r"(?i)\b(?:py)?torch\b.{0,30}(?:does|did)(?: not|n't) (?:include|contain|have|ship|come with) \W?"
    r"(?:lib)?torch_cuda\b",
    r"Could not run 'aten::empty\w*(?:\.\w+)?' with arguments from the 'CUDA' backend",
    r"Cannot query cuDNN version without ATen_cuda|\bNVRTC requires CUDA\.|PyTorch was compiled without CUDA\b",
)
UNLESS = (
    r"/(?:Users|opt/homebrew)/.{0,200}torch/cuda/__init__\.py",  # on a Mac there is no CUDA build to install
    r"\bXPU device count is zero\b",  # a build for Intel's GPUs
)
EXPLAINS = (
    "cuda-unavailable",
    "cuda-unavailable-undetermined",
    "driver-too-old-for-cuda-build",
    "triton-missing-windows",
    "attention-kernel-missing",
    "bitsandbytes-library-missing",
    "extension-abi-mismatch",
)
_LAUNCHER = r"(?i)\btorch \d\S{1,16} required \d\S{1,16}\+cu\d{2,3}"
# exceptions of programs that need CUDA; of another build than the one for the CPU they say nothing
_RAISED = r"(?i)(?:Error|Exception|Exit)\b[^\n:]{0,20}: .{0,80}"
_ASKS = (
    _RAISED + r"\b(?:CUDA|GPUs?)\b.{0,20} (?:is |are |must be |to be )(?:not )?(?:required|needed|enabled|availab)",
    _RAISED + r"\b(?:requires?|needs?|must have)\b (?:an? |the |at least one )?(?:NVIDIA |CUDA )?(?:GPU|CUDA)\b",
    _RAISED
    + r"\bno (?:available |usable )?(?:CUDA|GPU)s?(?: devices?| GPUs?)? ?(?:(?:is |are )?(?:found|availab)|\.|$)",
    _RAISED + r"\b(?:not|n't|cannot) (?:find|see|detect|recogni[sz]e|use) (?:the |my |any |an? )?(?:NVIDIA |CUDA )?GPU",
    # a command that names a GPU, and what people say
    r"(?m)^.{0,300}\.py\b.{0,300}--device[ =](?:cuda|\d)(?:[:,]\d)*(?=\s|$)",
    r"(?i)\b(?:can ?not|can't|couldn't|could not|unable to|does(?: not|n't)|won't|fails? to|not) (?:\w+ ){0,3}"
    r"(?:(?:on|in|with|use|using|find|see|detect\w*) ){1,2}(?:an? |the |my )?(?:NVIDIA |CUDA )?GPU\b",
    r"was built for:?\s{0,9}PyTorch \S{1,20}\+cu\d{2,3} .{0,40}\(you have \S{1,20}\+cpu\)",
    r"(?i)\bCUDA is not (?:properly )?linked\b|\bCUDA builds? (?:is|are|seems?(?: to be)?) (?:missing|not)\b",
)
_OLDEST = (5, 0)  # older GPUs are hardly worth a CUDA build of today


def check(
    torch: Torch | None,
    nvidia: Reading[Nvidia],
    toolkits: Toolkits | None,
    conda: Conda | None,
    host: Host | None,
    amd: Amd | None,
    intel: Intel | None,
    error: ErrorText | None,
    runtime: Runtime | None,
) -> Answer:
    if host and (host.jetson or host.os == "macos"):
        return not_there("host.jetson" if host.jetson else "host.os", host.jetson or host.os)
    if amd and amd.gpus and not (nvidia.value and (nvidia.value.gpus or nvidia.value.pci_gpus)):
        return not_there("amd.gpus", ", ".join(gpu.name for gpu in amd.gpus), "an NVIDIA GPU")
    if (cards := _cards.cards(intel)) and not (nvidia.value and (nvidia.value.gpus or nvidia.value.pci_gpus)):
        return not_there("intel.gpus", ", ".join(cards), "an NVIDIA GPU")
    if torch is None:
        return cannot_tell("torch.build")
    if catalog.build_of(torch).kind != "cpu":
        return not_there("torch.build", torch.build, "cpu") if torch.build else cannot_tell("torch.build")
    without = seen("torch.cuda_version", "none", "a CUDA build")
    seen_nvidia = nvidia.value
    if seen_nvidia and (seen_nvidia.gpus or seen_nvidia.driver_version) and not seen_nvidia.nvml_error:
        asked = _nvidia.fails(runtime) or _complaint(error)
        most = Severity.INFO if _directml.is_used(runtime) and not asked else SEVERITY
        return _with_gpu(torch, seen_nvidia, without, most)
    if nvidia.status is Status.ABSENT or (
        seen_nvidia and (seen_nvidia.gpus is not None or seen_nvidia.driver_version == "")
    ):
        return not_there("nvidia.gpus", "no GPU that CUDA could use")
    if not intel and (complaint := _complaint(error)):
        return there(without, complaint, message=COMPLAINED, torch=torch.version or "here")
    toolkit, request = _toolkit(toolkits, conda), _request(conda, error)
    if wanted := toolkit or request:
        message = TOOLKIT if toolkit else ASKED
        return there(
            without, wanted, severity=Severity.WARNING, message=message, torch=torch.version or "here", gpu=wanted.seen
        )
    return cannot_tell("nvidia.gpus")


def _with_gpu(torch: Torch, nvidia: Nvidia, without: Evidence, most: Severity) -> Answer:
    gpus = nvidia.gpus
    if gpus == ():
        return not_there("nvidia.gpus", "none")
    names = _nvidia.names(gpus) if gpus else f"an NVIDIA driver ({nvidia.driver_version})"
    level = most if gpus is None or any(map(_worth, gpus)) else Severity.INFO
    return there(without, seen("nvidia.gpus", names), severity=level, torch=torch.version or "here", gpu=names)


def _worth(gpu: Gpu) -> bool:
    known = catalog.Capability.of(_support.capability(gpu))
    return known is None or known >= _OLDEST


def _toolkit(toolkits: Toolkits | None, conda: Conda | None) -> Evidence | None:
    """A CUDA toolkit on a machine whose GPUs are not known: somebody meant to use CUDA here."""
    if toolkits and toolkits.nvcc_version:
        return seen("toolkits.nvcc_version", f"the CUDA toolkit {toolkits.nvcc_version}")
    packages = {p.name: p.version for p in conda.packages} if conda else {}
    version = packages.get("cudatoolkit")
    return seen("conda.packages", f"the CUDA toolkit {version}") if version else None


def _complaint(error: ErrorText | None) -> Evidence | None:
    """A program that wants CUDA and says that it is not there."""
    shapes = (*cuda_unavailable_undetermined.SIGNATURES, *_ASKS)
    matches = (re.search(shape, error.text) for shape in shapes) if error else ()
    found = next((match for match in matches if match), None)
    return seen("error.text", found[0]) if found else None


def _request(conda: Conda | None, error: ErrorText | None) -> Evidence | None:
    """What asks for a build for CUDA: conda's package for that, or a program's launcher."""
    asked = next((p.version for p in (conda.packages if conda else ()) if p.name == "pytorch-cuda"), None)
    if asked:
        return seen("conda.packages", f"pytorch-cuda {asked}")
    told = re.search(_LAUNCHER, error.text) if error else None
    return seen("error.text", told[0]) if told else None


def remedies() -> tuple[Action, ...]:
    return (FittingTorch(accelerator="cuda"),)
