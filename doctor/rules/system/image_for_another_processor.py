"""A container image is for another kind of processor.

## Why it matters
Images with PyTorch and CUDA are most often made for x86_64 alone. On a machine with an ARM processor (Jetson, Grace,
DGX Spark, a Mac, a board) the first program of such an image cannot be run, and the other way round.

## What to do
Take an image that has the processor of this machine in its list, or build it here from its Dockerfile, on a base image
that has it. NVIDIA's images for ARM and for Jetson have tags of their own.

## References
- https://docs.docker.com/build/building/multi-platform/
- https://catalog.ngc.nvidia.com/containers
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"\bexec (?:user process caused:? )?['\"]?(?:/[^\s'\":]{1,120}: )?exec format error",
    r"no matching manifest for (?:linux|windows)/\w{2,10}(?:/v\d)? in the manifest list",
    r"image with reference .{1,120} was found but (?:does not match|its platform).{0,20} (?:the )?"
    r"(?:specified )?platform",
)
LOOK = "See for which processors the image is made: docker manifest inspect, with its name"
BUILD = "Use an image for the processor of this machine, or build it here on a base image that has it"


def remedies() -> tuple[Action, ...]:
    return Advice(title=LOOK), Advice(title=BUILD)
