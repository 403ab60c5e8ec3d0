"""The exact command that installs the right PyTorch on an inspected machine."""

from __future__ import annotations

from doctor.facts import Host, Nvidia, Python
from doctor.model import Remedy, Risk
from doctor.rules._pip import environment_of, install

_INDEX = "https://download.pytorch.org/whl"
START = "https://pytorch.org/get-started/locally/"


def reinstall_torch(
    python: Python | None, host: Host | None, nvidia: Nvidia | None, accelerator: str = "cuda"
) -> tuple[Remedy, ...]:
    """Reinstall torch with its companions from the index that suits this machine."""
    build = {"cpu": "cpu", "xpu": "xpu"}.get(accelerator, "")
    if not build:
        return (Remedy(f"Install the build that suits this GPU: {START}", (), Risk.MANUAL),)
    command = install(python, "--force-reinstall", "torch", "torchvision", "--index-url", f"{_INDEX}/{build}")
    return (Remedy(f"Install the {build} build", (command,), writes=environment_of(python)),)
