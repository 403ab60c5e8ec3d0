"""What `torch-doctor mirrors` prints."""

from __future__ import annotations

import json

import msgspec
import pytest

from doctor.mirrors.model import JudgedMirror, MirrorVerdict
from doctor.render import mirrors

GOOD = JudgedMirror(
    service="pypi",
    name="good",
    url="https://good.example.com/simple",
    verdict=MirrorVerdict.OK,
    reachable=True,
    latency_ms=12.5,
    bytes_per_s=2_500_000,
    behind="",
    reason="",
    evidence=("newest 2.13.0 of 5 files", "serial 7"),
)
STALE = msgspec.structs.replace(
    GOOD, name="old", verdict=MirrorVerdict.STALE, reason="behind by 2 releases", bytes_per_s=8e4
)
GONE = msgspec.structs.replace(
    GOOD,
    name="gone",
    verdict=MirrorVerdict.UNREACHABLE,
    reachable=False,
    latency_ms=None,
    bytes_per_s=None,
    reason="no answer",
)


def test_json_has_every_source_and_the_choice() -> None:
    body = json.loads(msgspec.json.encode(mirrors.payload((GOOD, GONE), {"pypi": GOOD}, ("careful",))))
    assert (body["choice"], body["warnings"]) == ({"pypi": "good"}, ["careful"])
    assert [row["verdict"] for row in body["sources"]] == ["ok", "unreachable"]
    assert body["sources"][1]["bytes_per_s"] is None


def test_usable_sources_come_first_and_silent_ones_are_only_named(capsys: pytest.CaptureFixture[str]) -> None:
    mirrors.show((GONE, STALE, GOOD), {"pypi": GOOD}, ("careful",))
    text = capsys.readouterr().out
    assert text.index("good") < text.index("old") < text.index("not reached: gone")
    for word in ("2.5 MB/s", "80 kB/s", "behind by 2 releases", "use good: https://good.example.com/simple", "careful"):
        assert word in text
    assert "serial 7" not in text


def test_evidence_with_verbose(capsys: pytest.CaptureFixture[str]) -> None:
    mirrors.show((GOOD, GONE), {}, verbose=True)
    text = capsys.readouterr().out
    assert "serial 7" in text
    assert "no answer" in text
    assert mirrors.NONE in text


def test_what_is_set_up_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    mine = msgspec.structs.replace(GOOD, configured="pip")
    mirrors.show((mine,), {"pypi": mine})
    assert "keep good" in capsys.readouterr().out
