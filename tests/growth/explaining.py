"""Texts of errors and logs, through all that `explain` does with one."""

from __future__ import annotations

from doctor.explain import Scanner, rank
from doctor.explain.gist import gist_of
from doctor.intake import error_text
from tests.growth.measure import Kind

_PIECE = 1 << 20
TRACEBACK = """Traceback (most recent call last):
  File "/srv/job/train.py", line {n}, in <module>
    loss.backward()
RuntimeError: CUDA error: no kernel image is available for execution on the device
"""
PARTS = {
    "9": "9",
    "a": "a",
    "token": "token",
    "Warning:": "Warning:",
    "Error: ": "Error: ",
    "brackets": "([{",
    "closing brackets": ")]}",
    "spaces": " ",
    "tabs": "\t",
    "carriage returns": "\r",
    "backslashes": "\\",
    "spelled ends": "\\n",
    "quotes": "\"'",
    "escapes": "\x1b[",
    "OSC": "\x1b]",
    "colours": "\x1b[1;31mx",
    "lost colours": "[1;31m",
    "entities": "&amp;",
    "tags": "<code>",
    "dashes": "–",
    "CJK": "找不到",
    "dots": "a.",
    "slashes": "/a",
    "colons": "a: ",
    "stars": "**",
    "pipes": "| ",
    "ranks": "[rank0]: ",
    "pids": "(pid=12) ",
    "stamps": "2024-01-02 03:04:05,678 ",
    "File": 'File "',
    "CUDA error": "CUDA error: ",
    "undefined symbol": "undefined symbol: ",
    "No module named": "No module named 'torch' ",
    "addresses": "http://h/?token",
    "percent": "50%|###  | 1/2 [00:01<00:01]\r",
}


def explain(text: str) -> None:
    scanner = Scanner()
    raw = text.encode()
    for start in range(0, len(raw), _PIECE):
        scanner.feed(raw[start : start + _PIECE])
    scan = scanner.finish()
    gist_of(scan, [cause.rule for cause in rank(scan)])
    error_text.read(scanner.ends.text)


def _tracebacks(n: int) -> str:
    return "".join(TRACEBACK.format(n=i) for i in range(n))


def _chained(n: int) -> str:
    again = "\nDuring handling of the above exception, another exception occurred:\n\n"
    return again.join(TRACEBACK.format(n=i) for i in range(n))


def _frames(n: int) -> str:
    frame = '  File "/srv/job/model.py", line {0}, in f{0}\n    return f(x)\n'
    return (
        "Traceback (most recent call last):\n"
        + "".join(frame.format(i) for i in range(n))
        + "RecursionError: maximum\n"
    )


KINDS: dict[str, Kind] = {
    **{f"one line of {name}": Kind(explain, lambda n, part=part: part * n) for name, part in PARTS.items()},
    **{
        f"lines of {name}": Kind(explain, lambda n, part=part: f"{part}\n" * n)
        for name, part in PARTS.items()
        if part.strip()
    },
    "tracebacks": Kind(explain, _tracebacks),
    "chained tracebacks": Kind(explain, _chained),
    "frames": Kind(explain, _frames),
    "the head of a traceback": Kind(explain, lambda n: "Traceback (most recent call last):\n" * n),
    "blank lines": Kind(explain, lambda n: "\n" * n),
    "different errors": Kind(
        explain, lambda n: "".join(f"ValueError: {i} is no size for layer{i}\n" for i in range(n))
    ),
    "different modules": Kind(
        explain, lambda n: "".join(f"ModuleNotFoundError: No module named 'm{i}x'\n" for i in range(n))
    ),
    "wrapped at 80": Kind(explain, lambda n: (("x" * 79 + " ") + "\n") * n),
}
