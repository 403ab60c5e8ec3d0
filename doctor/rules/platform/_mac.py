"""What the macOS rules ask of the facts."""

from __future__ import annotations

from doctor import catalog
from doctor.facts import Apple, Cpu, Host, Python, Torch
from doctor.remedy.actions import Rerun
from doctor.rules.gpu._support import released

FALLBACK = Rerun(
    set=(("PYTORCH_ENABLE_MPS_FALLBACK", "1"),),
    title="If MPS lacks an operation, run the program again with that operation on the CPU",
)


def macos(host: Host | None, apple: Apple | None) -> str | None:
    """The macOS version; None when this is no Mac or it is not known."""
    if apple and apple.macos:
        return apple.macos
    return host.distribution_version if host and host.os == "macos" else None


def silicon(host: Host | None, apple: Apple | None, cpu: Cpu | None) -> bool | None:
    """True for an Apple chip, False for an Intel Mac, None when not known."""
    names = [apple.chip if apple else None, cpu.model if cpu else None]
    known = [name for name in names if name]
    if known:
        return any(name.startswith("Apple") for name in known)
    machine = host.architecture if host else None
    return None if machine is None else machine in ("arm64", "aarch64")


def translated(host: Host | None, python: Python | None, chip: bool | None) -> bool:
    """An x86_64 Python on an Apple chip."""
    if host and host.rosetta:
        return True
    where = (python.platform or "") if python else ""
    intel = bool(python and (python.machine == "x86_64" or where.endswith("x86_64")))
    return chip is True and (intel or (host is not None and host.architecture == "x86_64"))


def minimum_macos(torch: Torch) -> str:
    """The lowest macOS on which this release's MPS works; "" when the catalog does not say."""
    row = catalog.release(released(torch.version or ""))
    return row.mps_macos if row else ""
