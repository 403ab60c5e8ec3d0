"""uv.toml, or [tool.uv] of a project: the default index, and where Python builds come from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from doctor.mirrors.configure import ConfigEdit, ConfigLocations, _toml
from doctor.probes._config_files import config_home, home


def file(places: ConfigLocations, scope: str) -> Path:
    env = places.env
    if scope == "project":
        own = places.cwd / "uv.toml"
        project = places.cwd / "pyproject.toml"
        return project if project.is_file() and not own.is_file() else own
    if env.get("UV_CONFIG_FILE"):
        return Path(env["UV_CONFIG_FILE"])
    if places.platform == "win32":
        roaming = Path(env["APPDATA"]) if env.get("APPDATA") else home(env) / "AppData" / "Roaming"
        folder = Path(env.get("PROGRAMDATA", "C:/ProgramData")) if scope == "system" else roaming
    else:
        folder = Path("/etc") if scope == "system" else config_home(env)
    return folder / "uv" / "uv.toml"


def edit(places: ConfigLocations, scope: str, url: str, python_mirror: str = "") -> ConfigEdit:
    """The file with `url` as the default index: the only one that is asked for names no other index has."""
    path = file(places, scope)
    old, document = _toml.load(path)
    settings: Any = document
    if path.name == "pyproject.toml":
        settings = _toml.table(_toml.table(document, "tool"), "uv")
    if url:
        _set_index(settings, url)
    if python_mirror:
        settings["python-install-mirror"] = python_mirror
    return ConfigEdit("uv", path, old, _toml.dump(document, old), url or python_mirror)


def _set_index(settings: Any, url: str) -> None:
    if "index-url" in settings:  # the older spelling; uv lets [[index]] win over it
        settings["index-url"] = url
        if not any(row.get("default") for row in settings.get("index", ())):
            return
    row = _toml.row_of(settings, "index", default=True)
    row["url"] = url
    row["default"] = True
