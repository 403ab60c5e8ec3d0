"""What version strings of torch and its companions tell."""

from __future__ import annotations

import re

_RELEASE = re.compile(r"(\d+)\.(\d+)(?:\.(\d+))?(?:\.post\d+)?(?:\+([\w.]+))?$")
_OFFICIAL = re.compile(r"cpu|cu\d{2,3}|rocm[\d.]+|xpu")


def base(version: str) -> tuple[int, int, int] | None:
    """(2, 7, 1) of "2.7.1+cu126"; None for pre-releases, source builds and vendors' builds, which follow no table."""
    match = _RELEASE.match(version.strip())
    if match is None or (match[4] and not _OFFICIAL.fullmatch(match[4])):
        return None
    return int(match[1]), int(match[2]), int(match[3] or 0)


def variant(version: str) -> str:
    """The official build tag: "cpu", "cu126", "rocm6.3", "xpu"; "" where the version carries none."""
    tag = version.partition("+")[2]
    return tag if _OFFICIAL.fullmatch(tag) else ""


def kind(tag: str) -> str:
    """What a build tag runs on, as far as two packages must agree: "cpu", "cuda 12", "rocm", "xpu"."""
    if tag.startswith("cu"):
        return f"CUDA {tag[2:-1]}"
    return "ROCm" if tag.startswith("rocm") else tag
