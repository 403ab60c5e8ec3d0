"""Configuration files of package managers: what each says, or what is wrong with it. Credentials never stay in."""

from __future__ import annotations

import configparser
import math
import os
import re
from collections.abc import Callable, Mapping
from itertools import accumulate
from pathlib import Path
from typing import Any

from doctor.facts import ConfigFile
from doctor.files import regular
from doctor.files.toml import parse_toml
from doctor.privacy import redact, redact_path

Parse = Callable[[str], dict[str, Any]]
_MAX_BYTES = 256 * 1024  # a hundred times what anybody writes
_MAX_DEPTH = 100
_MAX_VALUES = 100_000
_SECRET_KEYS = ("token", "password", "secret", "client_cert_key", "anaconda_upload")


def read(path: Path, parse: Parse) -> ConfigFile | None:
    """A configuration file, None when it is not there. What cannot be read or parsed becomes its `problem`."""
    shown = redact_path(path)
    try:
        data = regular.read_whole(path, _MAX_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        return ConfigFile(shown, problem=f"cannot be read: {error.strerror or error}")
    try:
        settings = parse(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return ConfigFile(shown, problem=f"is not UTF-8 (byte {error.start})")
    except Unparsable as error:
        return ConfigFile(shown, problem=redact(f"cannot be understood: {error}"))
    except RecursionError:
        return ConfigFile(shown, problem="cannot be understood: it is nested too deeply")
    return ConfigFile(shown, {key: clean(value, key) for key, value in settings.items()})


class Unparsable(Exception):
    """The text is not in the format of its file; the text says where."""


def ini(text: str) -> dict[str, Any]:
    """pip.conf: sections of keys, as {"global.index-url": "…"}; keys with "_" as pip reads them, with "-"."""
    parser = configparser.RawConfigParser()
    try:
        parser.read_string(text)
    except configparser.Error as error:
        raise Unparsable(str(error).replace("\n", " ")) from error
    return {
        f"{section}.{key.replace('_', '-')}": value
        for section in parser.sections()
        for key, value in parser.items(section)
    }


def toml(text: str) -> dict[str, Any]:
    import tomllib

    try:
        return parse_toml(text)
    except tomllib.TOMLDecodeError as error:
        raise Unparsable(str(error)) from error


def yaml(text: str) -> dict[str, Any]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        require_flat(text)
        loaded = YAML(typ="safe", pure=True).load(text)
        require_sane(loaded)
    except (YAMLError, ValueError) as error:
        raise Unparsable(" ".join(str(error).split())) from error
    if loaded is not None and not isinstance(loaded, dict):
        raise Unparsable("the file holds no settings")
    return {str(key): value for key, value in (loaded or {}).items()}


def require_flat(text: str) -> None:
    """Raises ValueError where brackets are open so deep that reading them takes the square of their number."""
    steps = (1 if found[0] in "[{" else -1 for found in re.finditer(r"[][{}]", text))
    if max(accumulate(steps), default=0) > _MAX_DEPTH:
        raise ValueError("nested too deeply")


def require_sane(loaded: Any) -> None:
    """Raises ValueError where aliases of aliases stand for more values than anybody writes, or for themselves."""
    sizes: dict[int, float] = {}

    def size(value: Any) -> float:
        inner = list(value.items()) if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
        if id(value) not in sizes and inner:
            sizes[id(value)] = math.inf
            sizes[id(value)] = 1 + sum(map(size, inner))
        return sizes[id(value)] if inner else 1

    if size(loaded) > _MAX_VALUES:
        raise ValueError(f"its aliases stand for more than {_MAX_VALUES} values")


def clean(value: Any, key: str = "") -> Any:
    """A setting as JSON can carry it, without credentials, whatever its depth."""
    if any(word in key.lower() for word in _SECRET_KEYS):
        return "…"
    if isinstance(value, Mapping):
        return {str(name): clean(inner, str(name)) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [clean(inner, key) for inner in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return redact(str(value))


def home(env: Mapping[str, str]) -> Path:
    """The home folder of the target's environment variables."""
    known = env.get("HOME") or env.get("USERPROFILE")
    return Path(known) if known else Path(os.path.expanduser("~"))  # noqa: PTH111 - Path.home() raises without one


def config_home(env: Mapping[str, str]) -> Path:
    return Path(env["XDG_CONFIG_HOME"]) if env.get("XDG_CONFIG_HOME") else home(env) / ".config"


def system_config(env: Mapping[str, str]) -> list[Path]:
    return [Path(folder) for folder in (env.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":") if folder]
