"""The exact commands that put the right PyTorch on an inspected machine."""

from __future__ import annotations

from doctor import catalog
from doctor.facts import Amd, Host, Intel, Nvidia, Python, Torch
from doctor.install_commands import install_commands
from doctor.match import Device, Machine, Match, Wish, match
from doctor.model import Argv, Remedy, Risk
from doctor.rules import _nvidia
from doctor.rules._pip import environment_of, uninstall
from doctor.rules.gpu import _support

INSTALL = "Install torch {torch} ({build}), the newest build that runs here"
NOTHING = "No PyTorch binary fits this machine as it is: {why}"


def reinstall_torch(
    python: Python | None,
    host: Host | None,
    nvidia: Nvidia | None,
    torch: Torch | None = None,
    *,
    amd: Amd | None = None,
    intel: Intel | None = None,
    accelerator: str = "",
) -> tuple[Remedy, ...]:
    """Take torch and its companions out and install the matching set; `accelerator` asks for one kind of build."""
    machine = machine_of(python, host, nvidia, amd, intel)
    found = match(machine, Wish(accelerator=accelerator))
    if found.choice is None:
        return (Remedy(NOTHING.format(why=found.message), (), Risk.MANUAL),)
    commands = _commands(found, machine, python, torch)
    title = INSTALL.format(torch=found.choice.torch, build=found.choice.build)
    return (Remedy(title, commands, writes=environment_of(python)),)


def _commands(found: Match, machine: Machine, python: Python | None, torch: Torch | None) -> tuple[Argv, ...]:
    by_tool = install_commands(found, machine)
    if torch and torch.installer == "conda" and found.conda and python and python.prefix:
        conda = by_tool["conda"]
        return ((*conda[:2], "--prefix", python.prefix, *conda[2:]),)
    tool = "uv" if python and python.pip_version == "" else "pip"
    # the same release of another build would count as installed, so the old one goes first
    return (uninstall(python, "torch", "torchvision", "torchaudio"), by_tool[tool])


def machine_of(
    python: Python | None, host: Host | None, nvidia: Nvidia | None, amd: Amd | None = None, intel: Intel | None = None
) -> Machine:
    """The facts as `match` takes them. What is not known rules nothing out."""
    system, _, arch = _support.platform_of(host, python).partition("-")
    version = ".".join(map(str, _nvidia.numbers(python.version if python else None)[:2]))
    glibc = host.libc_version if host and host.libc == "glibc" else None
    return Machine(
        os=system,
        arch=arch,
        python=version,
        free_threaded=bool(python and python.free_threaded),
        libc=(host.libc if host else "") or "",
        glibc=glibc or "",
        macos=(host.distribution_version if host and system == "macos" else "") or "",
        driver=nvidia.driver_version if nvidia else None,
        devices=_devices(nvidia, amd, intel),
        wsl=_nvidia.on_wsl(host),
        l4t=(host.l4t if host else "") or "",
        rosetta=bool(host and host.rosetta),
        interpreter=(python.executable if python else "") or "",
    )


def _devices(nvidia: Nvidia | None, amd: Amd | None, intel: Intel | None) -> tuple[Device, ...]:
    green = [Device("cuda", gpu.name, _support.capability(gpu) or "") for gpu in _nvidia.gpus(nvidia)]
    red = [
        Device("rocm", gpu.name, (gpu.gfx or catalog.amd_gfx(gpu.name) or "").split(":")[0])
        for gpu in (amd.gpus if amd else ())
    ]
    blue = [Device("xpu", name) for name in (intel.gpus if intel else ())]
    return (*green, *red, *blue)
