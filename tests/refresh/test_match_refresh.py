"""`torch-doctor match --refresh` as a user starts it, against an index on the loopback interface."""

from __future__ import annotations

import json
import os
import ssl
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import trustme

from doctor.catalog.refreshed import NAME
from tests.refresh.serving import CUT, FILES, TOOLKIT, Page, html_page, json_page, serving, wheel
from tests.surroundings import unavailable

RTX = ("--os", "linux", "--arch", "x86_64", "--python", "3.12", "--gpu", "RTX 4090", "--driver", "610.43.02")
Done = subprocess.CompletedProcess[str]


class Home:
    """A user's folder for data, and the program started with it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.more = folder, {"PIP_CONFIG_FILE": os.devnull}
        self.file = folder / "torch-doctor" / NAME

    def match(self, *words: str, code: int = 0) -> Done:
        env = {**os.environ, "XDG_DATA_HOME": str(self.folder), "NO_PROXY": "127.0.0.1", **self.more}
        argv = [sys.executable, "-m", "doctor", "match", *words]
        done = subprocess.run(argv, env=env, capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL)
        assert done.returncode == code, done.stdout + done.stderr
        return done

    def choice(self, *words: str) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self.match(*RTX, *words, "--format", "json").stdout)
        return answer


@pytest.fixture
def home(tmp_path: Path) -> Home:
    if sys.platform in ("win32", "darwin"):
        unavailable("the folder for data is not told by XDG_DATA_HOME here", hardware=True)
    return Home(tmp_path)


@pytest.mark.parametrize("page", [json_page, html_page])
def test_next_months_release_is_shown_kept_used_and_taken_back(page: Page, home: Home) -> None:
    with serving(page) as url:
        shown = home.match("--refresh", "--yes", "--index-url", url).stdout
    assert "torch 2.16.0" in shown and "builds cu134, mps, cpu" in shown and "torchvision 0.31.0" in shown
    found = home.choice()
    assert (found["choice"]["torch"], found["choice"]["build"], found["confidence"]) == ("2.16.0", "cu134", "inferred")
    assert any("inferred" in note for note in found["notes"])
    assert "Taken back" in home.match("--refresh", "--undo").stdout
    assert not home.file.exists()
    assert home.choice()["choice"]["torch"] == "2.15.0"
    assert "no refresh to take back" in home.match("--refresh", "--undo", code=2).stderr


def test_nothing_is_written_without_a_yes_and_nothing_without_news(home: Home) -> None:
    with serving(json_page) as url:
        assert "add --yes" in home.match("--refresh", "--index-url", url, code=2).stderr
        assert not home.file.exists()
        home.match("--refresh", "--yes", "--index-url", url)
        before = home.file.read_bytes()
        assert "Nothing is new" in home.match("--refresh", "--yes", "--index-url", url).stdout
    assert home.file.read_bytes() == before


def test_a_second_refresh_adds_and_is_taken_back_alone(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(json_page) as url:
        home.match("--refresh", "--yes", "--index-url", url)
        first = home.file.read_bytes()
        name = "torch-2.16.1-cp312-cp312-manylinux_2_28_x86_64.whl"
        monkeypatch.setitem(FILES, name, wheel("torch", "2.16.1", TOOLKIT))
        shown = home.match("--refresh", "--yes", "--index-url", url).stdout
    assert "torch 2.16.1" in shown and "torch 2.16.0" not in shown
    assert home.choice()["choice"]["torch"] == "2.16.1"
    home.match("--refresh", "--undo")
    assert home.file.read_bytes() == first
    assert home.choice()["choice"]["torch"] == "2.16.0"


def test_the_index_of_pip_is_asked_by_itself(home: Home, tmp_path: Path) -> None:
    """PyTorch's own index, here a copy that somebody chose, is out of reach: that is said, and PyPI's news count."""
    state = tmp_path / "state" / "torch-doctor"
    state.mkdir(parents=True)
    chosen = {"pytorch": {"name": "copy", "url": "http://127.0.0.1:9/whl", "since": "2026-11-29"}}
    (state / "mirrors.json").write_text(json.dumps(chosen))
    with serving(json_page) as url:
        home.more |= {"PIP_INDEX_URL": url, "XDG_STATE_HOME": str(tmp_path / "state")}
        done = home.match("--refresh", "--yes")
    assert f"reading {url}" in done.stderr and "left out: http://127.0.0.1:9/whl/torch/" in done.stderr
    assert home.file.exists()


def test_builds_come_from_the_pytorch_index(home: Home, tmp_path: Path) -> None:
    def pypi(project: str) -> tuple[int, str, bytes]:
        status, kind, body = json_page(project)
        page = json.loads(body)
        page["files"] = [file for file in page["files"] if "+" not in file["filename"]]
        return status, kind, json.dumps(page).encode()

    state = tmp_path / "state" / "torch-doctor"
    state.mkdir(parents=True)
    with serving(pypi) as url, serving(json_page) as copy:
        chosen = {"pytorch": {"name": "copy", "url": copy, "since": "2026-11-29"}}
        (state / "mirrors.json").write_text(json.dumps(chosen))
        home.more |= {"PIP_INDEX_URL": url, "XDG_STATE_HOME": str(tmp_path / "state")}
        home.match("--refresh", "--yes")
    assert '"build": "cu134"' in home.file.read_text()


def test_pip_that_may_use_no_index_is_heeded(home: Home) -> None:
    home.more |= {"PIP_NO_INDEX": "1"}
    assert "--index-url" in home.match("--refresh", "--yes", code=2).stderr


def test_over_https_with_the_certificate_that_pip_has(home: Home, tmp_path: Path) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    pem = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(pem))
    with serving(json_page, context) as url:
        assert "CERTIFICATE_VERIFY_FAILED" in home.match("--refresh", "--yes", "--index-url", url, code=2).stderr
        assert not home.file.exists()
        home.more |= {"PIP_CERT": str(pem)}
        home.match("--refresh", "--yes", "--index-url", url)
    assert home.file.exists()


@pytest.mark.parametrize(
    "page",
    [
        lambda project: (404, "text/html", b"gone"),
        lambda project: (CUT, "text/html", html_page(project)[2]),
        lambda project: (200, "text/html", b"\x00\xff<<<a href=torch-9.9.9><html"),
        lambda project: html_page("torchvision"),  # an index that lacks torch
        lambda project: (200, "text/html", b"<html>nothing here</html>"),
    ],
    ids=["404", "cut", "garbage", "no torch", "empty"],
)
def test_an_index_that_is_none_changes_nothing(page: Page, home: Home) -> None:
    with serving(page) as url:
        done = home.match("--refresh", "--yes", "--index-url", url, code=2)
    assert url in done.stderr and "--index-url" in done.stderr
    assert not home.file.exists()
    assert home.choice()["choice"]["torch"] == "2.15.0"


def test_a_login_in_the_address_is_neither_kept_nor_shown(home: Home) -> None:
    with serving(json_page) as url:
        done = home.match("--refresh", "--yes", "--index-url", url.replace("//", "//me:secret@"))
    assert "secret" not in done.stdout + done.stderr + home.file.read_text()


def test_a_file_that_was_changed_or_is_of_another_version_is_not_used_and_said(home: Home) -> None:
    with serving(json_page) as url:
        home.match("--refresh", "--yes", "--index-url", url)
    good = home.file.read_bytes()
    home.file.write_bytes(good.replace(b"2.16.0", b"2.17.0"))
    done = home.match(*RTX)
    assert "2.15.0" in done.stdout and "damaged" in done.stderr
    home.file.write_bytes(good[: len(good) // 2])
    assert "damaged" in home.match(*RTX).stderr

    from doctor.catalog import refreshed

    other = refreshed.encoded(refreshed.Refreshed(as_of="2026-11-29", index="x", base="0" * 64, releases=()))
    home.file.write_bytes(other)
    assert "another version" in home.match(*RTX).stderr


def test_yes_and_undo_without_refresh_are_wrong_usage(home: Home) -> None:
    assert "add --refresh" in home.match("--undo", code=2).stderr
    assert "--format json" in home.match("--refresh", "--format", "json", code=2).stderr
