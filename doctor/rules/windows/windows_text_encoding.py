"""Text in UTF-8 meets the code page of Windows.

## Why it matters
Where a program does not name an encoding, Python on Windows reads and writes text in the code page of the system (gbk,
cp949, cp932, cp1252). A README in UTF-8 that a setup.py reads, or a check mark that a program prints, does not fit it.

## What to do
Repeat the command in Python's UTF-8 mode. A file that really is in the code page, or is no text, needs its own encoding
in the program instead.

## References
- https://docs.python.org/3/library/os.html#utf8-mode
- https://docs.python.org/3/using/windows.html#utf-8-mode
"""

from __future__ import annotations

from doctor.facts import ErrorText
from doctor.model import Severity
from doctor.remedy.actions import Action, Install, Rerun

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"'(?:gbk|gb2312|big5|mbcs|charmap|cp(?:437|850|852|866|874|932|936|949|950|125\d))' codec can(?:'t| ?not) "
    # no text in UTF-8 begins so: a pickle, UTF-16, a picture
    r"(?:decode bytes? (?!0x80 in position 0:|0x(?:ff|fe|89) in position 0:)|encode characters? )",
    r"'(?:gbk|charmap|cp\d{3,4})' codec can(?:'t| ?not) encode character",
)
UNLESS = (
    r"^\s*File \"/",
    r"(?i)encoding\s{0,3}=\s{0,3}['\"](?:gb\w{1,6}|cp-?\d{3,4}|big5|mbcs|ansi)['\"]",
    r"open\(.{0,200}\.(?:pth?|bin|ckpt|safetensors|pkl|pickle|np[yz]|h5|onnx|jpe?g|png|zip|gz|wav|mp4)['\"]",
)
SETTING = (("PYTHONUTF8", "1"),)


def remedies(error: ErrorText | None) -> tuple[Action, ...]:
    if error and ("subprocess-exited-with-error" in error.text or "setup.py egg_info" in error.text):
        return (Install(requirements=("PACKAGE",), set=SETTING, title="Install it with PYTHONUTF8=1"),)
    return (Rerun(set=SETTING),)
