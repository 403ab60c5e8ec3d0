"""How workers are started: the default start method by platform and Python version.

Source: https://docs.python.org/3/library/multiprocessing.html#contexts-and-start-methods (spawn on macOS since 3.8,
forkserver on Linux since 3.14). WSL counts as Linux.
"""

from __future__ import annotations

import sys

PLATFORMS = ("windows", "macos", "linux")
LABELS = {"windows": "Windows", "macos": "macOS", "linux": "Linux"}
MACOS_SPAWN = (3, 8)
FORKSERVER = (3, 14)


def start_method(platform: str, python: tuple[int, int]) -> str:
    """The default start method: "spawn", "forkserver" or "fork"."""
    if platform == "windows" or (platform == "macos" and python >= MACOS_SPAWN):
        return "spawn"
    return "forkserver" if platform == "linux" and python >= FORKSERVER else "fork"


def this_platform() -> str:
    return {"win32": "windows", "cygwin": "windows", "darwin": "macos"}.get(sys.platform, "linux")


def platforms_of(platform: str) -> tuple[str, ...]:
    """The platforms that `--platform` asks to judge by: "auto", "all" or one of them."""
    if platform == "all":
        return PLATFORMS
    return (this_platform() if platform == "auto" else platform,)
