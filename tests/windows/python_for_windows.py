"""A real CPython for Windows (python.org's 3.11), put together from Debian's packages and PyPI for Wine to run.

`make(folder)` takes about half a minute. Wine and mingw's compiler have to be there; scripts/test.sh installs them.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import urllib.request
import zipfile
from pathlib import Path

from tests import environments
from tests.surroundings import shell, unavailable

COMPILER = "x86_64-w64-mingw32-gcc-win32"
_HERE = Path(__file__).parent
_PARTS = _HERE / "parts"
_PINNED = tomllib.loads((_HERE / "pinned.toml").read_text())
_SOURCE = "Python-3.11.2"
_LAUNCHER = (
    "-DVENV_REDIRECT", "-D_CONSOLE", "-DUNICODE", "-D_UNICODE", "-D_M_X64=100", "-D_M_AMD64=100",
    "-D__USE_MINGW_ANSI_STDIO=1", "-DPSAPI_VERSION=1",
)  # fmt: skip


def what_it_is() -> str:
    """A name that changes with anything the interpreter is made from."""
    files = [Path(__file__), _HERE / "pinned.toml", *sorted(_PARTS.iterdir())]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def kept() -> Path:
    """The folder of one."""
    return environments.kept(f"wine-python-{what_it_is()}", make)


def make(folder: Path) -> None:
    """The interpreter as `folder`/python.exe, with its standard library and venv's redirector."""
    with tempfile.TemporaryDirectory() as work:
        parts = Path(work)
        _bring_wheels(parts)
        source = _bring_source(parts)
        _lay_out(parts, source, folder)
        _compile(source, parts, folder)


def _bring_wheels(parts: Path) -> None:
    wanted = parts / "wanted.txt"
    lines = (f"{name}=={one['version']} --hash=sha256:{one['sha256']}" for name, one in _PINNED["wheels"].items())
    wanted.write_text("\n".join(lines))
    shell([
        sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes",
        "--platform", "win_amd64", "--python-version", "3.11", "--dest", str(parts), "--requirement", str(wanted),
    ])  # fmt: skip
    for wheel in parts.glob("*.whl"):
        with zipfile.ZipFile(wheel) as opened:
            opened.extractall(parts / wheel.name.split("-")[0])


def _bring_source(parts: Path) -> Path:
    """From the machine's own Debian mirror."""
    archive = parts / "source.tar.gz"
    site = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(SITE)", "Created-By: Packages", "Component: main", "Origin: Debian"],
        capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    with urllib.request.urlopen(f"{site[0].rstrip('/')}/{_PINNED['source']['path']}") as answer:
        archive.write_bytes(answer.read())
    if hashlib.sha256(archive.read_bytes()).hexdigest() != _PINNED["source"]["sha256"]:
        unavailable(f"{_PINNED['source']['path']} is not what it was")
    with tarfile.open(archive) as opened:
        opened.extractall(parts, filter="data")
    return parts / _SOURCE


def _lay_out(parts: Path, source: Path, folder: Path) -> None:
    game, runtime = parts / "panda3d" / "deploy_libs", next((parts / "msvc_runtime").glob("*.data")) / "data"
    (folder / "DLLs").mkdir(parents=True)
    for pattern in ("*.pyd", "libcrypto*.dll", "libssl*.dll", "libffi*.dll", "sqlite3.dll"):
        for file in game.glob(pattern):
            shutil.copy(file, folder / "DLLs")
    for file in [game / "python311.dll", *game.glob("VCRUNTIME140*.dll"), runtime / "vcruntime140_threads.dll"]:
        shutil.copy(file, folder)
    shutil.copytree(source / "Lib", folder / "Lib", ignore=shutil.ignore_patterns("test", "tests", "__pycache__"))
    (folder / "Lib" / "site-packages").mkdir(exist_ok=True)
    metadata = folder / "Lib" / "importlib" / "metadata" / "__init__.py"
    told = "    def invalidate_caches(cls):"  # 3.11.9, which the DLL is of, calls it as the method of a class
    metadata.write_text(metadata.read_text().replace(f"\n{told}", f"\n    @classmethod\n{told}"))


def _compile(source: Path, parts: Path, folder: Path) -> None:
    shell([COMPILER, "-municode", "-O1", "-o", str(folder / "python.exe"), str(_PARTS / "python.c")])
    names = parts / "python3.def"
    names.write_text("\n".join(["LIBRARY python3.dll", "EXPORTS", *_forwarded(folder / "python311.dll")]))
    shell([COMPILER, "-shared", "-nostdlib", "-Wl,-e,DllMainCRTStartup", "-o", str(folder / "python3.dll"),
           str(_PARTS / "forwarder.c"), str(names)])  # fmt: skip
    launcher = source / "PC" / "launcher.c"
    launcher.write_text(launcher.read_text().replace("fread_s(buffer, sizeof(buffer), ", "fread(buffer, "))
    place = folder / "Lib" / "venv" / "scripts" / "nt"
    place.mkdir(parents=True, exist_ok=True)
    for name in ("python", "pythonw"):
        shell([COMPILER, "-O1", "-w", *_LAUNCHER, f"-I{source}/PC", f"-I{source}/Include", "-municode", "-s",
               "-o", str(place / f"{name}.exe"), str(launcher), "-lversion", "-lshlwapi", "-lshell32"])  # fmt: skip


def _forwarded(library: Path) -> list[str]:
    dump = subprocess.run(
        ["x86_64-w64-mingw32-objdump", "-p", str(library)], capture_output=True, text=True, check=True
    )
    last = (line.split()[-1] for line in dump.stdout.splitlines() if line.split())
    names = sorted({name for name in last if name.startswith(("Py", "_Py")) and name.replace("_", "a").isalnum()})
    return [f"  {name} = python311.{name}" for name in names]
