"""What pip's files say, before there is a pip to be asked. The later files win."""

from __future__ import annotations

import configparser
import contextlib
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

_WAYS = ("no-index", "proxy", "client-cert", "trusted-host")


def configured(key: str, variables: Mapping[str, str]) -> str:
    """The value of `global.KEY`; "" where no file has it."""
    config = configparser.RawConfigParser()
    with contextlib.suppress(configparser.Error, UnicodeDecodeError):
        config.read([file for file in _files(variables) if file.is_file()], encoding="utf-8")
    return config.get("global", key, fallback="").strip()


def names_a_source(variables: Mapping[str, str]) -> bool:
    """Whether pip would ask another index than uv, or in another way; what only adds to PyPI is no matter."""
    named = variables.get("PIP_INDEX_URL", "") != variables.get("UV_DEFAULT_INDEX", "")
    here = (f"PIP_{key.replace('-', '_').upper()}" for key in _WAYS)
    return named or any(map(variables.get, here)) or any(configured(key, variables) for key in ("index-url", *_WAYS))


def _files(variables: Mapping[str, str]) -> Iterator[Path]:
    named = variables.get("PIP_CONFIG_FILE")
    if named == os.devnull:  # none is read
        return
    yield from _windows(variables) if sys.platform == "win32" else _elsewhere(variables)
    if named:
        yield Path(named)


def _windows(variables: Mapping[str, str]) -> Iterator[Path]:
    for name in ("PROGRAMDATA", "APPDATA"):
        if folder := variables.get(name):
            yield Path(folder, "pip", "pip.ini")


def _elsewhere(variables: Mapping[str, str]) -> Iterator[Path]:
    own = Path(variables.get("HOME") or os.path.expanduser("~"))  # noqa: PTH111 - Path.home() fails for who has none
    for folder in (variables.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(os.pathsep):
        yield Path(folder, "pip", "pip.conf")
    yield from (Path("/etc/pip.conf"), own / ".pip" / "pip.conf")
    yield Path(variables.get("XDG_CONFIG_HOME") or own / ".config", "pip", "pip.conf")
    if sys.platform == "darwin":
        yield own / "Library" / "Application Support" / "pip" / "pip.conf"
