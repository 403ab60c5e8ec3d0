from __future__ import annotations

from doctor.model import Plan, Remedy, Risk, Step
from doctor.render.plan import fix_lines, setup_lines, size
from doctor.render.shell import command_line
from doctor.setup.model import Download, SetupPlan, Where

INDEX = Where("index", "https://example.com/whl/cu126")
SETUP = SetupPlan(
    folder="/home/ada/my env",
    state="existing",
    python="/usr/bin/python3",
    packages=("torch==2.9.0+cu126", "torchvision==0.24.0+cu126"),
    build="cu126",
    source="the PyTorch index (https://example.com/whl/cu126)",
    commands=(("uv", "pip", "install", "--python", "/home/ada/my env/bin/python"),),
    downloads=(
        Download("torch", "2.9.0+cu126", "https://files.example.com/t.whl", "h", 800_000_000, INDEX),
        Download("six", "1", "https://other.example.org/six.whl", "h", None),
        Download("mine", "2", "/srv/wheels/mine.whl", "h", None),
    ),
    disk_bytes=2_100_000_000,
    notes=("This environment exists.",),
)


def test_a_setup() -> None:
    assert list(setup_lines(SETUP)) == [
        "torch 2.9.0 (cu126), 3 packages, at least 800 MB to download, 2.1 GB on disk",
        "  from the PyTorch index (https://example.com/whl/cu126)",
        "  into /home/ada/my env (which exists), Python: /usr/bin/python3",
        "  Files of example.com, files.example.com: torch 2.9.0+cu126",
        "  Files of other.example.org: six 1",
        "  Files of this machine: mine 2",
        "  The largest: torch 800 MB",
        "Worth knowing:",
        "  This environment exists.",
        "Commands:",
        "  " + command_line(SETUP.commands[0]),
    ]


def test_a_fix() -> None:
    steps = (Step("a", Remedy("Install it", (("pip", "install", "x y"),), writes=("/env",))),)
    manual = (
        Step("b", Remedy("Install the driver", (("sudo", "apt", "install", "d"),), Risk.ADMIN)),
        Step("c", Remedy("Look", risk=Risk.MANUAL)),
    )
    assert list(fix_lines(Plan(steps, manual))) == [
        "Steps:",
        "  1. Install it  [a]",
        "       pip install 'x y'",
        "       changes /env",
        "Left to you:",
        "  - Install the driver (needs root)  [b]",
        "       sudo apt install d",
        "  - Look  [c]",
    ]
    assert list(fix_lines(Plan())) == ["Nothing to do: no remedy is planned for what was found."]


def test_sizes() -> None:
    assert [size(n) for n in (0, 999, 1000, 539_136_850, 2_950_000_000)] == ["0 B", "999 B", "1 kB", "539 MB", "3.0 GB"]
