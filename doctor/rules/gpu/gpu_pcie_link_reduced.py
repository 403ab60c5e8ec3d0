"""A GPU is connected with far fewer PCIe lanes than it could use.

## Why it matters
Data and traffic between GPUs go over PCIe. A card in a small slot, on a riser or not fully seated gets x1 or x4 instead
of x16. The generation of the link drops by itself when the GPU is idle and means nothing.

## What to do
Try another slot, reseat the card, and check the riser and the BIOS. External GPUs and many laptops are built this way.

## References
- `nvidia-smi -q`, section "GPU Link Info"
"""

from __future__ import annotations

from doctor.facts import Nvidia
from doctor.model import Severity
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.INFO
MESSAGE = "{gpu} is connected with PCIe x{width} instead of x{maximum}"
_SHARE = 4  # a quarter of the lanes or less


def check(nvidia: Nvidia) -> Answer:
    for gpu in nvidia.gpus or ():
        width, maximum = gpu.pcie_width, gpu.pcie_width_max
        if width and maximum and width * _SHARE <= maximum and not gpu.mobile:
            evidence = seen(f"nvidia.gpus[{gpu.index}].pcie_width", width, maximum)
            return there(evidence, gpu=f"GPU {gpu.index} ({gpu.name})", width=width, maximum=maximum)
    widths = [f"x{gpu.pcie_width}" for gpu in nvidia.gpus or () if gpu.pcie_width]
    return not_there("nvidia.gpus", ", ".join(widths)) if widths else cannot_tell("nvidia.gpus")
