"""One form for the sizes of downloads and disks."""

from __future__ import annotations


def size(count: float) -> str:
    """Bytes in decimal units, as installers tell them: "539 MB", "7.6 MB", "2.8 GB"."""
    value = float(count)
    for unit in ("B", "kB", "MB"):
        if value < 999.5:
            return f"{value:.{int(unit == 'MB' and value < 9.95)}f} {unit}"
        value /= 1000
    return f"{value:.1f} GB"
