"""pip's configuration: its files in the order it reads them (later ones win), then its variables."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from doctor.facts import ConfigFile, Source
from doctor.privacy import redact, without_credentials
from doctor.probes._config_files import config_home, home, ini, read, system_config

KEYS = ("index-url", "extra-index-url", "find-links", "trusted-host", "proxy", "no-index")
_LISTS = ("extra-index-url", "find-links", "trusted-host")
_SECTIONS = ("global", "install", "download", "wheel")


def files(env: Mapping[str, str], prefix: Path) -> tuple[ConfigFile, ...]:
    """The pip.conf files that are there: system, user, the environment's own, PIP_CONFIG_FILE."""
    named = env.get("PIP_CONFIG_FILE")
    if named == os.devnull:  # pip's documented way to read none
        return ()
    places = [*_system(env), *_user(env), prefix / ("pip.ini" if sys.platform == "win32" else "pip.conf")]
    places += [Path(named)] if named else []
    found = (read(path, ini) for path in dict.fromkeys(places))
    return tuple(file for file in found if file is not None)


def _system(env: Mapping[str, str]) -> list[Path]:
    if sys.platform == "win32":
        return [Path(env.get("PROGRAMDATA", "C:/ProgramData")) / "pip" / "pip.ini"]
    if sys.platform == "darwin":
        return [Path("/Library/Application Support/pip/pip.conf")]
    return [*(folder / "pip" / "pip.conf" for folder in reversed(system_config(env))), Path("/etc/pip.conf")]


def _user(env: Mapping[str, str]) -> list[Path]:
    if sys.platform == "win32":
        appdata = Path(env["APPDATA"]) if env.get("APPDATA") else home(env) / "AppData" / "Roaming"
        return [home(env) / "pip" / "pip.ini", appdata / "pip" / "pip.ini"]
    apple = home(env) / "Library" / "Application Support" / "pip"
    folder = apple if sys.platform == "darwin" and apple.is_dir() else config_home(env) / "pip"
    return [home(env) / ".pip" / "pip.conf", folder / "pip.conf"]


def entries(found: tuple[ConfigFile, ...], env: Mapping[str, str]) -> Iterator[Source]:
    """Every source that a file or a variable names; lists are taken apart."""
    for file in found:
        for name, value in file.settings.items():
            section, _, key = name.rpartition(".")
            if section in _SECTIONS and key in KEYS:
                yield from _sources_of_key(key, str(value), file.path)
    for key in KEYS:
        variable = "PIP_" + key.upper().replace("-", "_")
        if env.get(variable):
            yield from _sources_of_key(key, env[variable], variable)


def _sources_of_key(key: str, value: str, where: str) -> Iterator[Source]:
    for url in re.split(r"[\s]+", value.strip()) if key in _LISTS else [value.strip()]:
        if url:
            yield Source("pip", key, redact(without_credentials(url)), where)
