"""`scripts/refresh_catalog.py` against an index on the loopback interface that serves wheels made here."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPTS = Path(__file__).resolve().parent.parent / "scripts"
sys.path.insert(0, str(SCRIPTS))

import refresh_catalog  # noqa: E402 - the folder was just put on the path

from doctor.model import DoctorError  # noqa: E402
from doctor.refresh.compare import pypi_build  # noqa: E402
from doctor.refresh.index import JSON, Index  # noqa: E402
from tests.refresh.serving import CUDA, CUT, FILES, Page, html_page, json_page, serving, wheel  # noqa: E402

CATALOG = SCRIPTS.parent / "doctor" / "catalog" / "releases.json"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    path = tmp_path / "releases.json"
    path.write_bytes(CATALOG.read_bytes())
    return path


def run(url: str, copy: Path, *more: str) -> int:
    return refresh_catalog.main(["--index-url", url, "--catalog", str(copy), *more])


def new_row(copy: Path) -> dict[str, Any]:
    rows = json.loads(copy.read_text())["releases"]
    return next(row for row in rows if row["torch"] == "2.16.0")


@pytest.mark.parametrize("page", [json_page, html_page])
def test_a_new_release_is_shown_and_only_written_when_told(
    page: Page, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(page) as url:
        assert run(url, copy) == 1
        assert "index: torch 2.16.0" in capsys.readouterr().out
        assert copy.read_bytes() == CATALOG.read_bytes()
        assert run(url, copy, "--write") == 0
        assert run(url, copy) == 0
    row = new_row(copy)
    wheels = {entry["platform"]: entry for entry in row["wheels"]}
    assert wheels["linux-x86_64"]["python"] == ["cp312", "cp313t"]
    assert (wheels["linux-x86_64"]["pypi"], wheels["linux-x86_64"]["glibc"]) == ("cu134", "2.28")
    assert wheels["windows-x86_64"]["pypi"] == "cpu"
    assert wheels["macos-arm64"]["macos"] == "14.0"
    assert wheels["macos-arm64"]["macos_by_python"] == {"cp313": "15.0"}
    assert row["builds"][0]["build"] == "cu134"
    assert row["torchvision"]["version"] == "0.31.0"
    assert row["requires_python"] == ">=3.12"


def test_upload_days_come_from_the_json_page(copy: Path) -> None:
    with serving(json_page) as url:
        run(url, copy, "--write")
    assert new_row(copy)["date"] == "2027-01-20"


def test_what_is_written_is_a_catalog_and_keeps_its_form(copy: Path) -> None:
    import msgspec

    from doctor.catalog.data_files import ReleaseFile

    before = CATALOG.read_text().splitlines()
    with serving(json_page) as url:
        run(url, copy, "--write")
    read = msgspec.json.decode(copy.read_bytes(), type=ReleaseFile)
    assert read.releases[-1].torch == "2.16.0"
    after = copy.read_text().splitlines()
    assert len(after) == len(before) + 1  # a row a line: one new one
    assert len(set(before) - set(after)) <= 3  # the source's day, the last row's comma


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (lambda project: (404, "text/html", b"gone"), "HTTP 404"),
        (lambda project: (403, "text/html", b"forbidden"), "HTTP 403"),
        (lambda project: (200, "text/html", b"<html><h1>Please log in</h1></html>"), "no wheel"),
        (lambda project: (200, "text/html", html_page(project)[2][:-20]), "a page without an end"),
        (lambda project: (200, JSON, b'{"files": [1]}'), "TypeError"),
        (lambda project: (200, JSON, b"{}"), "KeyError"),
        (lambda project: (CUT, JSON, json_page(project)[2]), "cannot reach the index"),
        (lambda project: (200, JSON, b'{"files": ['), "JSONDecodeError"),
        (lambda project: (200, "application/pdf", b"%PDF"), "application/pdf"),
    ],
)
def test_an_index_that_is_none_is_refused(
    page: Page, words: str, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(page) as url:
        assert run(url, copy, "--write") == 2
    assert words in capsys.readouterr().err
    assert copy.read_bytes() == CATALOG.read_bytes()


def test_an_index_out_of_reach(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("http://127.0.0.1:9/simple", copy) == 2
    assert "cannot reach the index" in capsys.readouterr().err


def test_a_wheel_that_is_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "torch-2.16.0-cp312-cp312-win_amd64.whl"
    monkeypatch.setitem(FILES, name, FILES[name][:1000])
    with serving(json_page) as url:
        index = Index(url)
        short = next(one for one in index.wheels("torch") if one.platform == "windows-x86_64")
        with pytest.raises(DoctorError) as raised:
            index.metadata(short)
    assert "not a whole wheel" in raised.value.context


def test_the_build_is_read_from_old_and_new_requirements(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "torch-2.16.0-cp312-cp312-manylinux_2_28_x86_64.whl"
    monkeypatch.setitem(FILES, name, wheel("torch", "2.16.0", CUDA))
    with serving(json_page) as url:
        index = Index(url)
        linux = next(one for one in index.wheels("torch") if one.platform == "linux-x86_64" and not one.build)
        assert pypi_build(linux, index) == "cu126"


def test_pip_is_asked_for_its_default_index() -> None:
    assert refresh_catalog.default_index(sys.executable).startswith("https://")
    with pytest.raises(DoctorError):
        refresh_catalog.default_index("/bin/false")
