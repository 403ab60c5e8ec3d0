"""Every fault that is known of mirrors gets its verdict, from a real server over real TLS."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from doctor.mirrors.model import MirrorVerdict
from doctor.mirrors.probe import sample
from tests.mirrors.conftest import Judge
from tests.mirrors.servers import JSON, TAG, VERSIONS, Behave, Handler, Loopback, Store, sound

STORE = Store()


def on_page(answer: Callable[[Handler], None], store: Store = STORE) -> Behave:
    """A sound mirror but for a project's page."""
    rest = sound(store)
    return lambda handler: answer(handler) if handler.path.startswith("/simple/") else rest(handler)


def on_file(answer: Callable[[Handler], None], store: Store = STORE) -> Behave:
    rest = sound(store)
    return lambda handler: answer(handler) if handler.path.startswith("/files/") else rest(handler)


def test_a_sound_mirror_is_ok_with_a_rate(mirrors: Loopback, judge: Judge) -> None:
    mirror, official = mirrors.start(sound(STORE)), mirrors.start(sound(STORE))
    row = judge(official=official, mirror=mirror)["mirror"]
    assert (row.verdict, row.reachable, row.behind) == (MirrorVerdict.OK, True, "")
    assert row.bytes_per_s and row.latency_ms
    assert any("right hash" in line for line in row.evidence)
    assert {agent.partition("/")[0] for _, agent in mirror.asked} == {"pip"}


def test_an_html_index_is_ok(mirrors: Loopback, judge: Judge) -> None:
    mirror = mirrors.start(on_page(lambda h: h.reply(200, STORE.html())))
    row = judge(official=mirrors.start(sound(STORE)), mirror=mirror)["mirror"]
    assert row.verdict is MirrorVerdict.OK


def test_slow(mirrors: Loopback, judge: Judge) -> None:
    mirror = mirrors.start(sound(STORE), bytes_per_s=20_000)
    row = judge(mirror=mirror)["mirror"]
    assert row.verdict is MirrorVerdict.SLOW
    assert row.bytes_per_s


def test_the_rate_leaves_out_the_wait_and_what_came_with_the_first_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter((0.0, 1.0, 1.001, 1.5, 2.001))
    monkeypatch.setattr(sample, "time", SimpleNamespace(monotonic=lambda: next(moments)))
    clock = sample._Clock()
    for size in (4000, 4000, 10_000, 10_000):
        clock.tick(size)
    assert (clock.read, clock.spread_s) == (28_000, pytest.approx(1.0))
    assert clock.rate() == pytest.approx(20_000)


def test_the_rate_of_what_came_at_once_is_over_the_whole_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter((0.0, 0.5))
    monkeypatch.setattr(sample, "time", SimpleNamespace(monotonic=lambda: next(moments)))
    clock = sample._Clock()
    clock.tick(10_000)
    assert (clock.rate(), clock.spread_s) == (pytest.approx(20_000), 0.0)


def test_a_trickle_that_does_not_bring_the_index_is_slow(mirrors: Loopback, judge: Judge) -> None:
    row = judge.within(1.5, mirror=mirrors.start(sound(STORE), bytes_per_s=300))["mirror"]
    assert row.verdict is MirrorVerdict.SLOW
    assert " B/s" in row.reason


def test_stale(mirrors: Loopback, judge: Judge) -> None:
    old = mirrors.start(sound(Store(versions=VERSIONS[:2])))
    row = judge(official=mirrors.start(sound(STORE)), mirror=old)["mirror"]
    assert row.verdict is MirrorVerdict.STALE
    assert row.behind.startswith("3 releases / ")
    assert "newest is 2.10.0" in row.reason


def test_a_lower_serial_is_stale(mirrors: Loopback, judge: Judge) -> None:
    page = STORE.page().replace(b'"1000"', b'"990"')
    old = mirrors.start(on_page(lambda h: h.reply(200, page, JSON)))
    row = judge(official=mirrors.start(sound(STORE)), mirror=old)["mirror"]
    assert (row.verdict, row.behind) == (MirrorVerdict.STALE, "10 changes")


@pytest.mark.parametrize(
    "page", [b'{"meta":{"api-version":"1.0"},"name":"torch","files":[]}', Store(versions=()).html()]
)
def test_an_empty_project(mirrors: Loopback, judge: Judge, page: bytes) -> None:
    row = judge(mirror=mirrors.start(on_page(lambda h: h.reply(200, page, JSON if page[:1] == b"{" else "text/html"))))
    assert row["mirror"].verdict is MirrorVerdict.INCOMPLETE


def test_no_such_project(mirrors: Loopback, judge: Judge) -> None:
    row = judge(mirror=mirrors.start(lambda h: h.reply(404)))["mirror"]
    assert (row.verdict, "404" in row.reason) == (MirrorVerdict.INCOMPLETE, True)


def test_half_synchronised(mirrors: Loopback, judge: Judge) -> None:
    row = judge(mirror=mirrors.start(on_file(lambda h: h.reply(404))))["mirror"]
    assert row.verdict is MirrorVerdict.INCOMPLETE
    assert f"torch-2.13.0-{TAG}.whl" in row.reason


def test_announced_metadata_that_is_missing(mirrors: Loopback, judge: Judge) -> None:
    page = STORE.page().replace(b'"yanked"', b'"core-metadata": true, "yanked"')
    row = judge(mirror=mirrors.start(on_page(lambda h: h.reply(200, page, JSON))))["mirror"]
    assert row.verdict is MirrorVerdict.INCOMPLETE
    assert "metadata" in row.reason


def test_the_wheel_of_this_platform_is_missing(mirrors: Loopback, judge: Judge) -> None:
    other = mirrors.start(sound(Store(tag="cp312-cp312-win_amd64")))
    row = judge(official=mirrors.start(sound(STORE)), mirror=other)["mirror"]
    assert row.verdict is MirrorVerdict.INCOMPLETE


@pytest.mark.parametrize("kind", ["text/html", JSON])
def test_a_web_page_instead_of_an_index(mirrors: Loopback, judge: Judge, kind: str) -> None:
    portal = b"<!doctype html><html><head><title>Mirror portal</title></head><body><p>Welcome</p></body></html>"
    row = judge(mirror=mirrors.start(on_page(lambda h: h.reply(200, portal, kind))))["mirror"]
    assert row.verdict is MirrorVerdict.WRONG_CONTENT
    assert "Mirror portal" in row.reason


def test_a_web_page_instead_of_a_file(mirrors: Loopback, judge: Judge) -> None:
    row = judge(mirror=mirrors.start(on_file(lambda h: h.reply(200, b"<html>log in</html>"))))["mirror"]
    assert row.verdict is MirrorVerdict.WRONG_CONTENT


def test_a_folder_of_wheels_is_no_index(mirrors: Loopback, judge: Judge) -> None:
    def flat(handler: Handler) -> None:
        handler.reply(200, STORE.html()) if handler.path == "/simple/" else handler.reply(404)

    row = judge(mirror=mirrors.start(flat))["mirror"]
    assert row.verdict is MirrorVerdict.WRONG_CONTENT
    assert "--find-links" in row.reason


def test_wrong_bytes(mirrors: Loopback, judge: Judge) -> None:
    wrong = on_file(lambda h: h.file(b"x" * len(STORE.wheels[h.path.rpartition("/")[2]])))
    row = judge(mirror=mirrors.start(wrong))["mirror"]
    assert row.verdict is MirrorVerdict.TAMPERED


def test_wrong_bytes_with_a_hash_that_fits_them(mirrors: Loopback, judge: Judge) -> None:
    false = Store(size=300_001)
    row = judge(official=mirrors.start(sound(STORE)), mirror=mirrors.start(sound(false)))["mirror"]
    assert row.verdict is MirrorVerdict.TAMPERED
    assert "official" in row.reason


def test_wrong_bytes_where_no_hash_is_told(mirrors: Loopback, judge: Judge) -> None:
    """Only the beginning is read of a large wheel: it is compared with the official one's."""
    large = Store(size=9_000_000, versions=("2.13.0",))
    name = f"torch-2.13.0-{TAG}.whl"
    bare = large.html().replace(b"#sha256=", b"#was=")
    false = large.wheels[name][:200_000] + b"!" + large.wheels[name][200_001:]
    serve = on_page(lambda h: h.reply(200, bare), large)
    mirror = mirrors.start(lambda h: h.file(false) if h.path.startswith("/files/") else serve(h))
    row = judge(official=mirrors.start(serve), mirror=mirror)["mirror"]
    assert row.verdict is MirrorVerdict.TAMPERED


def test_a_mirror_that_bounces(mirrors: Loopback, judge: Judge) -> None:
    official = mirrors.start(sound(STORE))
    upstream = official.url.removesuffix("/simple")
    bounce = mirrors.start(lambda h: h.reply(301, Location=upstream + h.path))
    assert judge(official=official, mirror=bounce)["mirror"].verdict is MirrorVerdict.BOUNCES


def test_a_mirror_that_bounces_to_nowhere(mirrors: Loopback, judge: Judge) -> None:
    row = judge(mirror=mirrors.start(lambda h: h.reply(302, Location="https://127.0.0.2:9/simple/torch/")))["mirror"]
    assert row.verdict is MirrorVerdict.BOUNCES


def test_a_mirror_whose_files_are_upstream(mirrors: Loopback, judge: Judge) -> None:
    official = mirrors.start(sound(STORE))
    page = STORE.page(official.url.removesuffix("simple") + "files/")
    row = judge(official=official, mirror=mirrors.start(on_page(lambda h: h.reply(200, page, JSON))))["mirror"]
    assert row.verdict is MirrorVerdict.BOUNCES


def test_refused_by_user_agent(mirrors: Loopback, judge: Judge) -> None:
    def behave(handler: Handler) -> None:
        pip = handler.headers.get("User-Agent", "").startswith("pip/")
        handler.reply(403) if pip else sound(STORE)(handler)

    row = judge(mirror=mirrors.start(behave))["mirror"]
    assert row.verdict is MirrorVerdict.REFUSES_CLIENT
    assert row.reachable
    assert "403 to pip and 200 to other clients" in row.reason


def test_a_redirect_loop(mirrors: Loopback, judge: Judge) -> None:
    row = judge(mirror=mirrors.start(lambda h: h.reply(302, Location=h.path)))["mirror"]
    assert row.verdict is MirrorVerdict.UNREACHABLE
    assert "loop" in row.reason


def test_a_huge_index(mirrors: Loopback, judge: Judge) -> None:
    document = json.loads(STORE.page())
    old = {**document["files"][0], "requires-python": "x" * 300}
    rows = [{**old, "filename": f"torch-1.{n}.0-{TAG}.whl", "url": f"../../files/{n}"} for n in range(20_000)]
    huge = json.dumps({**document, "files": [*rows, *document["files"]]}).encode()
    assert len(huge) > 10_000_000
    row = judge.within(20, mirror=mirrors.start(on_page(lambda h: h.reply(200, huge, JSON))))["mirror"]
    assert row.verdict is MirrorVerdict.OK
    assert any("newest 2.13.0 of 20005 files" in line for line in row.evidence)
