"""Where packages come from: what `--mirror` names, on every run, for pip and for uv."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from importlib.resources import files

_TRIED = ("tuna", "aliyun", "ustc", "tencent", "nju", "huawei")  # by `auto`, in this order
_LOGIN = re.compile(r"(?<!\S)(https?://)[^/@\s]+@")
_NAMES = ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_INDEX", "UV_EXTRA_INDEX_URL")


def mirrors() -> dict[str, str]:
    """The mirrors of PyPI by name, those of the catalog that still serve."""
    # as a file: the catalog's own module needs what is not installed yet
    text = files("doctor").joinpath("catalog/mirrors.toml").read_text(encoding="utf-8")
    rows = [row for row in tomllib.loads(text)["mirror"] if row["service"] == "pypi" and not row.get("official")]
    serving = {row["name"]: row["url"] for row in rows if row.get("url") and row["status"].startswith("serving")}
    return {name.partition("-")[0]: url for name, url in serving.items()}


def address(mirror: str) -> str:
    """The index that a name or a URL stands for; "" where it stands for none of its own."""
    return mirror if mirror.startswith(("http://", "https://")) else mirrors().get(mirror, "")


def shown(mirror: str) -> str:
    """What the user named, and where that is, without a password that stands in it."""
    url = _LOGIN.sub(r"\1", address(mirror))
    return url if mirror.startswith(("http://", "https://")) else f"{mirror} ({url})" if url else mirror


def using(mirror: str, variables: Mapping[str, str]) -> dict[str, str]:
    """The variables with which pip and uv, and all that start them, use the mirror."""
    if mirror == "official":
        kept = {name: value for name, value in variables.items() if name not in _NAMES}
        return {**kept, "PIP_CONFIG_FILE": os.devnull, "UV_NO_CONFIG": "1"}
    url = address(mirror)
    return {**variables, "PIP_INDEX_URL": url, "UV_DEFAULT_INDEX": url} if url else dict(variables)


def answering(
    variables: Mapping[str, str], answers: Callable[[Mapping[str, str]], bool], say: Callable[[str], None]
) -> dict[str, str] | None:
    """`auto`: the configured source while it answers, else the first mirror that does; None where nothing does."""
    if answers(variables):
        return dict(variables)
    for name in _TRIED:
        say(f"the configured package source does not answer; trying {name}")
        tried = using(name, variables)
        if answers(tried):
            return tried
    return None
