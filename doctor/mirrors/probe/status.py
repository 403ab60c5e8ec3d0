"""The documents in which operators tell when a tree was last synchronised: tunasync's and MirrorZ's."""

from __future__ import annotations

import contextlib
import re
import time
from typing import Any

from doctor.mirrors.probe.http import ProbeFault, Session
from doctor.mirrors.probe.progress import ProbeProgress
from doctor.text.documents import Unparsable, json

_MAX_BYTES = 4 * 1024 * 1024
_NEVER = 1e11  # seconds, in the year 5138
_NAMES = {
    "pypi": ("pypi",),
    "pytorch": ("pytorch-wheels", "pytorch"),
    "conda-defaults": ("anaconda",),
    "conda-forge": ("anaconda", "conda-forge"),
    "conda-pytorch": ("anaconda",),
    "conda-nvidia": ("anaconda-extra", "nvidia", "anaconda"),
    "apt-ubuntu": ("ubuntu",),
    "apt-debian": ("debian",),
}
_LEAST_S = 0.5


async def note_last_success(session: Session, progress: ProbeProgress) -> None:
    """Note the tree's last success, where the operator tells; a document that is missing says nothing."""
    candidate = progress.candidate
    if not candidate.status_url or session.deadline - time.monotonic() < _LEAST_S:
        return
    with contextlib.suppress(ProbeFault):
        async with session.get(candidate.status_url, "other") as answer:
            text = await answer.text(_MAX_BYTES) if answer.status == 200 else b""
        session.received += len(text)
        progress.synchronised = last_success(text, candidate.status_format, _NAMES.get(candidate.service, ()))


def last_success(text: bytes, form: str, names: tuple[str, ...]) -> float:
    """Seconds since 1970 of the last good synchronisation of the first tree that has one of the names; 0 if untold.

    >>> last_success(b'[{"name": "pypi", "status": "failed", "last_update_ts": 1700000000}]', "tunasync", ("pypi",))
    1700000000.0
    >>> last_success(b'{"mirrors": [{"cname": "pypi", "status": "F1700009999O1700000000"}]}', "mirrorz", ("pypi",))
    1700000000.0
    """
    try:
        document = json(text)
    except Unparsable:
        return 0.0
    rows = document.get("mirrors", []) if isinstance(document, dict) else document
    trees = {_name(row): row for row in rows if isinstance(row, dict)} if isinstance(rows, list) else {}
    row = next((trees[name] for name in names if name in trees), None)
    if row is None:
        return 0.0
    return _mirrorz(str(row.get("status", ""))) if form == "mirrorz" else _tunasync(row)


def _name(row: dict[str, Any]) -> str:
    return str(row.get("name") or row.get("cname") or "").lower()


def _tunasync(row: dict[str, Any]) -> float:
    value = row.get("last_update_ts")
    return float(value) if isinstance(value, int | float) and 0 < value < _NEVER else 0.0


def _mirrorz(status: str) -> float:
    """The time after S (good), else after O (the last good one before a failure or a run)."""
    found = dict(re.findall(r"([A-Z])(\d{9,11}(?!\d))?", status))
    return float(found.get("S") or found.get("O") or 0)
