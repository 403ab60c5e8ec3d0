"""ffmpeg-missing: more of its texts are in tests/explain/examples."""

import pytest

from doctor import explain, rules
from doctor.diagnose import remedies_of
from doctor.facts import Host
from tests.rules.judging import facts_of, points_to

RULE = "ffmpeg-missing"
TEXTS = [
    'ffmpeg : Die Benennung "ffmpeg" wurde nicht als Name eines Cmdlet, einer Funktion erkannt.',
    "zsh: ffmpeg: command not found",
    "OSError: ffmpeg is not installed or not in PATH",
]
OTHERS = [
    "Couldn't find ffmpeg or avconv - defaulting to ffmpeg, but may not work",
    "No such file or directory: 'ffmpeg/input.mp4'",
    "ModuleNotFoundError: No module named 'ffmpeg'",
    "RuntimeError: Could not load libtorchcodec. Likely causes: FFmpeg is not properly installed",
]


@pytest.mark.parametrize("text", TEXTS)
def test_texts(text):
    assert explain.causes(text)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)


def test_windows_has_it_from_winget():
    commands = [c for r in remedies_of(rules.load(RULE), facts_of(host=Host(os="windows"))) for c in r.commands]
    assert any("winget" in command[0] for command in commands)
