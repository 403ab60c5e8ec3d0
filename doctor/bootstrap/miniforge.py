"""conda: the one that is there, else Miniforge in our folder; and where its environments lie."""

from __future__ import annotations

import json
import re
from pathlib import Path

from doctor.bootstrap.children import ask
from doctor.bootstrap.releases import MINIFORGE_VERSION, fetch
from doctor.bootstrap.run import Run, whole_or_gone
from doctor.bootstrap.stop import Stop

_ASK_S = 60.0
_ROOTS = ("root_prefix", "base environment")  # conda's and mamba 1's word, that of mamba 2 and micromamba
_FOLDERS = ("envs_dirs", "envs directories")
_INSTEAD = "install conda, mamba or micromamba yourself, or leave --conda out"


def get(run: Run) -> str:
    """conda's program. Raises Stop where it cannot be had."""
    if run.machine.conda:
        return run.machine.conda
    folder = run.home.folder / "miniforge"
    # its installer takes no blanks; on Windows no letters but English ones
    if re.search(r"\s" if run.machine.os != "windows" else r"[^\x21-\x7e]", str(folder)):
        step = "name another folder with TORCH_DOCTOR_HOME, or leave --conda out"
        raise Stop(f"Miniforge cannot be installed into {folder}: its installer does not take that name", step)
    installer = fetch(run, "conda-forge/miniforge", MINIFORGE_VERSION, _file(run), _INSTEAD)
    with whole_or_gone(folder):
        run.logged("installing Miniforge", _argv(run, installer, folder), "Miniforge could not be installed")
        program = folder / ("Scripts/conda.exe" if run.machine.os == "windows" else "bin/conda")
        if not program.is_file():
            raise Stop("Miniforge could not be installed", f"its installer left no {program}")
    return str(program)


def _file(run: Run) -> str:
    system = {"macos": "MacOSX", "windows": "Windows"}.get(run.machine.os, "Linux")
    arch = "arm64" if (system, run.machine.arch) == ("MacOSX", "aarch64") else run.machine.arch
    return f"Miniforge3-{MINIFORGE_VERSION}-{system}-{arch}.{'exe' if system == 'Windows' else 'sh'}"


def _argv(run: Run, installer: Path, folder: Path) -> list[str]:
    if run.machine.os != "windows":
        return ["sh", str(installer), "-b", "-p", str(folder)]
    silent = ["/S", "/InstallationType=JustMe", "/RegisterPython=0", "/AddToPath=0", "/NoRegistry=1"]
    return [str(installer), *silent, f"/D={folder}"]


def environment_folder(run: Run, conda: str, name: str) -> Path:
    """Where the environment of that name lies or would be made. Raises Stop where conda does not say."""
    run.talk.say(f"asking {Path(conda).name} where its environments lie")
    try:
        info = json.loads(ask([conda, "info", "--json"], timeout_s=_ASK_S, variables=run.variables))
        roots = [Path(info[key]) for key in _ROOTS if info.get(key)]
        told: str | list[str] = next((info[key] for key in _FOLDERS if info.get(key)), [])
        folders = [Path(folder) for folder in ([told] if isinstance(told, str) else told)]
        places = [folder / name for folder in (*folders, roots[0] / "envs")]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        step = f"try it yourself: {conda} info --json"
        raise Stop(f"{conda} does not say where its environments lie", step) from error
    return next((place for place in places if place.is_dir()), places[0])
