"""What SD.Next and kohya_ss say at their start: both ask torch with the same code, wrapped by Rich at any width."""

from __future__ import annotations

from collections.abc import Sequence

from doctor.intake import console
from doctor.intake.merge import Partial
from doctor.intake.witness import Witness

TITLE = "what SD.Next or kohya_ss says at its start"
WITNESS = Witness.PROGRAM
OPENS = r"Starting SD\.Next|Kohya_ss GUI version: |INFO +Version: v\d"
LEFT_OUT = (
    r"Version: [0-9a-f]{7,9} \w{3} ",
    r"Kohya_ss GUI version: |Version: (?:v\d|app=|[0-9a-f]{7,9} )|Submodule initialized",
    r"(?:CUDA: |ROCm: )?(?:nVidia|AMD)(?: ROCm)? toolkit detected|nVidia CUDA toolkit detected: nvidia-smi present",
    r"(?:OneAPI: )?Intel (?:OneAPI )?toolkit detected|Using CPU-only Torch|headless: |Using shell=|Load CSS",
    r"Starting SD\.Next|Using VENV: |Logger: |Args: |Command line args: |Setting environment tuning",
    r"Torch (?:allocator|overrides|parameters): |Engine: |Extensions: |Install: |Database: |ROCm: ",
    r"Verifying (?:requirements|packages|submodules|modules)",
)
_KNOWN_BY = (
    r"Starting SD\.Next|Kohya_ss GUI version: |Torch (?:backend|detected(?: GPU)?): |Torch overrides: cuda="
    r"|(?:CUDA: |ROCm: )?(?:nVidia|AMD)(?: ROCm)? toolkit detected$|Using CPU-only [Tt]orch$|Device: device=.+ n=\d"
)
_IPEX = r"(?P<package_intel_extension_for_pytorch>\d\S+)"
_FORMS = (
    r"Torch (?P<torch>\d+\.\d\S*)",
    r"Torch backend: (?P<cuda_available>nVidia) CUDA (?P<cuda>[\d.]+) cuDNN \S+",
    r"Torch backend: (?P<cuda_available>AMD) ROCm HIP (?P<hip>\d+\.\d+\.\d+)\S*",
    rf"Torch backend: (?:(?P<xpu_available>Intel) IPEX |type=IPEX version=){_IPEX}",
    r'Torch backend: version="(?P<torch>[^"]+)" type=(?P<cuda_available>CUDA) CUDA=(?P<cuda>[\d.]+) cuDNN=\S+',
    r'Torch backend: version="(?P<torch>[^"]+)" type=(?P<cuda_available>ROCm) HIP=(?P<hip>\d+\.\d+\.\d+)\S*',
    r"Torch detected GPU: (?P<gpu>.+?) VRAM (?P<vram>\d+)(?:MB)? "
    r"(?:Arch \(?(?P<arch>\d+(?:, |\.)\d+)\)? Cores|Compute Units) \d+",
    r"Torch: torch==(?P<torch>\d\S+)(?: torchvision==(?P<package_torchvision>\d\S+))?",
    r'Torch detected: gpu="(?P<gpu>[^"]+)" vram=(?P<vram>\d+) (?:arch=\((?P<arch>\d+, \d+)\) cores|units)=\d+',
    r"WARNING +Torch repo?orts (?P<cuda_available>(?:CUDA|GPU) not) available",
    r"Device: device=(?P<gpus>.+?) n=(?P<count>\d+) arch=\S+ capability=\((?P<arch>\d+, \d+)\) "
    r"cuda=(?P<cuda>[\d.]+) cudnn=\d+ driver=(?P<driver>[\d.]+)",
    r"Device: device=(?P<gpus>.+?) n=(?P<count>\d+) hip=(?P<hip>\d+\.\d+\.\d+)\S*",
    rf"Device: device=(?P<gpus>.+?) n=(?P<count>\d+) ipex=(?:{_IPEX})?",
    r"Device: device=(?P<gpus>.+?) n=(?P<count>\d+) (?P<directml>directml)=(?P<package_torch_directml>\d\S+)",
    r"ROCm: agents=\['(?P<gfx>gfx\w+)'\]",
    r"Python (?P<python>\d+\.\d+\.\d+) on (?P<os>\w+)",
    r"Python version is (?P<python>\d\S+ .+)",
    r"Python: version=(?P<python>\S+) platform=(?P<os>\w+) bin=.*",
    r"Platform: arch=(?P<architecture>\S+) cpu=.* system=\w+ release=(?P<platform>\S+) python=.*",
    r"System packages: \{'torch': '(?P<torch>\d[^']+)', 'diffusers': '(?P<package_diffusers>[^']+)'"
    r"(?:, 'gradio': '(?P<package_gradio>[^']+)')?(?:, 'transformers': '(?P<package_transformers>[^']+)')?"
    r"(?:, 'accelerate': '(?P<package_accelerate>[^']+)')?.*\}",
    r"Packages: torch=(?P<torch>\d\S+) diffusers=(?P<package_diffusers>\S+) "
    r"transformers=(?P<package_transformers>\S+).*? numpy=(?P<package_numpy>\S+).*",
)


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    return console.read(lines, _KNOWN_BY, _FORMS, LEFT_OUT)
