"""Sources that cannot be reached, or break off: each with its reason."""

from __future__ import annotations

import datetime
import socket
import threading

import trustme

from doctor.mirrors.model import MirrorVerdict
from tests.mirrors.conftest import Judge
from tests.mirrors.servers import JSON, Handler, Loopback, Store, sound
from tests.mirrors.test_faults import on_page

STORE = Store()


def test_an_expired_certificate(mirrors: Loopback, judge: Judge) -> None:
    past = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    certificate = mirrors.authority.issue_cert("127.0.0.1", not_after=past)
    row = judge(mirror=mirrors.start(sound(STORE), context=mirrors.context(certificate)))["mirror"]
    assert (row.verdict, row.reachable) == (MirrorVerdict.UNREACHABLE, False)
    assert "expired" in row.reason


def test_a_certificate_of_another_host(mirrors: Loopback, judge: Judge) -> None:
    certificate = mirrors.authority.issue_cert("mirror.example.com")
    row = judge(mirror=mirrors.start(sound(STORE), context=mirrors.context(certificate)))["mirror"]
    assert (row.verdict, "another" in row.reason) == (MirrorVerdict.UNREACHABLE, True)


def test_an_authority_nobody_trusts(mirrors: Loopback, judge: Judge) -> None:
    certificate = trustme.CA().issue_cert("127.0.0.1")
    row = judge(mirror=mirrors.start(sound(STORE), context=mirrors.context(certificate)))["mirror"]
    assert (row.verdict, "not trusted" in row.reason) == (MirrorVerdict.UNREACHABLE, True)


def test_silence_after_the_headers(mirrors: Loopback, judge: Judge) -> None:
    over = threading.Event()

    def hang(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", JSON)
        handler.send_header("Content-Length", "5000")
        handler.end_headers()
        over.wait(20)

    row = judge.within(1.0, mirror=mirrors.start(hang))["mirror"]
    over.set()
    assert (row.verdict, row.reachable) == (MirrorVerdict.UNREACHABLE, True)
    assert "silent" in row.reason


def test_a_body_that_is_cut(mirrors: Loopback, judge: Judge) -> None:
    def cut(handler: Handler) -> None:
        page = STORE.page()
        handler.send_response(200)
        handler.send_header("Content-Type", JSON)
        handler.send_header("Content-Length", str(len(page)))
        handler.end_headers()
        handler.wfile.write(page[: len(page) // 2])
        handler.close_connection = True

    row = judge(mirror=mirrors.start(on_page(cut)))["mirror"]
    assert row.verdict is MirrorVerdict.INCOMPLETE
    assert "cut short" in row.reason


def test_nobody_there(mirrors: Loopback, judge: Judge) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    rows = judge(refused=f"https://127.0.0.1:{port}/simple", unknown="https://mirror.invalid/simple")
    assert {row.verdict for row in rows.values()} == {MirrorVerdict.UNREACHABLE}
    assert "refuses the connection" in rows["refused"].reason
    assert "DNS" in rows["unknown"].reason


def test_a_server_error(mirrors: Loopback, judge: Judge) -> None:
    row = judge(mirror=mirrors.start(lambda h: h.reply(503)))["mirror"]
    assert (row.verdict, "503" in row.reason) == (MirrorVerdict.UNREACHABLE, True)


def test_the_deadline_holds_for_all_together(mirrors: Loopback, judge: Judge) -> None:
    over, tired = threading.Event(), threading.Event()

    def silent(_: Handler) -> None:
        if not over.wait(60):
            tired.set()

    hanging = [mirrors.start(silent) for _ in range(4)]
    rows = judge.within(1.0, good=mirrors.start(sound(STORE)), **{f"hung{n}": m for n, m in enumerate(hanging)})
    over.set()
    assert not tired.is_set()
    assert rows.pop("good").verdict is MirrorVerdict.OK
    assert {row.verdict for row in rows.values()} == {MirrorVerdict.UNREACHABLE}
