"""A download in a line: amount, pace, and what is left of it."""

from __future__ import annotations

import pytest

from doctor.render import pace
from doctor.render.pace import Pace, duration
from doctor.setup.model import Transfer

GB = 1_000_000_000


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [0.0]
    monkeypatch.setattr(pace.time, "monotonic", lambda: now[0])
    return now


def test_the_first_moment_has_no_pace(at: list[float]) -> None:
    assert Pace(Transfer(0, 3 * GB)).line() == "downloading 0 B of 3.0 GB"


def test_the_pace_is_that_of_the_last_seconds(at: list[float]) -> None:
    download = Pace(Transfer(0, 3 * GB))
    for second in range(1, 21):
        at[0] = float(second)
        download.add(Transfer(second * 100_000_000 if second <= 5 else 500_000_000 + (second - 5) * 10_000_000, 3 * GB))
    assert download.line() == "downloading 650 MB of 3.0 GB, 10 MB/s, 3 min 55 s left"
    assert download.conclusion() == "downloaded 3.0 GB in 20 s"


def test_a_download_that_stands_still_promises_nothing(at: list[float]) -> None:
    download = Pace(Transfer(5, GB))
    at[0] = 60.0
    download.add(Transfer(5, GB))
    assert download.line() == "downloading 5 B of 1.0 GB"


def test_one_file_is_named_and_fits_a_narrow_terminal(at: list[float]) -> None:
    name = "torch-2.15.0+cu132-cp312-cp312-manylinux_2_28_x86_64.whl"
    download = Pace(Transfer(0, 999_000_000, name))
    at[0] = 1.0
    download.add(Transfer(123_000_000, 999_000_000, name))
    assert download.line() == "downloading torch-2.15.0+cu132-cp312, 123 MB of 999 MB, 123 MB/s, 7 s left"
    assert len(download.line()) < 78


def test_durations() -> None:
    assert [duration(s) for s in (0.2, 59.4, 60, 3599, 7500)] == [
        "0 s",
        "59 s",
        "1 min 0 s",
        "59 min 59 s",
        "2 h 5 min",
    ]
