"""Remedies around the NVIDIA driver: installing, its libraries, its service, its kernel module."""

from __future__ import annotations

from doctor import catalog
from doctor.catalog import Capability, Version, system
from doctor.catalog.system import DriverRow
from doctor.facts import Gpu
from doctor.model import Argv, Remedy, Risk
from doctor.remedy import actions
from doctor.remedy.place import Place
from doctor.remedy.system import ON_THE_HOST, ON_WINDOWS, administer, as_root, start_container

DOWNLOADS = "https://www.nvidia.com/en-us/drivers/"
GUIDE = "https://docs.nvidia.com/datacenter/tesla/driver-installation-guide/"
THE_DRIVER = "the NVIDIA driver"
AT_LEAST = "the NVIDIA driver, version {version} or newer"
LAST = "the NVIDIA driver of branch {branch}, the last for this GPU"
INSTALL = "Install {driver}, then restart"
FROM_NVIDIA = "Install {driver}: {downloads}"
WSL = "On the Windows side, install {driver} (never install one inside WSL): {downloads}"
HOST = "On the host, install {driver}: a container uses the driver of its host"
JETSON = "Update JetPack: a Jetson's driver is part of it"
YOURSELF = "Install {driver} the way your distribution documents it, or follow NVIDIA's guide: {guide}"
LIBRARIES = "Install the driver's compute libraries"
REMOVE = "Remove the packages that brought the libcuda of the Linux driver into WSL"
LIBRARIES_CONTAINER = "Start the container with the driver's compute libraries"
LIBRARIES_POD = "Set NVIDIA_DRIVER_CAPABILITIES=compute,utility in the pod"
LIBRARIES_WSL = "Put WSL's own libraries in /usr/lib/wsl/lib back on the loader's path"
FABRIC = "Install Fabric Manager in the version of the driver, {version}, and start it"
START = "Start Fabric Manager"
REBUILD = "Build the NVIDIA module for the running kernel, then restart"
NOUVEAU = "Disable nouveau, then restart"
ENROL = "Enrol the key that signs the module, restart, and confirm it on the blue screen"
ENROL_YOURSELF = "Enrol the key that signs the kernel modules (mokutil --import), restart, and confirm it"
_BLACKLIST = "printf 'blacklist nouveau\\noptions nouveau modeset=0\\n' > /etc/modprobe.d/blacklist-nouveau.conf"
_TURING = (7, 5)
_MACHINES = {"aarch64": "arm64"}


def driver(action: actions.Driver, place: Place) -> tuple[Remedy, ...]:
    """A driver for this host, by its distribution's own packages where these serve the GPU and the version; nothing
    where the drivers of its GPUs ended before that version."""
    last = _last_branch(place)
    if place.os == "macos" or (last and Version.of(action.at_least).cut(1) > Version.of(last)):
        return ()
    newest = LAST.format(branch=last) if last else THE_DRIVER
    driver = AT_LEAST.format(version=action.at_least) if action.at_least else newest
    words = {"downloads": DOWNLOADS, "driver": driver}
    if place.wsl:
        update = (("wsl.exe", "--update"), ("wsl.exe", "--shutdown"))
        return (Remedy(action.title or WSL.format(**words), update, Risk.MANUAL, where=ON_WINDOWS),)
    if place.contained:
        return (Remedy(action.title or HOST.format(**words), risk=Risk.MANUAL, where=ON_THE_HOST),)
    if place.jetson:
        return (Remedy(JETSON, risk=Risk.MANUAL),)
    if place.os != "linux":
        return (Remedy(action.title or FROM_NVIDIA.format(**words), risk=Risk.MANUAL),)
    row = _row("driver", place)
    if row is None or not _serves(row, action.at_least, last, place):
        return (Remedy(action.title or YOURSELF.format(guide=GUIDE, **words), risk=Risk.MANUAL),)
    title = action.title or ". ".join(part for part in (row.before, INSTALL.format(**words)) if part)
    return (Remedy(title, as_root(place, _spelled(row, place)), Risk.ADMIN),)


def _last_branch(place: Place) -> str:
    """The last driver branch that serves any of the GPUs, "" where one of them is still served or not known."""
    known = [catalog.architecture(str(_capability(gpu))) for gpu in _gpus(place)]
    lasts = [row.last_driver if row else "" for row in known]
    return max(lasts, key=Version.of) if lasts and all(lasts) else ""


def _row(table: str, place: Place) -> DriverRow | None:
    if not place.has_kernel or place.jetson:
        return None
    rows = (row for row in system.driver_rows(table) if row.family == place.family)
    return next((row for row in rows if not row.releases or place.release in row.releases), None)


def _serves(row: DriverRow, at_least: str, last: str, place: Place) -> bool:
    """Whether the packages bring a driver that is new enough and knows every GPU."""
    carried = Version.of(row.carries).cut(1)
    if carried and (Version.of(at_least).cut(1) > carried or (last and carried > Version.of(last))):
        return False
    if "{version}" in str(row.commands) and not place.host.distribution_version:
        return False
    return row.chips != "open" or _all_turing(place)


def _all_turing(place: Place) -> bool:
    """The open kernel modules know no older GPU; one that is not known may be older."""
    found = [_capability(gpu) for gpu in _gpus(place)]
    return bool(found) and all(one is not None and one >= _TURING for one in found)


def _gpus(place: Place) -> tuple[Gpu, ...]:
    nvidia = place.facts.nvidia.value
    return (nvidia.gpus or nvidia.pci_gpus or ()) if nvidia else ()


def _capability(gpu: Gpu) -> Capability | None:
    row = (catalog.gpu(gpu.pci_id) if gpu.pci_id else None) or catalog.gpu(gpu.name)
    return Capability.of(gpu.compute_capability) or (Capability.of(row.capability) if row else None)


def _spelled(row: DriverRow, place: Place, branch: str = "") -> tuple[Argv, ...]:
    machine = place.host.architecture or "x86_64"
    words = {
        "machine": machine,
        "debian_machine": _MACHINES.get(machine, "amd64"),
        "version": place.host.distribution_version or "",
        "major": str(place.release),
        "kernel": place.host.kernel or "",
        "branch": branch,
    }
    return tuple(tuple(word.format(**words) for word in argv) for argv in row.commands)


def _branch(place: Place) -> str:
    nvidia = place.facts.nvidia.value
    return ((nvidia.driver_version if nvidia else "") or "").partition(".")[0]


def libraries(action: actions.DriverLibraries, place: Place) -> tuple[Remedy, ...]:
    """From the distribution; a container gets them from its engine, and WSL has them from Windows."""
    if place.host.container == "kubernetes":
        return (Remedy(action.title or LIBRARIES_POD, risk=Risk.MANUAL),)
    if place.contained:
        options = ("-e", "NVIDIA_DRIVER_CAPABILITIES=compute,utility")
        title = action.title or LIBRARIES_CONTAINER
        return start_container(actions.StartContainer(gpus=True, options=options, title=title), place)
    if place.wsl:
        return administer(actions.AsRoot(commands=(("ldconfig",),), title=action.title or LIBRARIES_WSL), place)
    row, branch = _row("libraries", place), _branch(place)
    if row is None or not branch:
        return driver(actions.Driver(), place)
    return (Remedy(action.title or LIBRARIES, as_root(place, _spelled(row, place, branch)), Risk.ADMIN),)


def remove_libraries(action: actions.RemoveDriverLibraries, place: Place) -> tuple[Remedy, ...]:
    """No -y: a person sees first what goes with it."""
    row = next((row for row in system.driver_rows("remove_libraries") if row.family == place.family), None)
    if row is None or not place.wsl:
        return (Remedy(action.title or REMOVE, risk=Risk.MANUAL),)
    return (Remedy(action.title or REMOVE, as_root(place, row.commands), Risk.ADMIN),)


def fabric_manager(action: actions.FabricManager, place: Place) -> tuple[Remedy, ...]:
    start: Argv = ("systemctl", "enable", "--now", "nvidia-fabricmanager")
    nvidia = place.facts.nvidia.value
    installed = nvidia is not None and nvidia.fabric_manager == "stopped"
    if place.contained:
        return (Remedy(action.title or START, risk=Risk.MANUAL, where=ON_THE_HOST),)
    if installed:
        return (Remedy(action.title or START, as_root(place, (start,)), Risk.ADMIN),)
    row, branch = _row("fabric_manager", place), _branch(place)
    title = action.title or FABRIC.format(
        version=(nvidia.driver_version if nvidia else None) or "as nvidia-smi shows it"
    )
    if row is None or not branch:
        return (Remedy(title, risk=Risk.MANUAL),)
    return (Remedy(title, as_root(place, (*_spelled(row, place, branch), start)), Risk.ADMIN),)


def rebuild_module(action: actions.RebuildModule, place: Place) -> tuple[Remedy, ...]:
    row = _row("rebuild", place)
    if row is None or ("{kernel}" in str(row.commands) and not place.host.kernel):
        return (Remedy(action.title or REBUILD, risk=Risk.MANUAL),) if place.has_kernel else ()
    return (Remedy(action.title or REBUILD, as_root(place, _spelled(row, place)), Risk.ADMIN),)


def disable_nouveau(action: actions.DisableNouveau, place: Place) -> tuple[Remedy, ...]:
    row = _row("initramfs", place)
    if row is None:
        return (Remedy(action.title or NOUVEAU, risk=Risk.MANUAL),) if place.has_kernel else ()
    commands = (("sh", "-c", _BLACKLIST), *_spelled(row, place))
    undo = as_root(place, (("rm", "/etc/modprobe.d/blacklist-nouveau.conf"), *_spelled(row, place)))
    writes = ("/etc/modprobe.d/blacklist-nouveau.conf",)
    return (Remedy(action.title or NOUVEAU, as_root(place, commands), Risk.ADMIN, writes, undo=undo),)


def enrol_key(action: actions.EnrolKey, place: Place) -> tuple[Remedy, ...]:
    row = _row("signing_key", place)
    if row is None:
        return (Remedy(action.title or ENROL_YOURSELF, risk=Risk.MANUAL),) if place.has_kernel else ()
    return (Remedy(action.title or ENROL, as_root(place, _spelled(row, place)), Risk.ADMIN),)
