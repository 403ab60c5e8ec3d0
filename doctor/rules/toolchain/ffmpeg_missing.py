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
_PROGRAM = r"(?i:(?:open)?ai-?whisper|whisper(?:x|[ _-]timestamped)?|pydub|ffmpeg-python)(?![\w.\\/-])"
_NO_FILE = r"\[WinError 2\](?!.{0,80}(?:: ?['\"]|->))"
_NOT_INSTALLED = r"(?!.{0,200}(?i:\binstall|\bpip\b|\bbuild|\bcompil|\bwheel|\bgit\b|\bclon))"
SIGNATURES = (
    rf"\b(?:ffmpeg|ffprobe): (?:command )?not found|{_shell.not_recognized(r'(?:ffmpeg|ffprobe)(?:[.]exe)?')}",
    r"No such file or directory: '?(?:ffmpeg|ffprobe)(?:\.exe)?'?(?![\w/.-])",
    r"(?<!or )(?i:\bff(?:mpeg|probe)(?: and ffmpeg)? (?:was |is |could )?not (?:be )?(?:found|installed))(?! - )",
    r"(?i)please install ffmpeg\b|unable to find (?:a suitable )?ffmpeg\b",
    # what starts it, where Windows finds no such program
    r"[\\/](?:ffmpeg[\\/]_run\.py\", line \d{1,4}, in run_async|pydub[\\/]utils\.py\", line \d{1,4}, in mediainfo)",
    # ffmpeg-python and pydub, in whichever of their functions
    r"[\\/](?:ffmpeg[\\/]_(?:run|probe)|pydub[\\/](?:utils|audio_segment))\.py\", line \d{1,5}, in \w{1,30}\W{1,9}"
    r"(?:return|\w{1,10} =) (?:subprocess\.)?Popen\(",
    r"[\\/]\w{0,20}whisper\w{0,20}[\\/]audio\.py\", line \d{1,4}, in load_audio",
    r"^\s*(?:\w{1,30} ?= ?)?(?:subprocess\.)?(?:run|Popen|call|check_call|check_output)\(\[?f?['\"]ffmpeg[ '\"]",
    # as people tell it, and a node's or a program's own words: of a file, Windows gives the name
    rf"^{_NOT_INSTALLED}(?:.{{0,80}}[ '\"(:])?{_PROGRAM}[^.,;'\"]{{0,60}}{_NO_FILE}",
    rf"^{_NOT_INSTALLED}.{{0,80}}{_NO_FILE}"
    rf".{{0,60}} (?:with|when|while|in|from|using|running) (?:\w{{1,12}} ){{0,2}}{_PROGRAM}",
)
# it was started, and what it said is about a file
UNLESS = (
    r"Failed to load audio: (?!.{0,40}ffmpeg)|CalledProcessError|returned non-zero exit status|ffmpeg version \d",
    r"^TypeError: (?:expected str|sequence item \d|argument of type)",  # its command was put together wrongly
)
NEW = "Open a new terminal afterwards, and restart the program that needs it: what is open keeps the old PATH"


def remedies() -> tuple[Action, ...]:
    return CondaInstall(("ffmpeg",), channel="conda-forge"), SystemPackage(name="ffmpeg"), Advice(title=NEW)
