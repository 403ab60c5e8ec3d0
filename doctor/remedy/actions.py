"""What is to be done, in words of the trade and without a command: the vocabulary of a rule's `remedies`.

Every action may bring a `title` of its own. `doctor.remedy.prescribe` turns actions into remedies for a host.
"""

from __future__ import annotations

import msgspec

from doctor.model import Argv


class Action(msgspec.Struct, frozen=True, kw_only=True):
    """`title`: words that say more than the usual ones. `step`: on top of the action before it, not instead of it."""

    title: str = ""
    step: bool = False


class FittingTorch(Action, frozen=True):
    """The PyTorch that `match` chooses for the host, in place of what is there. `accelerator` asks for one kind of
    build ("cuda", "rocm", "xpu", "mps", "cpu"), `build` for one ("cu118"), `torch` for versions (PEP 440)."""

    accelerator: str = ""
    build: str = ""
    torch: str = ""


class SameTorch(Action, frozen=True):
    """The release of torch that is there, in the same build, with all its files anew."""


class FittingCompanion(Action, frozen=True):
    """The release of torchvision, torchaudio or torchcodec that belongs to the torch that is there, which stays."""

    name: str


class Install(Action, frozen=True):
    """Other packages. `anew`: reinstall what counts as there; `flags`, `set`: more words and variables for pip. A
    package that is built here is left to a person, and so is a placeholder."""

    requirements: tuple[str, ...]
    upgrade: bool = False
    anew: bool = False
    flags: tuple[str, ...] = ()
    set: tuple[tuple[str, str], ...] = ()


class Uninstall(Action, frozen=True):
    names: tuple[str, ...]


class OneTorch(Action, frozen=True):
    """Several copies of torch in one environment become one."""


class CondaInstall(Action, frozen=True):
    """Packages that only conda has, for a conda environment; elsewhere there is nothing to do with them."""

    specs: tuple[str, ...]
    channel: str = ""


class NewEnvironment(Action, frozen=True):
    """An environment of one's own with a PyTorch that fits. `python` is the version it needs ("3.12"), "" any."""

    python: str = ""


class Activate(Action, frozen=True):
    """An environment that is there and has what is missing here, in the shell of the user. `conda`: it is conda's."""

    path: str
    conda: bool = False


class EmptyCache(Action, frozen=True):
    """pip's cache of downloads."""


class AskPython(Action, frozen=True):
    """Let the environment's Python run some code, to see more. `flags` go before it ("-s")."""

    code: str
    flags: tuple[str, ...] = ()


class AskPip(Action, frozen=True):
    """Let the environment's pip tell or change something that is not an installation. `writes` names what it changes;
    `safe`: nothing is lost by it."""

    words: tuple[str, ...]
    writes: tuple[str, ...] = ()
    safe: bool = False


class SystemPackage(Action, frozen=True):
    """Something that comes from the operating system: a row of catalog/system_packages.toml ("c++ compiler")."""

    name: str


class Driver(Action, frozen=True):
    """An NVIDIA driver, of at least version `at_least` where one is named."""

    at_least: str = ""


class DriverLibraries(Action, frozen=True):
    """libcuda and its kin, of the driver that runs."""


class RemoveDriverLibraries(Action, frozen=True):
    """libcuda of a Linux driver package, which hides the one of Windows in WSL."""


class FabricManager(Action, frozen=True):
    """NVIDIA Fabric Manager of the driver's version, running."""


class ContainerToolkit(Action, frozen=True):
    """NVIDIA Container Toolkit on the host of the container, and the engine set up for it."""


class Reboot(Action, frozen=True):
    """`power`: it has to be without power in between."""

    power: bool = False


class LoadModule(Action, frozen=True):
    """A kernel module. `reload`: it is taken out first, with those that use it."""

    names: tuple[str, ...]
    reload: bool = False


class RebuildModule(Action, frozen=True):
    """The NVIDIA module for the running kernel."""


class DisableNouveau(Action, frozen=True):
    pass


class EnrolKey(Action, frozen=True):
    """The key that signs kernel modules, for Secure Boot."""


class JoinGroups(Action, frozen=True):
    groups: tuple[str, ...]


class AsRoot(Action, frozen=True):
    """Commands of Linux that need root and are the same in every distribution."""

    commands: tuple[Argv, ...]
    writes: tuple[str, ...] = ()


class SharedMemory(Action, frozen=True):
    """More of /dev/shm: `gigabytes` of it."""

    gigabytes: int


class OpenFiles(Action, frozen=True):
    """A higher limit of open files; `hard` is what the shell may raise it to by itself, None when not known."""

    wanted: int
    hard: int | None = None


class StartContainer(Action, frozen=True):
    """The container started again with more: `gpus` gives it NVIDIA's, `options` are further words of docker's."""

    gpus: bool = False
    options: tuple[str, ...] = ()


class VcRuntime(Action, frozen=True):
    """The current Visual C++ runtime."""


class LongPaths(Action, frozen=True):
    """Paths of more than 259 characters, for the whole of Windows."""


class PageFile(Action, frozen=True):
    """Windows managing the size of its page file."""


class UpdateMacos(Action, frozen=True):
    pass


class UpdateWsl(Action, frozen=True):
    """WSL itself, from the Windows side."""


class WslVersion2(Action, frozen=True):
    """This distribution as WSL 2."""


class MoveAside(Action, frozen=True):
    """A file or folder that is in the way gets another name."""

    path: str


class Delete(Action, frozen=True):
    """Files or folders that are left over."""

    paths: tuple[str, ...]


class Rerun(Action, frozen=True):
    """The user's program again, with environment variables set or unset; `program` is how it is started."""

    set: tuple[tuple[str, str], ...] = ()
    unset: tuple[str, ...] = ()
    program: Argv = ("python", "PROGRAM.py")


class Persist(Action, frozen=True):
    """An environment variable for all programs to come."""

    name: str
    value: str


class Look(Action, frozen=True):
    """Commands that show more and change nothing. `root`: they need it. A program that the host does not have is not
    named as a command."""

    commands: tuple[Argv, ...]
    root: bool = False


class CondaCommand(Action, frozen=True):
    """A command of conda's, for a person to run where conda is."""

    words: tuple[str, ...]
    writes: tuple[str, ...] = ()


class Doctor(Action, frozen=True):
    """A command of this program."""

    words: tuple[str, ...]


class Advice(Action, frozen=True):
    """What only a person can do: the title is all of it."""
