"""The sources of a project in pyproject.toml (poetry, pdm), and pixi's map of mirrors."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from doctor.mirrors.configure import ConfigEdit, ConfigLocations, _toml
from doctor.model import DoctorError
from doctor.probes._config_files import config_home, home

NAME = "mirror"
_CANONICAL = {
    "conda-forge": "https://conda.anaconda.org/conda-forge",
    "conda-pytorch": "https://conda.anaconda.org/pytorch",
    "conda-nvidia": "https://conda.anaconda.org/nvidia",
    "conda-defaults": "https://repo.anaconda.com/pkgs/main",
}


def poetry(places: ConfigLocations, url: str) -> ConfigEdit:
    """A source of priority "primary" replaces PyPI as a whole."""
    path = _project(places, "poetry")
    old, document = _toml.load(path)
    settings = _toml.table(_toml.table(document, "tool"), "poetry")
    row = _toml.row_of(settings, "source", name=NAME)
    row["name"], row["url"], row["priority"] = NAME, url, "primary"
    return ConfigEdit("poetry", path, old, _toml.dump(document, old), url)


def pdm(places: ConfigLocations, url: str) -> ConfigEdit:
    """A source named "pypi" replaces the built-in one."""
    path = _project(places, "pdm")
    old, document = _toml.load(path)
    settings = _toml.table(_toml.table(document, "tool"), "pdm")
    row = _toml.row_of(settings, "source", name="pypi")
    row["name"], row["url"], row["verify_ssl"] = "pypi", url, True
    return ConfigEdit("pdm", path, old, _toml.dump(document, old), url)


def _project(places: ConfigLocations, tool: str) -> Path:
    path = places.cwd / "pyproject.toml"
    if not path.is_file():
        raise DoctorError(
            "mirrors-project",
            f"{tool} keeps its sources in pyproject.toml",
            f"no {path}",
            "run this in the folder of a project",
        )
    return path


def pixi(places: ConfigLocations, scope: str, urls: Mapping[str, str]) -> ConfigEdit:
    """Locks keep the canonical addresses; only where the bytes come from is changed. `urls`: by service."""
    path = _pixi_file(places, scope)
    old, document = _toml.load(path)
    for service, canonical in _CANONICAL.items():
        if service in urls and urls[service].rstrip("/") != canonical:
            _toml.table(document, "mirrors")[canonical] = [urls[service].rstrip("/")]
        elif service in urls and canonical in document.get("mirrors", {}):
            del document["mirrors"][canonical]
    if "pypi" in urls:
        _toml.table(document, "pypi-config")["index-url"] = urls["pypi"]
    return ConfigEdit("pixi", path, old, _toml.dump(document, old), next(iter(urls.values()), ""))


def _pixi_file(places: ConfigLocations, scope: str) -> Path:
    if scope == "project":
        return places.cwd / ".pixi" / "config.toml"
    if scope == "system":
        return Path("/etc/pixi/config.toml")
    own = Path(places.env["PIXI_HOME"]) if places.env.get("PIXI_HOME") else home(places.env) / ".pixi"
    general = config_home(places.env) / "pixi" / "config.toml"
    return general if general.is_file() and not (own / "config.toml").is_file() else own / "config.toml"
