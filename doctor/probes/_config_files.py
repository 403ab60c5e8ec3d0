"""Configuration files of package managers: what each says, or what is wrong with it. Credentials never stay in."""

from __future__ import annotations

import configparser
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from doctor.facts import ConfigFile
from doctor.files import regular
from doctor.privacy import redact, redact_path
from doctor.text import documents
from doctor.text.documents import Unparsable

Parse = Callable[[str], dict[str, Any]]
_MAX_BYTES = 256 * 1024  # a hundred times what anybody writes
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
    return ConfigFile(shown, {key: clean(value, key) for key, value in settings.items()})


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


def yaml(text: str) -> dict[str, Any]:
    loaded = documents.yaml(text)
    if loaded is not None and not isinstance(loaded, dict):
        raise Unparsable("the file holds no settings")
    return {str(key): value for key, value in (loaded or {}).items()}


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
