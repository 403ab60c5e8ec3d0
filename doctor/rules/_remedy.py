"""The exact commands that put the right PyTorch on an inspected machine."""

from __future__ import annotations

from typing import Any

from doctor.facts import Amd, Facts, Host, Intel, Nvidia, Python, Torch
from doctor.match import Machine, Match, Wish, match
from doctor.match.install_commands import install_commands
from doctor.match.machine import machine_of
from doctor.model import Argv, Reading, Remedy, Risk, ok
from doctor.rules._pip import environment_of, uninstall

INSTALL = "Install torch {torch} ({build}), the newest build that runs here"
ASK = "On the machine itself: show the install command that fits it"
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
    if not accelerator and not _knows_accelerators(host, nvidia, amd, intel):
        return (Remedy(ASK, (("python", "-m", "doctor", "match"),), Risk.MANUAL),)
    machine = _machine(python, host, nvidia, amd, intel)
    found = match(machine, Wish(accelerator=accelerator))
    if found.choice is None:
        return (Remedy(NOTHING.format(why=found.message), (), Risk.MANUAL),)
    commands = _commands(found, machine, python, torch)
    title = INSTALL.format(torch=found.choice.torch, build=found.choice.build)
    return (Remedy(title, commands, writes=environment_of(python)),)


def _knows_accelerators(host: Host | None, nvidia: Nvidia | None, amd: Amd | None, intel: Intel | None) -> bool:
    """Whether the facts tell what a build must run on: an error text alone does not."""
    seen_nvidia = nvidia is not None and (nvidia.gpus is not None or bool(nvidia.pci_gpus))
    on_a_mac = host is not None and host.os == "macos"
    return seen_nvidia or amd is not None or intel is not None or on_a_mac


def _commands(found: Match, machine: Machine, python: Python | None, torch: Torch | None) -> tuple[Argv, ...]:
    by_tool = install_commands(found, machine)
    if torch and torch.installer == "conda" and found.conda and python and python.prefix:
        conda = by_tool["conda"]
        return ((*conda[:2], "--prefix", python.prefix, *conda[2:]),)
    tool = "uv" if python and python.pip_version == "" else "pip"
    # the same release of another build would count as installed, so the old one goes first
    return (uninstall(python, "torch", "torchvision", "torchaudio"), by_tool[tool])


def _machine(*known: Python | Host | Nvidia | Amd | Intel | None) -> Machine:
    """What `match` asks of a machine; a fact that is not known rules nothing out."""
    readings: dict[str, Reading[Any]] = {type(value).__name__.lower(): ok(value) for value in known if value}
    python = readings.get("python")
    return machine_of(Facts(**readings), (python.value.executable if python and python.value else "") or "")
