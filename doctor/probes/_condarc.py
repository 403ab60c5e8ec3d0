"""conda's configuration files, in the order in which conda reads them (its documentation, "Searching for .condarc")."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from doctor.facts import ConfigFile
from doctor.probes._config_files import config_home, home, read, yaml


def condarc_files(env: Mapping[str, str], roots: tuple[Path, ...] = ()) -> tuple[ConfigFile, ...]:
    """Every condarc that is there: the system's, those of `roots` (conda's own folder, the environment), the user's."""
    files = (read(path, yaml) for path in dict.fromkeys(_condarc_paths(env, roots)))
    return tuple(file for file in files if file is not None)


def _condarc_paths(env: Mapping[str, str], roots: tuple[Path, ...]) -> list[Path]:
    system = [Path("C:/ProgramData/conda")] if sys.platform == "win32" else [Path("/etc/conda"), Path("/var/lib/conda")]
    user = [config_home(env) / "conda", home(env) / ".conda"]
    places = [place for folder in (*system, *roots[:1], *user) for place in _condarcs_in(folder)]
    places += [home(env) / ".condarc", home(env) / ".mambarc"]
    places += [place for folder in roots[1:] for place in _condarcs_in(folder)]
    places += [Path(env[name]) for name in ("CONDARC", "MAMBARC") if env.get(name)]
    return places


def _condarcs_in(folder: Path) -> list[Path]:
    try:
        parts = sorted((folder / "condarc.d").glob("*.y*ml"))
    except OSError:
        parts = []
    return [folder / ".condarc", folder / "condarc", *parts]


def channels(files: tuple[ConfigFile, ...]) -> tuple[str, ...]:
    """The channels of all files, those of the file that is read last first, each once."""
    found: list[str] = []
    for file in reversed(files):
        listed = file.settings.get("channels")
        found += [str(name) for name in (listed if isinstance(listed, list) else [])]
    return tuple(dict.fromkeys(found))
