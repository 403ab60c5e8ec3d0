"""`scripts/refresh_atlas.py` against stand-in environments, and against what this system answers itself."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

SCRIPTS = Path(__file__).resolve().parent.parent / "scripts"
sys.path.insert(0, str(SCRIPTS))

import atlas_coverage  # noqa: E402 - the folder was just put on the path
import atlas_native  # noqa: E402
import refresh_atlas  # noqa: E402
from atlas_coverage import Count, Message  # noqa: E402

from doctor.explain.atlas import Concern, Entry  # noqa: E402

HEADER = Path(__file__).parent / "atlas_headers" / "driver_types.h"
CUDNN = """
typedef enum {
    CUDNN_STATUS_SUCCESS = 0, /**< Fine. CUDNN_STATUS_COMMENTED = 7 */
    CUDNN_STATUS_INTERNAL_ERROR_HOST_ALLOCATION_FAILED   = 0xfa3,
    CUDNN_STATUS_ALLOC_FAILED CUDNN_DEPRECATED_ENUM  =
        CUDNN_STATUS_INTERNAL_ERROR_HOST_ALLOCATION_FAILED, // CUDNN_STATUS_OLD = 1
} cudnnStatus_t;
typedef enum { CUDNN_STATUS_OF_SOMETHING_ELSE = 3 } other_t;
"""
Run = Callable[..., int]


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    include = tmp_path / "environment" / "nvidia" / "cu13" / "include"
    include.mkdir(parents=True)
    shutil.copy(HEADER, include)
    return tmp_path / "environment"


@pytest.fixture
def run(environment: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The script over the stand-in environment, with a census and a page of its own."""
    monkeypatch.setattr(atlas_coverage, "CENSUS", tmp_path / "census.json")
    monkeypatch.setattr(refresh_atlas, "PAGE", tmp_path / "atlas.md")
    atlas_coverage.write_census({})
    return lambda *more: refresh_atlas.main(["--environment", str(environment), *more])


def change(environment: Path, old: str, new: str) -> None:
    header = next(environment.rglob(HEADER.name))
    text = header.read_text(encoding="utf-8")
    assert old in text
    header.write_text(text.replace(old, new), encoding="utf-8")


def test_the_cuda_runtime_is_known_whole(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--check") == 0
    assert "cuda_runtime       136 of 136" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["nvml", "http", *(["errno", "signals"] if sys.platform == "linux" else [])])
def test_what_python_and_its_packages_answer_is_known(name: str) -> None:
    found = refresh_atlas.extracted(HEADER.parent)[name]
    assert found
    assert not refresh_atlas.compare(refresh_atlas.entries(name), found, ()).new


def test_an_invented_message_is_new_until_it_is_kept(
    run: Run, environment: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(environment, "cudaErrorUnknown = 999", "cudaErrorInvented = 998, cudaErrorUnknown = 999")
    assert run("--check") == 1
    assert "new         cuda_runtime: 998 cudaErrorInvented" in capsys.readouterr().out
    assert run("--write") == 0
    assert atlas_coverage.census()["cuda_runtime"].unassigned == (Message("cudaErrorInvented", 998, "", ""),)
    assert "cudaErrorInvented" in (tmp_path / "atlas.md").read_text(encoding="utf-8")
    assert run("--check") == 0
    assert "unassigned  cuda_runtime: 998 cudaErrorInvented" in capsys.readouterr().out


def test_a_known_name_with_another_number_is_new(run: Run, environment: Path) -> None:
    change(environment, "cudaErrorUnknown = 999", "cudaErrorUnknown = 998")
    assert run("--check") == 1


def test_a_removed_message_is_gone_and_no_fault(
    run: Run, environment: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(environment, "cudaErrorTimeout = 909, ", "")
    assert run("--check") == 0
    assert "gone        cuda_runtime: 909 cudaErrorTimeout" in capsys.readouterr().out


def test_entries_of_other_versions_are_not_gone() -> None:
    known = [
        Entry(concern=Concern.PROGRAM, name="A", code=1),
        Entry(concern=Concern.PROGRAM, name="B", code=2, where="version 8"),
    ]
    assert refresh_atlas.compare(known, [Message("A", 1, "", "")], ()).gone == ()


def test_another_text_of_a_known_name_is_new() -> None:
    known = [Entry(concern=Concern.PROGRAM, name="A", code=1, text="out of luck")]
    assert refresh_atlas.compare(known, [Message("A", 1, "out of luck", "")], ()).new == ()
    assert refresh_atlas.compare(known, [Message("A", 1, "no luck", "")], ()).new
    assert refresh_atlas.compare(known, [Message("A", 1, "", "")], ()).new == ()  # it could not be asked


def test_books_of_libraries_that_are_not_there_stay_in_the_census(run: Run) -> None:
    atlas_coverage.write_census({"hip": Count(79)})
    assert run("--write") == 0
    assert atlas_coverage.census()["hip"] == Count(79)


def test_a_folder_that_is_not_there_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert refresh_atlas.main(["--environment", str(tmp_path / "none")]) == 2
    assert "is no folder" in capsys.readouterr().err


def test_members_of_an_enumeration_without_comments_and_with_other_names() -> None:
    assert atlas_native.codes(CUDNN, "CUDNN_STATUS_SUCCESS", r"CUDNN_STATUS_\w+") == {
        "CUDNN_STATUS_SUCCESS": 0,
        "CUDNN_STATUS_INTERNAL_ERROR_HOST_ALLOCATION_FAILED": 4003,
        "CUDNN_STATUS_ALLOC_FAILED": 4003,
    }
    assert atlas_native.codes("typedef enum { ncclSuccess = 0,\n ncclFar = 6 } r;", "ncclSuccess", r"nccl\w+") == {
        "ncclSuccess": 0,
        "ncclFar": 6,
    }


def test_a_library_that_does_not_load_or_answer_leaves_the_texts_open(environment: Path) -> None:
    library = environment / "libcudart.so.13"
    library.write_text("no library")
    assert {each.text for each in atlas_native.extract(environment)["cuda_runtime"]} == {""}
    shutil.copy(msgspec._core.__file__, library)  # loads, and does not know the question
    assert {each.text for each in atlas_native.extract(environment)["cuda_runtime"]} == {""}


def test_the_page_is_current_and_tells_what_waits() -> None:
    counts = atlas_coverage.census()
    assert atlas_coverage.page(counts) == refresh_atlas.PAGE.read_text(encoding="utf-8")
    waiting = counts | {"nccl": Count(9, (Message("ncclInvented", 10, "", ""),))}
    assert "### nccl\n\n- `ncclInvented`" in atlas_coverage.page(waiting)
    assert "| NCCL and RCCL | 2.30.7 | 9 | 8 |" in atlas_coverage.page(waiting)


def test_codes_of_native_libraries_all_have_a_meaning() -> None:
    counts = atlas_coverage.census()
    native = {source.book for source in atlas_native.SOURCES} | set(atlas_native.extract(HEADER.parent))
    assert native <= set(counts)
    assert not {name: counts[name].unassigned for name in native if counts[name].unassigned}


@pytest.mark.heavy
def test_the_newest_torch_says_nothing_new(torch_python: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = refresh_atlas.main(["--environment", str(torch_python.parent.parent), "--check"])
    out = capsys.readouterr().out
    assert "cudnn" in out
    assert code == 0, "\n".join(line for line in out.splitlines() if line.startswith("new"))
