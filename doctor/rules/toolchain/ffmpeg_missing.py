"""FFmpeg is missing, with which sound and video are read.

## Why it matters
Whisper, pydub, gradio, video readers and many others start the program `ffmpeg` for each file. It comes with neither
Python nor Windows, and the package `ffmpeg-python` has only the Python that calls it. On Windows the error names no
file: "The system cannot find the file specified" (WinError 2).

## What to do
Install FFmpeg, and open a new terminal, so that it is found.

## References
- https://ffmpeg.org/download.html
- https://github.com/openai/whisper#setup
- https://github.com/jiaaro/pydub#getting-ffmpeg-set-up
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, CondaInstall, SystemPackage
from doctor.rules.windows import _shell

SEVERITY = Severity.ERROR
SIGNATURES = (
    rf"\b(?:ffmpeg|ffprobe): (?:command )?not found|{_shell.not_recognized(r'(?:ffmpeg|ffprobe)(?:[.]exe)?')}",
    r"No such file or directory: '?(?:ffmpeg|ffprobe)(?:\.exe)?'?(?![\w/.-])",
    r"(?<!or )(?i:\bff(?:mpeg|probe)(?: and ffmpeg)? (?:was |is |could )?not (?:be )?(?:found|installed))(?! - )",
    r"(?i)please install ffmpeg\b|unable to find (?:a suitable )?ffmpeg\b",
    # what starts it, where Windows finds no such program
    r"[\\/](?:ffmpeg[\\/]_run\.py\", line \d{1,4}, in run_async|pydub[\\/]utils\.py\", line \d{1,4}, in mediainfo)",
    r"[\\/]whisper\w{0,20}[\\/]audio\.py\", line \d{1,4}, in load_audio",
    r"^\s*(?:\w{1,30} ?= ?)?(?:subprocess\.)?(?:run|Popen|call|check_call|check_output)\(\[?f?['\"]ffmpeg[ '\"]",
)
# it was started, and what it said is about a file
UNLESS = (
    r"Failed to load audio: (?!.{0,40}ffmpeg)|CalledProcessError|returned non-zero exit status|ffmpeg version \d",
)
NEW = "Open a new terminal afterwards, and restart the program that needs it: what is open keeps the old PATH"


def remedies() -> tuple[Action, ...]:
    return CondaInstall(("ffmpeg",), channel="conda-forge"), SystemPackage(name="ffmpeg"), Advice(title=NEW)
