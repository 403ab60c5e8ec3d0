"""Layouts beside an index of wheels: folders for --find-links, conda channels, apt repositories, single files."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable

import msgspec
import pytest

from doctor.mirrors import services
from doctor.mirrors.model import JudgedMirror, Limits, MirrorVerdict, WantedPackage
from doctor.mirrors.probe import probe_all
from doctor.mirrors.services import ServiceFile
from doctor.mirrors.verdict import judge_all, same_site
from tests.mirrors.conftest import NOW, WANTED, Judge, candidate
from tests.mirrors.servers import Behave, Handler, Loopback, Mirror, Store, sound

STORE = Store()
WISH: WantedPackage = msgspec.structs.replace(
    WANTED, suite="bookworm", subdir="linux-64", cuda_repository="debian12/x86_64"
)


def judged(judge: Judge, service: str, layout: str = "simple", **mirrors: Mirror) -> dict[str, JudgedMirror]:
    who = [
        msgspec.structs.replace(candidate(name, mirror), service=service, layout=layout)
        for name, mirror in mirrors.items()
    ]
    seen = probe_all(who, judge.settings, WISH, Limits(timeout_s=5, sample_s=0.3))
    return {row.name: row for row in judge_all(seen, NOW)}


def serving(files: dict[str, bytes], kinds: Callable[[str], str] = lambda _: "application/octet-stream") -> Behave:
    """Exactly these files, below /simple."""

    def behave(handler: Handler) -> None:
        body = files.get(handler.path.removeprefix("/simple/"))
        if body is None:
            handler.reply(404)
        elif "Range" in handler.headers:
            handler.file(body)
        else:
            handler.reply(200, body, kinds(handler.path))

    return behave


def test_a_folder_of_wheels(mirrors: Loopback, judge: Judge) -> None:
    page = STORE.html(base="").replace(b"Links for", b"Index of")
    folder = mirrors.start(serving({"": page, **STORE.wheels}, lambda p: "text/html" if p.endswith("/") else "x/y"))
    index = mirrors.start(sound(STORE))
    assert judged(judge, "pytorch", "flat", mirror=folder)["mirror"].verdict is MirrorVerdict.OK
    assert judged(judge, "pytorch", "flat", mirror=index)["mirror"].verdict is not MirrorVerdict.OK


def repodata(version: str, stamp: int, names: tuple[str, ...] = ("linux-64", "noarch")) -> dict[str, bytes]:
    package = version.encode() * 30_000
    row = {"name": "pytorch", "version": version, "build": "0", "size": len(package), "depends": ["python >=3.9"]}
    row |= {"sha256": hashlib.sha256(package).hexdigest(), "timestamp": stamp}
    files = {}
    for subdir in names:
        rows = {f"pytorch-{version}-0.conda": row} if subdir != "noarch" else {}
        body = {"info": {"subdir": subdir}, "packages": {}, "packages.conda": rows}
        files[f"{subdir}/current_repodata.json"] = json.dumps(body).encode()
        files[f"{subdir}/pytorch-{version}-0.conda"] = package
    return files


def test_conda_channels(mirrors: Loopback, judge: Judge) -> None:
    new, old = repodata("2.13.0", 1790000000000), repodata("2.12.0", 1780000000000)
    halved = {name: body for name, body in new.items() if not name.endswith(".conda")}
    portal = mirrors.start(lambda h: h.reply(200, b"<html><title>Portal</title></html>"))
    rows = judged(
        judge,
        "conda-forge",
        official=mirrors.start(serving(new)),
        good=mirrors.start(serving(new)),
        old=mirrors.start(serving(old)),
        halved=mirrors.start(serving(halved)),
        without_noarch=mirrors.start(serving(repodata("2.13.0", 1790000000000, ("linux-64",)))),
        portal=portal,
        empty=mirrors.start(lambda h: h.reply(404)),
        tampered=mirrors.start(serving({**new, "linux-64/pytorch-2.13.0-0.conda": b"x" * 180_000})),
    )
    assert {name: row.verdict.value for name, row in rows.items()} == {
        "official": "ok",
        "good": "ok",
        "old": "stale",
        "halved": "incomplete",
        "without_noarch": "incomplete",
        "portal": "wrong-content",
        "empty": "incomplete",
        "tampered": "tampered",
    }
    assert {agent.partition("/")[0] for _, agent in portal.asked} == {"conda"}


def release(date: str) -> bytes:
    return f"-----BEGIN PGP SIGNED MESSAGE-----\nOrigin: Debian\nSuite: stable\nDate: {date}\n".encode()


def test_apt_repositories(mirrors: Loopback, judge: Judge) -> None:
    packages = gzip.compress(b"Package: x\n" * 1000)

    def archive(date: str) -> dict[str, bytes]:
        folder = "dists/bookworm"
        return {f"{folder}/InRelease": release(date), f"{folder}/main/binary-amd64/Packages.gz": packages}

    new, old = "Sat, 21 Nov 2026 10:00:00 UTC", "Sat, 07 Nov 2026 10:00:00 UTC"
    rows = judged(
        judge,
        "apt-debian",
        official=mirrors.start(serving(archive(new))),
        good=mirrors.start(serving(archive(new))),
        old=mirrors.start(serving(archive(old))),
        other=mirrors.start(serving({})),
        portal=mirrors.start(lambda h: h.reply(200, b"<html>hello</html>")),
    )
    verdicts = {name: row.verdict.value for name, row in rows.items()}
    assert verdicts == {
        "official": "ok",
        "good": "ok",
        "old": "stale",
        "other": "incomplete",
        "portal": "wrong-content",
    }
    assert rows["old"].behind == "14 days"


def test_files_with_a_known_hash(mirrors: Loopback, judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    small, large = b"labels" * 100, b"images" * 100_000
    md5 = hashlib.md5(small, usedforsecurity=False).hexdigest()
    known = (ServiceFile("labels.gz", "torchvision", 0, md5), ServiceFile("images.gz", "torchvision", len(large)))
    monkeypatch.setitem(services.FILES, "mnist", known)
    rows = judged(
        judge,
        "mnist",
        good=mirrors.start(serving({"labels.gz": small, "images.gz": large})),
        tampered=mirrors.start(serving({"labels.gz": b"x" + small, "images.gz": large})),
        cut=mirrors.start(serving({"labels.gz": small, "images.gz": large[:-1]})),
        gone=mirrors.start(serving({"labels.gz": small})),
    )
    verdicts = {name: row.verdict.value for name, row in rows.items()}
    assert verdicts == {"good": "ok", "tampered": "tampered", "cut": "tampered", "gone": "incomplete"}
    assert rows["good"].bytes_per_s


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("mirror.nju.edu.cn:443", "mirrors.nju.edu.cn:443", True),
        ("mirrors.ustc.edu.cn:443", "mirrors.tuna.tsinghua.edu.cn:443", False),
        ("pypi.tuna.tsinghua.edu.cn:443", "mirrors.tuna.tsinghua.edu.cn:443", True),
        ("example.com:80", "example.com:443", True),
        ("127.0.0.1:8001", "127.0.0.1:8002", False),
        ("localhost:8001", "example.com:443", False),
    ],
)
def test_same_site(one: str, other: str, same: bool) -> None:
    assert same_site(one, other) is same
