"""What Stable Diffusion WebUI, Forge and Fooocus say at their start, and the scripts that start them.

`webui.sh` names the systems that it was tested on, which is not where it runs.
"""

from __future__ import annotations

from collections.abc import Sequence

from doctor.intake import console
from doctor.intake.merge import Partial
from doctor.intake.witness import Witness

TITLE = "what Stable Diffusion WebUI says at its start, and below its pages"
WITNESS = Witness.PROGRAM
OPENS = r"^Launching (?:Web UI|API server) with arguments:|^Fooocus version: "
LEFT_OUT = (
    r"Version: (?:v\d|f\d|<none>)|Commit hash: |Launching (?:Web UI|API server) with arguments:|Launching launch\.py",
    r"venv \"",
    r"Fooocus version: |\[System ARGV\]|Already up-to-date$|Update succeeded\.$|\[Cleanup\]|Installing requirements",
    r"#{20,}$|Install script for stable-diffusion|Tested on Debian|Running on \S+ user$|Repo already cloned",
    r"Create and activate python venv|python venv already activate|Using TCMalloc: |Check TCMalloc: ",
    r"libtcmalloc\S* is linked with |Applying attention optimization: |Startup time: |Model loaded in ",
    r"Running on local URL: |To create a public link",
)
_KNOWN_BY = (
    r"Launching (?:Web UI|API server) with arguments:|Commit hash: (?:[0-9a-f]{40}|<none>)$|Fooocus version: \d"
    r"|Install script for stable-diffusion|(?:version: \S+ • |\w )?python: \d\S+ • torch: "
)
_FORMS = (
    r"Python (?P<python>\d\.\d+\.\d+ [(|].+)",
    r"device: (?P<directml>privateuseone)(?::\d)?",
    r"glibc version is (?P<libc>\d+\.\d+)",
    r"You are running torch (?P<torch>\d\S+?)\.?",
    r"(?:version: \S+ • |\w )?python: (?P<python>\d\S+) • torch: (?P<torch>\d\S+) • "
    r"xformers: (?:(?P<package_xformers>\d\S+)|\S+) • gradio: (?P<package_gradio>\d\S+).*",  # the foot of its pages
)


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    return console.read(lines, _KNOWN_BY, _FORMS, LEFT_OUT)
