"""Fetching a large file from sources with the faults of real ones."""

from __future__ import annotations

import hashlib
import random

import pytest

from tests.recipes.fault_server import serving

BODY = random.Random(0).randbytes(400_000)
MD5 = hashlib.md5(BODY).hexdigest()


@pytest.fixture
def server():
    with serving(BODY) as running:
        yield running


@pytest.fixture
def download(recipe):
    return recipe("download")


@pytest.fixture
def fetch(download, server, tmp_path):
    """Fetch from these paths of the server; returns what was said, and checks that the file is the right one."""

    def run(*paths: str, minimum_rate: float = 0, window_s: float = 0.2, timeout_s: float = 5.0) -> list[str]:
        said: list[str] = []
        limits = download.Limits(minimum_rate=minimum_rate, window_s=window_s, timeout_s=timeout_s)
        target = tmp_path / "file"
        url, rate = download.fetch([server.url(p) for p in paths], str(target), MD5, said.append, limits)
        assert target.read_bytes() == BODY
        assert not (tmp_path / "file.part").exists()
        assert url == server.url(paths[-1])
        assert rate >= 0
        return said

    return run


def test_a_good_source_gives_the_file(fetch, server):
    fetch("/good")
    assert server.asked == [("/good", 0)]


def test_a_cut_connection_is_resumed_where_it_broke(fetch, server):
    said = fetch("/cut")
    assert server.starts("/cut") == [0, 200_000, 300_000, 350_000]
    assert "the connection broke at 0.2 MB" in said[0]


def test_a_source_without_ranges_starts_again(fetch, server):
    fetch("/cut-without-ranges")
    assert server.starts("/cut-without-ranges") == [0, 100_000]


def test_wrong_bytes_are_refused_and_the_next_mirror_starts_afresh(fetch, server, tmp_path):
    said = fetch("/wrong", "/good")
    assert "md5 differs" in said[0]
    assert server.asked == [("/wrong", 0), ("/good", 0)]


def test_what_another_mirror_spoilt_is_fetched_again_from_the_good_one(fetch, server, tmp_path):
    (tmp_path / "file.part").write_bytes(b"\0" * 100_000)
    fetch("/good")
    assert server.asked == [("/good", 100_000), ("/good", 0)]


def test_what_lies_there_from_the_last_time_counts(fetch, server, tmp_path):
    (tmp_path / "file.part").write_bytes(BODY[:300_000])
    fetch("/good")
    assert server.asked == [("/good", 300_000)]


@pytest.mark.parametrize(
    ("path", "words"), [("/forbidden", "HTTP 403"), ("/gone", "HTTP 404"), ("/page", "md5 differs")]
)
def test_a_source_that_refuses_is_left_for_the_next(fetch, path, words):
    assert words in fetch(path, "/good")[0]


def test_a_slow_source_is_left_for_the_next_which_goes_on_from_there(fetch, server):
    said = fetch("/slow", "/good", minimum_rate=200_000)
    assert "kB/s, 200 kB/s are required" in said[0]
    assert server.starts("/good")[0] > 0


def test_a_slow_source_alone_is_said_plainly_and_what_came_is_kept(download, server, tmp_path):
    limits = download.Limits(minimum_rate=200_000, window_s=0.2)
    with pytest.raises(download.NotFetched, match=r"only \d+ kB/s, .*the rest would take \d+ minutes"):
        download.fetch([server.url("/slow")], str(tmp_path / "file"), MD5, [].append, limits)
    kept = (tmp_path / "file.part").read_bytes()
    assert kept
    assert BODY.startswith(kept)


def test_a_source_that_falls_silent_is_left(fetch):
    assert "timed out" in fetch("/silent", "/good", timeout_s=0.3)[0]


def test_without_network_every_source_is_named(download, tmp_path):
    sources = ["http://127.0.0.1:9/a", "http://no-such-host.invalid/b"]
    with pytest.raises(download.NotFetched) as caught:
        download.fetch(sources, str(tmp_path / "file"), MD5, [].append)
    assert all(source in str(caught.value) for source in sources)


@pytest.mark.parametrize("url", ["not an address", "file-without-scheme.tar.gz", ""])
def test_an_address_that_is_none_is_refused_with_its_reason(download, tmp_path, url):
    with pytest.raises(download.NotFetched):
        download.fetch([url], str(tmp_path / "file"), MD5, [].append)


def test_progress_says_how_far_and_how_fast(download, fetch, monkeypatch):
    monkeypatch.setattr(download, "SAY_EVERY_S", 0.0)
    assert any("100%" in line and "kB/s" in line for line in fetch("/good"))
