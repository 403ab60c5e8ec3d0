from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from doctor.render import working
from doctor.render.working import StatusLine, decimal
from doctor.setup.model import Transfer


def test_lines_of_commands_are_set_off_and_empty_ones_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    with StatusLine("installing") as work:
        work.say("Resolved 3 packages\r\n")
        work.say("  \n")
        work.say("[red]not markup[/red]")
    assert capsys.readouterr().err == "  Resolved 3 packages\n  [red]not markup[/red]\n"


def test_on_a_terminal_the_lines_stay_and_are_broken_at_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "40")
    with StatusLine("installing") as work:
        work.say("WARNING: Retrying after the connection was broken")
    told = capsys.readouterr().err
    assert "  WARNING: Retrying after the" in told
    assert re.search(r"\n  (?:connection )?was broken", told)  # an old console of Windows is a column narrower


def test_a_size_that_is_none_stays_as_it_is() -> None:
    huge = f"Downloading torch ({'1' * 400}.0 MiB)"
    assert decimal(huge) == huge
    assert decimal("Downloading torch (1.0 MiB)") != "Downloading torch (1.0 MiB)"


class Clock:
    """Of a status line: its seconds pass as it waits; `each` is called at every one."""

    def __init__(self, seconds: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now, self.left = 0.0, seconds
        self.each: Callable[[float], object] = lambda _: None
        monkeypatch.setattr(working.time, "monotonic", lambda: self.now)

    def run(self, work: StatusLine) -> None:
        work._ended = self  # type: ignore[assignment]
        work._tick()

    def wait(self, seconds: float) -> bool:
        self.now += seconds
        self.left -= 1
        self.each(self.now)
        return self.left < 0


def test_a_pipe_is_told_what_takes_a_while_and_nothing_of_the_rest(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(20, monkeypatch)
    work = StatusLine("looking at this machine")
    clock.each = lambda now: now == 1 and work.doing("looking for torch")
    clock.run(work)
    told = capsys.readouterr().err
    assert told == "torch-doctor: looking for torch …\ntorch-doctor: looking for torch (17 s)\n"


def test_a_pipe_is_told_now_and_then_how_far_a_download_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(30, monkeypatch)
    work = StatusLine("downloading and installing 33 packages")
    work.doing(Transfer(0, 3_000_000_000))
    clock.each = lambda now: work.doing(Transfer(int(now) * 50_000_000, 3_000_000_000))
    clock.run(work)
    work.doing("installing 33 packages")
    told = capsys.readouterr().err.splitlines()
    assert told == [
        "torch-doctor: downloading 100 MB of 3.0 GB, 50 MB/s, 58 s left",
        "torch-doctor: downloading 850 MB of 3.0 GB, 50 MB/s, 43 s left",
        "  downloaded 3.0 GB in 31 s",
    ]
    assert all(line.isprintable() for line in told)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Downloading torch (514.2MiB)", "Downloading torch (539 MB)"),
        ("Downloading six (11.0KiB)", "Downloading six (11 kB)"),
        (" Downloaded nvidia-cublas (2.8 GiB)", " Downloaded nvidia-cublas (3.0 GB)"),
        ("Downloading torch-2.9.0.whl (899.8 MB)", "Downloading torch-2.9.0.whl (899.8 MB)"),
    ],
)
def test_one_unit_whoever_speaks(line: str, said: str) -> None:
    assert decimal(line) == said
