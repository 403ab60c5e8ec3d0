"""What is said of a remedy beside its title: who has to run it, where, what it costs and takes away."""

from __future__ import annotations

from doctor.bootstrap.sizes import size
from doctor.model import Remedy, Risk

NEEDS = {Risk.ADMIN: "needs root", Risk.MANUAL: "by hand"}
NEEDS_ADMINISTRATOR = "needs an administrator"
DOWNLOAD = "about {size} to download"
DISK = "{size} on disk"
REPLACES = "replaces {what}"
REMOVES = "removes {what}"
_WINDOWS_TOOLS = ("winget", "setx", "reg", "wsl.exe")


def notes(remedy: Remedy) -> list[str]:
    """Short phrases in the order people ask: may I, where, how much, what goes."""
    found = [remedy.where] if remedy.where else []
    if remedy.commands and remedy.risk in NEEDS:
        found.append(NEEDS_ADMINISTRATOR if _on_windows(remedy) else NEEDS[remedy.risk])
    if remedy.download_bytes:
        disk = f", {DISK.format(size=size(remedy.disk_bytes))}" if remedy.disk_bytes else ""
        found.append(DOWNLOAD.format(size=size(remedy.download_bytes)) + disk)
    if remedy.removes:
        installs = any("install" in argv for argv in remedy.commands)
        found.append((REPLACES if installs else REMOVES).format(what=", ".join(remedy.removes)))
    return found


def _on_windows(remedy: Remedy) -> bool:
    return remedy.risk is Risk.ADMIN and remedy.commands[0][0] in _WINDOWS_TOOLS
