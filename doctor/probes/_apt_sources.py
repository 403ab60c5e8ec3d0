"""apt's sources of accelerator software: lines of *.list files and stanzas of *.sources files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from doctor.facts import ConfigFile, Source
from doctor.privacy import without_credentials
from doctor.probes._config_files import read

_ACCELERATOR = re.compile(r"nvidia|cuda|radeon|rocm|amdgpu|oneapi|intel-graphics|graphics\.intel", re.IGNORECASE)


def entries(root: Path = Path("/etc/apt")) -> tuple[tuple[Source, ...], tuple[ConfigFile, ...]]:
    """CUDA, ROCm and oneAPI repositories, and the files that could not be read."""
    found: list[Source] = []
    unreadable: list[ConfigFile] = []
    for path in _files(root):
        file = read(path, _addresses)
        if file is None:
            continue
        if file.problem:
            unreadable.append(file)
        listed = [str(url) for url in file.settings.get("urls", [])]
        found += [Source("apt", "deb", without_credentials(u), file.path) for u in listed if _ACCELERATOR.search(u)]
    return tuple(found), tuple(unreadable)


def archives(root: Path = Path("/etc/apt")) -> tuple[Source, ...]:
    """Debian's and Ubuntu's own archive, wherever it is taken from."""
    files = (read(path, _addresses) for path in _files(root))
    found = [(str(url).rstrip("/"), file.path) for file in files if file for url in file.settings.get("urls", [])]
    ends = ("/debian", "/ubuntu", "/ubuntu-ports")
    return tuple(
        Source("apt", "archive", without_credentials(url), where) for url, where in found if url.endswith(ends)
    )


def _files(root: Path) -> list[Path]:
    try:
        parts = sorted((root / "sources.list.d").iterdir())
    except OSError:
        parts = []
    return [root / "sources.list", *(path for path in parts if path.suffix in (".list", ".sources"))]


def _addresses(text: str) -> dict[str, Any]:
    return {"urls": list(urls(text))}


def urls(text: str) -> Iterator[str]:
    """Addresses in either format; disabled stanzas and comments are left out."""
    for stanza in re.split(r"\n\s*\n", text):
        lines = [line for line in stanza.splitlines() if not line.lstrip().startswith("#")]
        if any(re.match(r"(?i)enabled:\s*no", line) for line in lines):
            continue
        for line in lines:
            one_line = re.match(r"\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)", line)
            field = re.match(r"(?i)uris:\s*(.+)", line)
            yield from [one_line[1]] if one_line else field[1].split() if field else []
