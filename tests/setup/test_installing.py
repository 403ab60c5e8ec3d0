"""How far an installer is: read from what it draws and says, with the installers themselves and a slow index."""

from __future__ import annotations

import platform
import sys
from pathlib import Path

import pytest

from doctor.match import Wish
from doctor.setup import installing
from doctor.setup.installing import INSTALLING, Listener
from doctor.setup.model import Download, Transfer
from doctor.setup.session import SetupRequest, carry_out, prepare
from tests.setup.wheel_index import Index, pair

LINUX = pytest.mark.skipif((sys.platform, platform.machine()) != ("linux", "x86_64"), reason="wheels for Linux x86_64")
MIB = 1024 * 1024
TORCH_WHEEL, CUDNN_WHEEL = (
    "torch-2.15.0%2Bcu132-cp312-cp312-manylinux_2_28_x86_64.whl",
    "nvidia_cudnn-9.9.0-py3-none-any.whl",
)
PLANNED = (
    Download("torch", "2.15.0+cu132", f"https://wheels.example.com/whl/{TORCH_WHEEL}", "", 500_000_000),
    Download("nvidia-cudnn", "9.9.0", f"https://wheels.example.com/{CUDNN_WHEEL}", "", 300_000_000),
)


class Heard:
    """What a listener said and told, over the lines and screens of an installer."""

    def __init__(self, *downloads: Download, unpacked: int | None = None) -> None:
        self.said: list[str] = []
        self.told: list[str | Transfer] = []
        self.listener = Listener(self.said.append, self.told.append, downloads, unpacked)

    def lines(self, *texts: str) -> Heard:
        for text in texts:
            self.listener.line(text)
        return self


def test_uv_draws_a_bar_for_each_file_at_once() -> None:
    heard = Heard(*PLANNED)
    for screen in (
        "⠙ Preparing packages... (0/2)     ",
        "⠙ Preparing packages... (0/2)   torch  -----     0 B/400.00 MiB   nvidia-cudnn  ----- 1.00 KiB/200.00 MiB ",
        "⠙ Preparing packages... (0/2)   torch  ----- 300.00 MiB/400.00 MiB  nvidia-cudnn ------ 1.00 MiB/200.00 MiB ",
        "⠙ Preparing packages... (1/2)   nvidia-cudnn         ------------------------------ 1.50 MiB/200.00 MiB      ",
        "█████░░░░░ [1/2] torch==2.15.0+cu132      ",
    ):
        heard.listener.screen(screen)
    heard.lines("Installed 2 packages in 36ms", " + torch==2.15.0+cu132")
    assert heard.told == [
        Transfer(1024, 600 * MIB),
        Transfer(301 * MIB, 600 * MIB),
        Transfer(round(401.5 * MIB), 600 * MIB),
        "installing 2 packages",
    ]
    assert heard.said == []


def test_pip_counts_one_file_after_the_other() -> None:
    heard = Heard(*PLANNED).lines(
        "Looking in indexes: https://wheels.example.com/whl",
        "Collecting torch===2.15.0+cu132",
        f"  Downloading https://wheels.example.com/whl/{TORCH_WHEEL}.metadata (31 kB)",
        "Progress 31000 of 31000",
        f"  Downloading https://wheels.example.com/whl/{TORCH_WHEEL} (500.0 MB)",
        "Progress 262144 of 500000000",
        "Progress 500000000 of 500000000",
        f"  Downloading {CUDNN_WHEEL} (300.0 MB)",
        "Progress 100000000 of 300000000",
        "Installing collected packages: nvidia-cudnn, torch",
        "Successfully installed nvidia-cudnn-9.9.0 torch-2.15.0+cu132",
    )
    assert [one.done_bytes for one in heard.told[:-1] if isinstance(one, Transfer)] == [
        *(0, 262_144, 500_000_000),
        *(500_000_000, 600_000_000),
    ]
    assert {one.total_bytes for one in heard.told if isinstance(one, Transfer)} == {800_000_000}
    assert (heard.told[-1], heard.said) == (INSTALLING.format(count=2), [])


def test_what_pip_has_in_its_cache_is_not_downloaded() -> None:
    heard = Heard(*PLANNED).lines(f"Using cached https://wheels.example.com/whl/{TORCH_WHEEL} (500.0 MB)")
    heard.lines(f"  Downloading {CUDNN_WHEEL} (300.0 MB)", "Progress 100 of 300000000")
    assert heard.told[-1] == Transfer(100, 300_000_000)


def test_the_bar_of_an_older_pip() -> None:
    heard = Heard(*PLANNED).lines(f"  Downloading {CUDNN_WHEEL} (300.0 MB)")
    heard.listener.screen("     ━━━━━━━━━╸                 12.5/300.0 MB 50.1 MB/s eta 0:00:06")
    heard.lines("     ━━━━━━━━━━━━━━━━━━━━━━━━━ 300.0/300.0 MB 50.1 MB/s eta 0:00:00")
    assert heard.told[-2:] == [Transfer(12_500_000, 800_000_000), Transfer(300_000_000, 800_000_000)]
    assert heard.said == []


def test_pip_without_a_plan_tells_of_the_file_it_is_at() -> None:
    heard = Heard().lines(
        f"  Downloading {CUDNN_WHEEL} (300.0 MB)", "Progress 100 of 300000000", "Installing collected x"
    )
    assert heard.told[-2:] == [Transfer(100, 300_000_000, CUDNN_WHEEL), "installing"]


def test_uv_without_a_terminal_names_its_files_and_its_cache_grows() -> None:
    heard = Heard(*PLANNED, unpacked=1_600_000_000)
    heard.lines("Downloading torch (400.0MiB)", "Downloading nvidia-cudnn (200.0MiB)")
    heard.listener.unpacked(100_000_000)
    heard.lines(" Downloaded nvidia-cudnn")
    heard.listener.unpacked(10**12)
    assert heard.told[-2:] == [Transfer(50_000_000, 600 * MIB), Transfer(600 * MIB, 600 * MIB)]


def test_warnings_and_errors_are_passed_on() -> None:
    said = ["WARNING: Retrying after a broken connection", "error: Failed to fetch: no space left on device"]
    assert Heard(*PLANNED).lines(*said).said == said


@LINUX
@pytest.mark.heavy
@pytest.mark.parametrize("draws", [True, False])
def test_how_far_it_is_is_told_while_it_downloads(
    tmp_path: Path, index: Index, installer: str, draws: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The index holds the second halves back until the first ones have been told of."""
    monkeypatch.setattr(installing, "DRAWS", draws)
    monkeypatch.setattr(installing, "_GROWTH_S", 0.05)
    index.files = pair(size=3_000_000, packed=False)
    index.second_halves.clear()
    told: list[str | Transfer] = []

    def doing(what: str | Transfer) -> None:
        told.append(what)
        if isinstance(what, Transfer) and what.done_bytes:
            index.second_halves.set()

    wish = Wish(accelerator="cpu", index_url=index.url)
    prepared = prepare(SetupRequest(folder=tmp_path / "env", python=sys.executable, wish=wish), doing)
    carry_out(prepared, lambda _: None, doing)
    assert index.second_halves.is_set()
    assert INSTALLING.format(count=3) in told
