from __future__ import annotations

import pytest

from doctor.render import working
from doctor.render.working import StatusLine, decimal


def test_lines_of_commands_are_set_off_and_empty_ones_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    with StatusLine("installing") as work:
        work.say("Resolved 3 packages\r\n")
        work.say("  \n")
        work.say("[red]not markup[/red]")
    assert capsys.readouterr().err == "  Resolved 3 packages\n  [red]not markup[/red]\n"


def test_on_a_terminal_the_lines_stay(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    with StatusLine("installing") as work:
        work.say("Downloading torch")
    assert "  Downloading torch" in capsys.readouterr().err


def test_a_pipe_is_told_what_takes_a_while_and_nothing_of_the_rest(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = iter([0.0, 1.0, 3.0, 4.0])
    monkeypatch.setattr(working.time, "monotonic", lambda: next(now))
    work = StatusLine("looking")
    monkeypatch.setattr(work, "_ended", Ticks(3))
    work._tick()
    assert capsys.readouterr().err == "torch-doctor: looking …\n"


class Ticks:
    """An event that is set after so many waits."""

    def __init__(self, count: int) -> None:
        self.left = count

    def wait(self, _: float) -> bool:
        self.left -= 1
        return self.left < 0


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
