from __future__ import annotations

import pytest

from doctor.render.working import StatusLine


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
