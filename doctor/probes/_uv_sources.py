"""uv's configuration: uv.toml or [tool.uv] here or above, the user's, the system's, and its variables."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from doctor.facts import ConfigFile, Source
from doctor.privacy import redact, without_credentials
from doctor.probes._config_files import config_home, home, read, system_config
from doctor.text.documents import toml

_KEYS = ("index-url", "extra-index-url", "find-links", "allow-insecure-host", "torch-backend")
_PLACES = ("index-url", "extra-index-url", "find-links")
_VARIABLES = {
    "UV_INDEX_URL": "index-url",
    "UV_DEFAULT_INDEX": "index-url",
    "UV_EXTRA_INDEX_URL": "extra-index-url",
    "UV_INDEX": "extra-index-url",
    "UV_FIND_LINKS": "find-links",
    "UV_INSECURE_HOST": "trusted-host",
    "UV_TORCH_BACKEND": "torch-backend",
}


def files(env: Mapping[str, str], cwd: Path) -> tuple[ConfigFile, ...]:
    """The files uv reads, the nearest first. A uv.toml beside a pyproject.toml hides that one's [tool.uv]."""
    named = env.get("UV_CONFIG_FILE")
    if named:
        found = [read(Path(named), toml)]
    elif _without_files(env):
        found = []
    else:
        found = [_project(cwd), *(read(path, toml) for path in _user_and_system(env))]
    return tuple(file for file in found if file is not None)


def of_the_folder(env: Mapping[str, str], cwd: Path) -> tuple[str, tuple[str, ...]] | None:
    """The file by which the folder that the user stands in leads uv to package sources, and their URLs."""
    if env.get("UV_CONFIG_FILE") or _without_files(env):
        return None
    file = _project(cwd)
    urls = [one.url for one in entries((file,), {}) if one.key in _PLACES] if file else []
    return (file.path, tuple(dict.fromkeys(urls))) if file and urls else None


def _without_files(env: Mapping[str, str]) -> bool:
    return env.get("UV_NO_CONFIG", "").lower() in ("1", "true", "yes", "on")


def _user_and_system(env: Mapping[str, str]) -> list[Path]:
    if sys.platform == "win32":
        appdata = Path(env["APPDATA"]) if env.get("APPDATA") else home(env) / "AppData" / "Roaming"
        return [appdata / "uv" / "uv.toml", Path(env.get("PROGRAMDATA", "C:/ProgramData")) / "uv" / "uv.toml"]
    folders = [config_home(env), *system_config(env), Path("/etc")]
    return [folder / "uv" / "uv.toml" for folder in folders]


def _project(cwd: Path) -> ConfigFile | None:
    for folder in (cwd, *cwd.parents):
        file = read(folder / "uv.toml", toml) or _pyproject(folder / "pyproject.toml")
        if file is not None:
            return file
    return None


def _pyproject(path: Path) -> ConfigFile | None:
    """The [tool.uv] table of a pyproject.toml; None when it has none."""
    file = read(path, _tool_uv)
    return file if file is not None and (file.settings or file.problem) else None


def _tool_uv(text: str) -> dict[str, Any]:
    tool = toml(text).get("tool")
    table = tool.get("uv") if isinstance(tool, dict) else None
    wanted = (*_KEYS, "index", "pip", "sources")
    return {key: table[key] for key in wanted if key in table} if isinstance(table, dict) else {}


def entries(found: tuple[ConfigFile, ...], env: Mapping[str, str]) -> Iterator[Source]:
    """Every source that a variable or a file names, under pip's names for the same thing."""
    for variable, key in _VARIABLES.items():
        for url in env.get(variable, "").split():
            yield _source(key, url.partition("=")[2] if "=" in url.partition("://")[0] else url, variable)
    for file in found:
        tables = [file.settings, file.settings.get("pip")]
        for table in tables:
            yield from _sources_of_table(table, file.path) if isinstance(table, dict) else ()


def _sources_of_table(table: Mapping[str, Any], where: str) -> Iterator[Source]:
    for key in _KEYS:
        value = table.get(key)
        for url in value if isinstance(value, list) else [value] if value else []:
            yield _source("trusted-host" if key == "allow-insecure-host" else key, str(url), where)
    indexes = table.get("index")
    for index in indexes if isinstance(indexes, list) else ():
        if isinstance(index, dict) and index.get("url"):
            yield _source("index-url" if index.get("default") else "extra-index-url", str(index["url"]), where)


def _source(key: str, url: str, where: str) -> Source:
    return Source("uv", key, redact(without_credentials(url)), where)
