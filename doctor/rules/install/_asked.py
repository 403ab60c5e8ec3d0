"""The torch that an installer was asked for, read from what it said."""

from __future__ import annotations

import re

from doctor.facts import ErrorText
from doctor.remedy.actions import Action, Advice, FittingTorch

INDEX = "Install it from the index of its build, as builds with a tag are not on PyPI (--index-url {url})"
_TAGGED = re.compile(r"\btorch(?:={2,3}| \()(\d[\w.]*)\+(cu\d{2,3}|cpu|rocm[\d.]*\d|xpu)\b")
_INDEX = "https://download.pytorch.org/whl/{build}"


def fitting(error: ErrorText | None) -> tuple[Action, ...]:
    """The torch of that build where one with a tag was asked for, else the one that fits."""
    text = error.text if error else ""
    asked = _TAGGED.search(text)
    if asked is None:
        return (FittingTorch(),)
    version, build = asked.groups()
    wanted = FittingTorch(torch=f"=={version}", build=build)
    has_tags = re.search(r"\(from versions: [^)]*\+", text)
    return (wanted,) if has_tags else (Advice(title=INDEX.format(url=_INDEX.format(build=build))), wanted)
