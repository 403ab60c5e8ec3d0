"""How a driver is installed or updated, by distribution."""

from __future__ import annotations

from doctor.facts import Host
from doctor.model import Argv, Remedy, Risk

DOWNLOADS = "https://www.nvidia.com/en-us/drivers/"
_APT = ("sudo", "apt-get", "install", "-y")
_DNF = ("sudo", "dnf", "install", "-y")


def install_driver(host: Host | None, version: str = "") -> tuple[Remedy, ...]:
    """Remedies that give this machine a driver, of at least `version` where one is named."""
    at_least = f" (at least {version})" if version else ""
    if host and host.wsl:
        title = f"Install the current NVIDIA driver on the Windows side{at_least}, never inside WSL: {DOWNLOADS}"
        return (Remedy(title, (("wsl.exe", "--update"), ("wsl.exe", "--shutdown")), Risk.MANUAL),)
    if host and host.container:
        return (
            Remedy(f"Update the NVIDIA driver of the host{at_least}; a container uses the host's", (), Risk.MANUAL),
        )
    if host and host.os == "windows":
        return (Remedy(f"Install the current NVIDIA driver{at_least}: {DOWNLOADS}", (), Risk.MANUAL),)
    commands = _commands(host)
    if not commands:
        return (
            Remedy(f"Install the NVIDIA driver{at_least} of your distribution, or from {DOWNLOADS}", (), Risk.MANUAL),
        )
    first = (
        "Enable the components contrib, non-free and non-free-firmware, then install"
        if _plain_debian(host)
        else "Install"
    )
    title = f"{first} the NVIDIA driver{at_least}, then restart"
    return (Remedy(title, (*commands, ("sudo", "reboot")), Risk.ADMIN),)


def _plain_debian(host: Host | None) -> bool:
    return host is not None and host.distribution_id == "debian"


def _commands(host: Host | None) -> tuple[Argv, ...]:
    kinds = {host.distribution_id or "", *host.distribution_like} if host else set()
    if "ubuntu" in kinds:
        return ((*_APT, "ubuntu-drivers-common"), ("sudo", "ubuntu-drivers", "install"))
    if "debian" in kinds:
        headers = f"linux-headers-{'arm64' if host and host.architecture == 'aarch64' else 'amd64'}"
        return (("sudo", "apt-get", "update"), (*_APT, headers, "nvidia-driver", "firmware-misc-nonfree"))
    if host and host.distribution_id == "fedora" and host.distribution_version:
        fusion = "https://mirrors.rpmfusion.org/{0}/fedora/rpmfusion-{0}-release-" + host.distribution_version
        return (
            *((*_DNF, f"{fusion.format(part)}.noarch.rpm") for part in ("free", "nonfree")),
            (*_DNF, "akmod-nvidia", "xorg-x11-drv-nvidia-cuda"),
        )
    if kinds & {"rhel", "centos", "rocky", "almalinux"}:
        return (
            (*_DNF, "kernel-devel", "epel-release"),
            ("sudo", "dnf", "module", "install", "-y", "nvidia-driver:latest-dkms"),
        )
    if "arch" in kinds:
        return (("sudo", "pacman", "-S", "--needed", "nvidia-open-dkms", "nvidia-utils"),)
    if kinds & {"suse", "opensuse", "opensuse-leap", "opensuse-tumbleweed", "sles"}:
        return (
            (
                "sudo",
                "zypper",
                "install",
                "-y",
                "nvidia-open-driver-G06-signed-kmp-default",
                "nvidia-compute-utils-G06",
            ),
        )
    return ()
