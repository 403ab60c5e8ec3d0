"""Where a remedy is to be carried out: what of the facts decides how a command is spelled."""

from __future__ import annotations

import re
from functools import cached_property

from doctor.facts import Facts, Host, Python
from doctor.match import WHEELS
from doctor.model import Argv, Shell
from doctor.privacy import USER
from doctor.text.numbers import whole

_FAMILIES = {
    "ubuntu": ("ubuntu",),
    "debian": ("debian",),
    "fedora": ("fedora",),
    "rhel": ("rhel", "centos", "rocky", "almalinux", "ol", "amzn"),
    "arch": ("arch",),
    "suse": ("suse", "opensuse", "opensuse-leap", "opensuse-tumbleweed", "sles"),
    "alpine": ("alpine",),
}
_SHELLS = {"cmd": Shell.CMD, "powershell": Shell.POWERSHELL, "pwsh": Shell.POWERSHELL}  # of Windows' own
_CONDA = ("conda", "mamba", "micromamba", "pixi")
_QUOTED = re.compile(r"[^\w.:+/\\-]")
_OF_ENVIRONMENT = {"python", "torchrun"}
ACTIVE = "With the {which} active"
ACTIVE_PROGRAMS = "With the program's environment active"


def _is_of_the_active(argv: Argv) -> bool:
    """Whether what it does depends on the environment that is active."""
    of_conda = argv[0] == "conda" and argv[1] in ("install", "list", "env") and "-p" not in argv
    return of_conda or not _OF_ENVIRONMENT.isdisjoint(argv)


class Place:
    """A host with the environment that a finding is about."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.host = facts.host.value or Host()
        self.python = facts.python.value or Python()

    @property
    def os(self) -> str:
        """ "linux", "windows", "macos", or "" when nobody told."""
        return self.host.os or ""

    @property
    def shell(self) -> Shell:
        """What commands are typed into. On Windows that may be a POSIX shell, too (Git's, MSYS2's)."""
        if self.os != "windows":
            return Shell.POSIX
        return _SHELLS.get(self.host.shell or "", Shell.POSIX if self.host.shell else Shell.WINDOWS)

    @cached_property
    def family(self) -> str:
        """Whose packages a Linux takes: "ubuntu", "debian", "fedora", "rhel", "arch", "suse", "alpine", or ""."""
        for name in (self.host.distribution_id or "", *self.host.distribution_like):
            for family, members in _FAMILIES.items():
                if name in members:
                    return family
        return ""

    @property
    def release(self) -> int:
        """The major version of the distribution, 0 when not known."""
        head = (self.host.distribution_version or "").partition(".")[0]
        return whole(head) or 0

    @property
    def contained(self) -> bool:
        return bool(self.host.container)

    @property
    def wsl(self) -> bool:
        return bool(self.host.wsl)

    @property
    def has_kernel(self) -> bool:
        """Whether kernel modules are this Linux's own affair: a container's are its host's, and WSL's are Windows'."""
        return self.os == "linux" and not self.contained and not self.wsl

    @property
    def jetson(self) -> bool:
        return bool(self.host.jetson)

    @property
    def engine(self) -> str:
        """The program that starts this container, or would start one here."""
        return "podman" if self.host.container == "podman" else "docker"

    @property
    def interpreter(self) -> str:
        """The Python of the environment; plain `python`, that of the active one, where its path is not known, or the
        shell is not: cmd and PowerShell start a program with a blank in its path in different ways."""
        path = self._typed(self.python.executable)
        elsewhere = not self.facts.host.source.startswith("doctor.probes")
        quoted = self.shell is Shell.WINDOWS and elsewhere and _QUOTED.search(path)
        return "python" if quoted else path or "python"

    def _typed(self, path: str | None) -> str:
        """A path as it can be typed; "" where a report has `~` in it, which each shell of Windows spells differently,
        and does not tell the shell."""
        hidden = path and (path[:1] == "~" or USER in path) and self.shell is Shell.WINDOWS
        return "" if hidden else path or ""

    def active(self, commands: tuple[Argv, ...]) -> str:
        """On Windows, where `python` may be anybody's, the environment that has to be active for them, in words."""
        if self.os != "windows" or not any(map(_is_of_the_active, commands)):
            return ""
        name = self.facts.conda.value.name if self.facts.conda.value else ""
        if name or self.prefix:
            return ACTIVE.format(which=f"conda environment {name}" if name else f"environment {self.prefix}")
        return ACTIVE_PROGRAMS

    @property
    def prefix(self) -> str:
        return self.python.prefix or ""

    @property
    def conda_prefix(self) -> str:
        """The folder that conda is told; "" leaves it the active one."""
        conda = self.facts.conda.value
        return self._typed((conda.prefix if conda else None) or self.prefix)

    @property
    def by_conda(self) -> bool:
        return self.python.kind in _CONDA or self.facts.conda.value is not None

    @property
    def closed(self) -> bool:
        """Whether packages cannot be installed into this Python: the system's own, or a folder that is not ours."""
        storage = self.facts.storage.value
        folders = storage.folders if storage else ()
        locked = any(f.purpose == "environment" and not f.writable for f in folders)
        return bool(self.python.externally_managed) or locked

    @property
    def wheels(self) -> str:
        """Root of the PyTorch index to take builds from: the one that was chosen here, else PyTorch's own."""
        sources = self.facts.sources.value
        return (sources and sources.pytorch) or WHEELS

    def has(self, tool: str) -> bool | None:
        """Whether a program is on PATH; None when nobody looked."""
        return None if self.host.tools is None else tool in self.host.tools
