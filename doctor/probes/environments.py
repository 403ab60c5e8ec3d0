"""Other Python environments on the machine and which of them holds a torch, read from files; nothing is run."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from doctor.bootstrap.home import find_home
from doctor.bootstrap.records import environments
from doctor.bootstrap.stop import Stop
from doctor.facts import Environment, Environments
from doctor.files import regular
from doctor.privacy import redact_path
from doctor.probes._config_files import home
from doctor.target import Target
from doctor.target.choose import is_file, python_in
from doctor.text.documents import Unparsable, json

_MOST = 100  # a shared server may have thousands; the first are enough to answer the question
_CONDA_FOLDERS = (
    "miniconda3",
    "anaconda3",
    "miniforge3",
    "mambaforge",
    "micromamba",
    ".conda",
    "miniconda",
    "anaconda",
)


def probe(target: Target) -> Environments:
    """Environments of the bootstrap's, of conda's list and folders, `.venv` here, pyenv's versions and Jupyter's
    kernels, each once."""
    found: dict[str, Environment] = {}
    for kind, name, prefix in _environment_prefixes(target.env, target.cwd):
        if python_in(prefix):
            found.setdefault(os.path.realpath(prefix), _environment(kind, name, prefix))
        if len(found) >= _MOST:
            break
    return Environments(tuple(found.values()))


def _environment_prefixes(env: Mapping[str, str], cwd: Path) -> Iterator[tuple[str, str, Path]]:
    with contextlib.suppress(Stop):
        for known in environments(find_home(env)):
            yield "bootstrap", known.conda, Path(known.folder)
    for name in (".venv", "venv", "env"):
        if is_file(cwd / name / "pyvenv.cfg"):
            yield "venv", name, cwd / name
    for prefix in _conda_prefixes(env):
        yield "conda", prefix.name if prefix.parent.name == "envs" else "base", prefix
    for prefix in _subfolders(Path(env.get("PYENV_ROOT") or home(env) / ".pyenv") / "versions"):
        yield "pyenv", prefix.name, prefix
    for name, executable in _kernels(env):
        yield "jupyter kernel", name, prefix_of(executable)


def _conda_prefixes(env: Mapping[str, str]) -> Iterator[Path]:
    for line in _text(home(env) / ".conda" / "environments.txt").splitlines():
        if line.strip():
            yield Path(line.strip())
    executable = env.get("CONDA_EXE") or env.get("MAMBA_EXE")
    roots = [Path(executable).parent.parent] if executable else []
    roots += [Path(env[name]) for name in ("MAMBA_ROOT_PREFIX",) if env.get(name)]
    roots += [folder / name for folder in (home(env), Path("/opt")) for name in (*_CONDA_FOLDERS, "conda")]
    for root in dict.fromkeys(roots):
        if _is_dir(root / "conda-meta"):
            yield root
        yield from (prefix for prefix in _subfolders(root / "envs") if _is_dir(prefix / "conda-meta"))


def _kernels(env: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Name and interpreter of Jupyter's kernel specs of the user and the system."""
    folders = [Path(folder) for folder in env.get("JUPYTER_PATH", "").split(os.pathsep) if folder]
    folders.append(Path(env.get("JUPYTER_DATA_DIR") or home(env) / ".local" / "share" / "jupyter"))
    folders += [home(env) / "Library" / "Jupyter", Path("/usr/local/share/jupyter"), Path("/usr/share/jupyter")]
    folders += [Path(env[name]) / "jupyter" for name in ("APPDATA", "PROGRAMDATA") if env.get(name)]
    for folder in folders:
        for spec in _subfolders(folder / "kernels"):
            executable = kernel_executable(_text(spec / "kernel.json"))
            if executable:
                yield spec.name, executable


def kernel_executable(text: str) -> str:
    """The absolute path of the interpreter in a kernel.json; "" when it names none or is half-written."""
    try:
        argv = json(text).get("argv")
    except (Unparsable, AttributeError):
        return ""
    first = argv[0] if isinstance(argv, list) and argv and isinstance(argv[0], str) else ""
    return first if Path(first).is_absolute() and "python" in Path(first).name.lower() else ""


def prefix_of(executable: str) -> Path:
    folder = Path(executable).parent
    return folder.parent if folder.name.lower() in ("bin", "scripts") else folder


def _environment(kind: str, name: str, prefix: Path) -> Environment:
    sites = site_folders(prefix)
    return Environment(redact_path(prefix), kind, name, python_version(prefix, sites), torch_in(sites))


def site_folders(prefix: Path) -> list[Path]:
    """Windows has one `Lib/site-packages`, others one a version; `lib64` is where Fedora puts compiled packages."""
    found = [prefix / "Lib" / "site-packages"]
    for lib in ("lib", "lib64"):
        found += [folder / "site-packages" for folder in _subfolders(prefix / lib) if re.match(r"py\w*\d", folder.name)]
    return [folder for folder in found if _is_dir(folder)]


def python_version(prefix: Path, sites: Iterable[Path]) -> str | None:
    stated = re.search(r"^version(?:_info)?\s*=\s*(\d+\.\d+(?:\.\d+)?)", _text(prefix / "pyvenv.cfg"), re.MULTILINE)
    if stated:
        return stated[1]
    recorded = (re.match(r"python-(\d+\.\d+\.\d+)", p.name) for p in _listing(prefix / "conda-meta"))
    by_conda = next((match[1] for match in recorded if match), None)
    from_folder = (re.search(r"(\d+\.\d+)", site.parent.name) for site in sites)
    return by_conda or next((match[1] for match in from_folder if match), None)


def torch_in(sites: Iterable[Path]) -> str:
    """Version of the torch in these folders, as its own version.py has it; "" when there is none."""
    for site in sites:
        stated = re.search(r"^__version__\s*=\s*['\"]([^'\"]+)", _text(site / "torch" / "version.py"), re.MULTILINE)
        if stated:
            return stated[1]
    return ""


def _text(path: Path) -> str:
    try:
        return regular.read(path, 1 << 20).decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""


def _is_dir(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _subfolders(folder: Path) -> list[Path]:
    return [path for path in _listing(folder) if _is_dir(path)]


def _listing(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except (OSError, ValueError):
        return []
