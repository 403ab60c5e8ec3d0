"""ComfyUI: what it and its manager say at the start, with or without times, and the report that its pages offer.

Forge, Fooocus and other programs on its `model_management.py` say the same. ROCm's GPUs are called "cuda:0", too.
"""

from __future__ import annotations

from collections.abc import Sequence

from doctor.intake import console
from doctor.intake.merge import Partial
from doctor.intake.witness import Witness

TITLE = "what ComfyUI says at its start, or its report"
WITNESS = Witness.PROGRAM
OPENS = r"\bTotal VRAM \d+ MB, total RAM"
LEFT_OUT = (
    r"#+ (?:ComfyUI Error Report|System Information|Devices|Logs)$|```",
    r"ComfyUI (?:frontend )?version:|ComfyUI startup time:|Arguments:|Embedded Python:",
    r"Type: (?:cuda|cpu|mps|xpu)$",
    r"VRAM Free:|Torch VRAM|Name: (?:cpu|mps)$|Device: cpu$",
    r"Set (?:vram state|cuda device) to:|Set: torch\.backends\.cudnn\.enabled|Using .{0,40}attention\b|VAE dtype",
    r"Python executable:|ComfyUI (?:Base Folder )?Path:|User directory:|ComfyUI-Manager config path:|Log path:",
    r"## ComfyUI-Manager: installing dependencies done|\[(?:START|DONE)\] Security scan",
    r"(?:Prestartup|Import) times for custom nodes:|\d+\.\d seconds: |\[Prompt Server\]|Starting server$",
    r"Adding extra search path|Setting (?:output|input|user) directory|Enabled pinned memory|To see the GUI",
    r"Checkpoint files will always be|CUDA Using Stream:|working around nvidia conv3d|Enabled fp16 acc",
)
_KNOWN_BY = (
    r"Total VRAM \d+ MB, total RAM \d|Set vram state to: |ComfyUI (?:Version: v?\d+\.\d|startup time:)"
    r"|Name: cuda:\d+ .+ : (?:cudaMallocAsync|native)$"
)
_FORMS = (
    r"Total VRAM (?P<vram>\d+) MB, total RAM (?P<ram>\d+ MB)",
    r"pytorch version: (?P<torch>\d\S+)",
    r"xformers version: (?P<package_xformers>\d\S+)",
    r"Mac Version \((?P<mac>\d+(?:, \d+)*)\)",
    r"AMD arch: (?P<gfx>gfx\w+)\S*",
    r"ROCm version: \((?P<hip>\d+, \d+)\)",
    r"(?:Device|Name): (?P<cuda_available>cuda):(?P<index>\d+) (?P<gpu>\S.*?)(?: \[ZLUDA\])?(?: : \w*| :)?",
    r"(?:Device|Name): (?P<xpu_available>xpu):(?P<index>\d+) (?P<gpu>\S.*)",
    r"Device: (?P<mps_available>mps)",
    r"Using (?P<directml>directml) with device: (?P<gpu>\S.*)",
    r"(?:Device|Name|Type): (?P<directml>privateuseone)(?: :)?",
    r"VRAM Total: (?P<vram_bytes>\d+)",
    r"(?:Platform|OS): (?P<os>Windows|Linux|Darwin|nt|posix|win32)",
    r"Python version: (?P<python>\d\.\d+\.\d+.* [(|].*)",
)


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    return console.read(lines, _KNOWN_BY, _FORMS, LEFT_OUT)
