"""What counts as news, and what is taken from the release before."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from doctor import catalog
from doctor.catalog.refreshed import SHIPPED
from doctor.refresh.compare import refreshed
from doctor.refresh.index import Index
from doctor.refresh.news import arch_rows, lines, news
from tests.refresh.serving import FILES, json_page, serving, wheel

BEFORE: dict[str, Any] = json.loads(SHIPPED.read_bytes())
NEWEST = catalog.all_releases()[0].torch


def with_builds(torch: str, *builds: str) -> dict[str, Any]:
    after = copy.deepcopy(BEFORE)
    row = next(row for row in after["releases"] if row["torch"] == torch)
    for build in builds:
        row["builds"].append({"build": build, "platforms": {"linux-x86_64": "confirmed"}, "source": "pypi-index"})
    return after


def test_a_new_build_of_a_known_release_is_news_and_its_code_is_inferred() -> None:
    found = news(BEFORE, with_builds(NEWEST, "cu139"))
    assert list(lines(found)) == [f"torch {NEWEST}: cu139 on the index now"]
    (row,) = arch_rows(found)
    assert (row.build, row.confidence, row.source) == ("cu139", "inferred", "refresh")
    assert "9.0" in row.sm and row.note


def test_of_a_cuda_that_nobody_knows_the_code_is_not_guessed() -> None:
    assert not arch_rows(news(BEFORE, with_builds(NEWEST, "cu200")))


def test_what_an_index_lacks_is_no_news() -> None:
    after = copy.deepcopy(BEFORE)
    after["releases"] = after["releases"][5:]
    after["releases"][-1]["builds"] = []
    assert not news(BEFORE, after)


def test_a_new_release_takes_what_no_index_tells_from_the_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """NumPy 2, the macOS of MPS, and the companions that go with any later torch."""
    last = catalog.all_releases()[0]
    assert last.torchaudio
    audio = f"torchaudio-{last.torchaudio.version}-py3-none-manylinux_2_28_x86_64.whl"
    monkeypatch.setitem(FILES, audio, wheel("torchaudio", last.torchaudio.version, ("torch>=2.11",)))
    with serving(json_page) as url:
        row = next(row for row in refreshed(BEFORE, Index(url))["releases"] if row["torch"] == "2.16.0")
    assert tuple(row["numpy2"]) == last.numpy2
    assert (row["mps_macos"], row["mps_confidence"]) == (last.mps_macos, "inferred")
    assert (row["torchaudio"]["version"], row["torchaudio"]["cuda"]) == (last.torchaudio.version, last.torchaudio.cuda)
    assert row["torchvision"]["version"] == "0.31.0"
