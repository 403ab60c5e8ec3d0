"""Operators' own documents: when a tree was last synchronised."""

from __future__ import annotations

import pytest

from doctor.mirrors.probe.status import last_success
from tests.mirrors.conftest import NOW, Judge, candidate
from tests.mirrors.servers import Loopback, Store, sound

TUNASYNC = b"""[{"name": "debian", "status": "success", "last_update_ts": 1795399000},
{"name": "pypi", "status": "failed", "last_update": "2026-11-10 01:00:00 +0800", "last_update_ts": 1794200000}]"""
MIRRORZ = b"""{"version": 1.7, "site": {}, "mirrors": [
{"cname": "ubuntu", "status": "S1795390000X1795400000"}, {"cname": "pypi", "status": "F1795399000O1795300000"},
{"cname": "anaconda", "status": "C"}]}"""


@pytest.mark.parametrize(
    ("text", "form", "names", "seconds"),
    [
        (TUNASYNC, "tunasync", ("pypi",), 1794200000),
        (MIRRORZ, "mirrorz", ("ubuntu",), 1795390000),
        (MIRRORZ, "mirrorz", ("pypi",), 1795300000),
        (MIRRORZ, "mirrorz", ("anaconda",), 0),  # a cache has no time
        (MIRRORZ, "mirrorz", ("torch",), 0),
        (b"<html>", "tunasync", ("pypi",), 0),
        (b'{"mirrors": 3}', "mirrorz", ("pypi",), 0),
    ],
)
def test_last_success(text: bytes, form: str, names: tuple[str, ...], seconds: float) -> None:
    assert last_success(text, form, names) == seconds


def test_a_tree_that_has_not_synchronised_for_days_is_stale(mirrors: Loopback, judge: Judge) -> None:
    """Where the official source cannot be reached, the operator's own word counts."""
    import msgspec

    from doctor.mirrors.model import Limits, MirrorVerdict
    from doctor.mirrors.probe import probe_all
    from doctor.mirrors.verdict import judge_all
    from tests.mirrors.conftest import WANTED

    rest = sound(Store())
    mirror = mirrors.start(lambda h: h.reply(200, TUNASYNC) if h.path == "/status.json" else rest(h))
    status = mirror.url.replace("/simple", "/status.json")
    who = msgspec.structs.replace(candidate("old", mirror), status_url=status, status_format="tunasync")
    (row,) = judge_all(probe_all([who], judge.settings, WANTED, Limits(timeout_s=5)), NOW)
    assert (row.verdict, row.behind) == (MirrorVerdict.STALE, "14 days")
