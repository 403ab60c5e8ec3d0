"""Remedies that come from the operating system: packages, kernel modules, groups, limits, restarts."""

from __future__ import annotations

from collections.abc import Iterable

from doctor.catalog import system
from doctor.model import Argv, Remedy, Risk
from doctor.remedy import actions
from doctor.remedy.place import Place

INSTALL = "Install {what}"
INSTALL_YOURSELF = "Install {what} with the package manager of your system"
RESTART = "Restart the machine"
POWER_OFF = "Shut the machine down, disconnect it from power for a minute, and start it again"
ON_THE_HOST = "On the host of the container"
ON_WINDOWS = "On the Windows side"
HOST_RESTART = "Restart the host, then start the container again"
WSL_RESTART = "Restart WSL"
LOAD = "Load the kernel module{s} {names}; if that fails, the kernel log says why"
RELOAD = "While no program uses the GPU, reload the kernel module{s} {names}"
JOIN = "Join the group{s} {groups}, then log in again"
SHM_CONTAINER = "Start the container with more shared memory"
SHM = "Enlarge /dev/shm until the next restart of the machine"
SHM_POD = "Mount an emptyDir with `medium: Memory` and a sizeLimit of {size}Gi at /dev/shm"
SHM_GIVEN = "Have the container started with at least {size} GB of /dev/shm"
SHM_UNKNOWN = (
    "Enlarge /dev/shm: in a container with `--shm-size={size}g` for docker run, elsewhere as root with"
    " `mount -o remount,size={size}G /dev/shm`"
)
FILES_SHELL = "Raise the limit of open files to {wanted} in the shell, before running the program"
FILES_CONTAINER = "Start the container with a higher limit of open files"
FILES_GIVEN = "Have the container started with a limit of {wanted} open files"
FILES_ROOT = "Have an administrator raise the hard limit of open files to {wanted} (/etc/security/limits.conf)"
CONTAINER = "Start the container again with {what}"
KUBERNETES = (
    "Request a GPU in the pod: resources.limits `nvidia.com/gpu: 1`, with NVIDIA's device plugin on the cluster"
)
TOOLKIT = "On the host, install NVIDIA Container Toolkit and set up the engine for it: {guide}"
TOOLKIT_GUIDE = "https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/install-guide.html"
IMAGE = "IMAGE"
ENGINES = ("docker", "podman")


def as_root(place: Place, commands: Iterable[Argv]) -> tuple[Argv, ...]:
    """Commands as an administrator runs them on Linux; where there is no sudo (most containers) one is root."""
    return tuple(commands) if place.has("sudo") is False else tuple(("sudo", *argv) for argv in commands)


def package(action: actions.SystemPackage, place: Place) -> tuple[Remedy, ...]:
    row = system.system_package(action.name)
    title = action.title or INSTALL.format(what=row.people)
    if place.os in ("macos", "windows"):
        command = row.macos if place.os == "macos" else row.windows
        return (Remedy(title, (command,), Risk.ADMIN),) if command else ()
    names = getattr(row, place.family, "") if place.family else ""
    old = 0 < place.release < row.releases.get(place.family, 0)
    if place.os != "linux" or not names or old:
        return (Remedy(action.title or INSTALL_YOURSELF.format(what=row.people), risk=Risk.MANUAL),)
    command = (*system.install_argv(place.family), *names.split())
    return (Remedy(title, as_root(place, (command,)), Risk.ADMIN),)


def reboot(action: actions.Reboot, place: Place) -> tuple[Remedy, ...]:
    if place.contained:
        return (Remedy(action.title or HOST_RESTART, risk=Risk.MANUAL, where=ON_THE_HOST),)
    if place.wsl:
        return (Remedy(action.title or WSL_RESTART, (("wsl.exe", "--shutdown"),), Risk.MANUAL, where=ON_WINDOWS),)
    # a machine in use is restarted by a person, not by a line that was pasted
    return (Remedy(action.title or (POWER_OFF if action.power else RESTART), risk=Risk.MANUAL),)


def load_module(action: actions.LoadModule, place: Place) -> tuple[Remedy, ...]:
    if not place.has_kernel:
        return ()
    words = {"names": ", ".join(action.names), "s": "s" if len(action.names) > 1 else ""}
    out = (("modprobe", "-r", *action.names),) if action.reload else ()
    commands = as_root(place, (*out, *(("modprobe", name) for name in reversed(action.names))))
    return (Remedy(action.title or (RELOAD if action.reload else LOAD).format(**words), commands, Risk.ADMIN),)


def join_groups(action: actions.JoinGroups, place: Place) -> tuple[Remedy, ...]:
    if place.os != "linux":
        return ()
    groups = ",".join(action.groups)
    title = action.title or JOIN.format(s="s" if len(action.groups) > 1 else "", groups=", ".join(action.groups))
    leave = as_root(place, (("gpasswd", "-d", "$USER", group) for group in action.groups))
    return (Remedy(title, as_root(place, (("usermod", "-aG", groups, "$USER"),)), Risk.ADMIN, undo=leave),)


def administer(action: actions.AsRoot, place: Place) -> tuple[Remedy, ...]:
    if place.os != "linux":
        return ()
    return (Remedy(action.title, as_root(place, action.commands), Risk.ADMIN, action.writes),)


def shared_memory(action: actions.SharedMemory, place: Place) -> tuple[Remedy, ...]:
    size, kind = action.gigabytes, place.host.container
    if kind in ENGINES:
        run = (kind, "run", f"--shm-size={size}g", IMAGE)
        return (Remedy(action.title or SHM_CONTAINER, (run,), Risk.MANUAL, where=ON_THE_HOST),)
    if place.os in ("windows", "macos"):
        return ()
    if kind == "" and place.os:
        grow = as_root(place, (("mount", "-o", f"remount,size={size}G", "/dev/shm"),))
        return (Remedy(action.title or SHM, grow, Risk.ADMIN),)
    title = SHM_UNKNOWN if kind is None else SHM_POD if kind == "kubernetes" else SHM_GIVEN
    return (Remedy(action.title or title.format(size=size), risk=Risk.MANUAL),)


def open_files(action: actions.OpenFiles, place: Place) -> tuple[Remedy, ...]:
    if place.os == "windows":
        return ()
    wanted, kind = action.wanted, place.host.container
    if place.os == "macos" or action.hard is None or action.hard >= wanted:
        commands = (("ulimit", "-n", str(wanted)),) if place.os else ()
        return (Remedy(action.title or FILES_SHELL.format(wanted=wanted), commands, Risk.MANUAL),)
    if kind in ENGINES:
        run = (kind, "run", "--ulimit", f"nofile={wanted}:{wanted}", IMAGE)
        return (Remedy(action.title or FILES_CONTAINER, (run,), Risk.MANUAL, where=ON_THE_HOST),)
    title = FILES_GIVEN if kind else FILES_ROOT
    return (Remedy(action.title or title.format(wanted=wanted), risk=Risk.MANUAL),)


def start_container(action: actions.StartContainer, place: Place) -> tuple[Remedy, ...]:
    title = action.title or CONTAINER.format(what="the GPU" if action.gpus else " ".join(action.options))
    kind = place.host.container
    if not kind and place.os != "linux":
        return (Remedy(title, risk=Risk.MANUAL),)
    if action.gpus and kind == "kubernetes":
        return (Remedy(KUBERNETES, risk=Risk.MANUAL),)
    if kind in ("singularity", "apptainer"):
        run = (kind, "exec", *(("--nv",) if action.gpus else ()), IMAGE, "nvidia-smi")
        return (Remedy(title, (run,), Risk.MANUAL, where=ON_THE_HOST),)
    gpus = ("--device", "nvidia.com/gpu=all") if place.engine == "podman" else ("--gpus", "all")
    run = (place.engine, "run", *(gpus if action.gpus else ()), *action.options, IMAGE)
    return (Remedy(title, (run,), Risk.MANUAL, where=ON_THE_HOST),)


def container_toolkit(action: actions.ContainerToolkit, place: Place) -> tuple[Remedy, ...]:
    if place.host.container == "kubernetes" or place.os in ("windows", "macos"):
        return ()
    title = action.title or TOOLKIT.format(guide=TOOLKIT_GUIDE)
    return (Remedy(title, risk=Risk.MANUAL, where=ON_THE_HOST),)
