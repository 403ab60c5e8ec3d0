"""The system and processor whose wheels count."""

from __future__ import annotations

from doctor.facts import Host, Python


def platform_of(host: Host | None, python: Python | None) -> str:
    """The catalog's platform; Linux on x86_64 where the text does not say."""
    os = (host.os if host else None) or "linux"
    machine = ((python.machine if python else None) or (host.architecture if host else None) or "x86_64").lower()
    arm = machine in ("aarch64", "arm64")
    return {
        "windows": "windows-arm64" if arm else "windows-x86_64",
        "macos": "macos-arm64" if arm else "macos-x86_64",
    }.get(os, "linux-aarch64" if arm else "linux-x86_64")
