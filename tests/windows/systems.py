"""A Windows to run programs on: this one, or the one that Wine makes of a Linux with Debian's packages.

`system()` makes what it needs once and keeps it (tests/environments.py): under Wine a CPython for Windows
(python_for_windows.py), an environment with the doctor's dependencies, pytest and torch for Windows, and Wine's own
folder, of which every test process takes a copy, so that what one writes to the registry no other sees.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping
from compileall import compile_dir
from pathlib import Path

from tests import environments
from tests.setup.wheel_index import TAG
from tests.surroundings import not_brought, shell, unavailable, uv
from tests.windows import python_for_windows

CHECKOUT = Path(__file__).resolve().parents[2]
TORCH = ("torch==2.15.0", "torchvision==0.29.2", "numpy==1.26.4")
_TESTING = {
    "pytest", "pytest-timeout", "pytest-xdist", "hypothesis", "syrupy", "jsonschema", "trustme", "markdown-it-py",
    "linkify-it-py", "tree-sitter", "tree-sitter-powershell", "py-rattler", "build",
}  # fmt: skip
_PARTS = CHECKOUT / "tests" / "windows" / "parts"
_NOWHERE = subprocess.DEVNULL
_STAYS_S = 120  # longer than tests are apart
_LIMIT_S = 1800  # of a whole part of the unit suite, on a busy machine


class Windows:
    """This one."""

    name = "Windows"
    tag = TAG  # of its Python in the names of wheels

    @property
    def python(self) -> str:
        """An interpreter with everything that the tests need."""
        return sys.executable

    @property
    def torch_python(self) -> str:
        """The same with torch, torchvision and NumPy."""
        return str(environments.python_of(environments.kept("torch", environments.make_torch)))

    def path(self, path: Path) -> str:
        """A path as the programs of this system name it."""
        return str(path)

    def run(
        self, *words: str | Path, cwd: Path = CHECKOUT, env: Mapping[str, str] | None = None, stdin: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """A program to its end, through pipes. `env` is added to what it sees; an empty value takes a variable away."""
        argv, variables = self._started(
            [self.path(word) if isinstance(word, Path) else word for word in words], env or {}
        )
        return subprocess.run(
            argv, cwd=cwd, env=variables, input=stdin, capture_output=True, encoding="utf-8", errors="replace",
            timeout=_LIMIT_S, check=False,
        )  # fmt: skip

    def doctor(self, *words: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
        return self.run(self.python, "-m", "doctor", *words, **options)  # type: ignore[arg-type]

    def _started(self, words: list[str], env: Mapping[str, str]) -> tuple[list[str], dict[str, str]]:
        seen = {**os.environ, "PYTHONUTF8": "1", **env}
        return words, {name: value for name, value in seen.items() if value}


class Wine(Windows):
    name = "Wine"
    tag = "cp311"

    def __init__(self, folder: Path) -> None:
        self.prefix = folder / "prefix"
        _copy(environments.kept("wine-prefix", _make_prefix) / "prefix", self.prefix)
        self._with = str(environments.kept("wine-prefix", _make_prefix) / "with.exe")
        # Wine's services start with its server, which stays for a while in place of both anew for every program. They
        # keep the pipes of what first needed them, so that has none
        for words in (["wineserver", f"-p{_STAYS_S}"], ["wine", "cmd", "/c", "exit"]):
            subprocess.run(words, env=self._own(), stdin=_NOWHERE, stdout=_NOWHERE, stderr=_NOWHERE, check=True)

    @property
    def python(self) -> str:
        return self._scripts(_environment("wine-env", _testing()))

    @property
    def torch_python(self) -> str:
        return self._scripts(_environment("wine-torch", (*_testing(), *TORCH)))

    def path(self, path: Path) -> str:
        return _on_drive(path)

    def end(self) -> None:
        """Ends what still runs there."""
        subprocess.run(["wineserver", "-k"], env=self._own(), check=False)

    def registry(self, key: str, name: str, value: int | str) -> None:
        """Writes a number or a text."""
        kind = "REG_DWORD" if isinstance(value, int) else "REG_SZ"
        done = self.run("reg", "add", key, "/v", name, "/t", kind, "/d", str(value), "/f")
        assert done.returncode == 0, done.stdout + done.stderr

    def _scripts(self, folder: Path) -> str:
        return self.path(folder / "Scripts" / "python.exe")

    def _started(self, words: list[str], env: Mapping[str, str]) -> tuple[list[str], dict[str, str]]:
        seen = {"PYTHONUTF8": "1", "KMP_AFFINITY": "disabled", **env}
        given = "\n".join(f"{name}={value}" for name, value in seen.items())
        return ["wine", self._with, *words], {**self._own(), "WINE_SET": given}

    def _own(self) -> dict[str, str]:
        return {"PATH": os.environ["PATH"], "HOME": str(Path.home()), "LC_ALL": "C.UTF-8", "WINEDEBUG": "-all",
                "WINEPREFIX": str(self.prefix)}  # fmt: skip


def system(folder: Path) -> Windows:
    """The Windows that this machine has; `folder` is for what belongs to this test process alone."""
    if sys.platform == "win32":
        return Windows()
    require_wine()
    return Wine(folder)


def here(path: str) -> Path:
    """A path of that Windows as this process names it."""
    return Path(path.removeprefix("Z:").replace("\\", "/")) if os.name == "posix" else Path(path)


def home_of(python: str) -> Path:
    """The folder of the Python that its environment is made from."""
    lines = (here(python).parent.parent / "pyvenv.cfg").read_text().splitlines()
    return here(next(line.partition("=")[2].strip() for line in lines if line.startswith("home")))


def environment(windows: Windows, folder: Path, home: Path | None = None, *, pip: bool = False) -> Path:
    """As `python -m venv` lays one out, with pip or without; its `site-packages`."""
    made, packages = here(windows.python).parent.parent, folder / "Lib" / "site-packages"
    for part in (folder / "Scripts", packages):
        part.mkdir(parents=True)
    shutil.copy(made / "Scripts" / "python.exe", folder / "Scripts")
    of = windows.path(home or home_of(windows.python))
    (folder / "pyvenv.cfg").write_text(f"home = {of}\nversion = 3.11.9\n")
    for part in (made / "Lib" / "site-packages").glob("pip*") if pip else ():
        shutil.copytree(part, packages / part.name)
    return packages


def require_wine() -> None:
    """Skips the test where there is none, nor what a Python for Windows is made of."""
    if not shutil.which("apt-get"):
        not_brought("Wine and the parts of a Python for Windows are taken from Debian's packages")
    for program in ("wine", python_for_windows.COMPILER):
        if not shutil.which(program):
            unavailable(f"{program} is not installed")


def _on_drive(path: Path) -> str:
    """Drive Z: is all of Linux."""
    return f"Z:{path}".replace("/", "\\")


def _make_prefix(folder: Path) -> None:
    folder.mkdir()
    own = {
        "PATH": os.environ["PATH"],
        "HOME": str(Path.home()),
        "WINEDEBUG": "-all",
        "WINEPREFIX": str(folder / "prefix"),
    }
    for words in (["wine", "wineboot", "-i"], ["wine", "winecfg", "-v", "win10"], ["wineserver", "-w"]):
        subprocess.run(words, env=own, capture_output=True, check=True)
    compiler = [python_for_windows.COMPILER, "-O1", "-s"]
    shell([*compiler, "-municode", "-o", str(folder / "with.exe"), str(_PARTS / "with.c")])
    shell([*compiler, "-shared", "-o", str(folder / "prefix/drive_c/windows/system32/bcryptprimitives.dll"),
           str(_PARTS / "bcryptprimitives.c"), "-ladvapi32"])  # fmt: skip


def _copy(made: Path, prefix: Path) -> None:
    """Programs and libraries are not changed there, so the copy shares their bytes; the registry is its own."""
    shutil.copytree(made, prefix, symlinks=True, copy_function=_link_or_copy)


def _link_or_copy(source: str, target: str) -> None:
    if source.endswith(".reg"):
        shutil.copy2(source, target)
        return
    try:
        os.link(source, target)
    except OSError:  # another file system
        shutil.copy2(source, target)


def _environment(name: str, wanted: Iterable[str]) -> Path:
    lines = sorted(wanted)
    of = [python_for_windows.what_it_is(), str(CHECKOUT), *lines]
    mark = hashlib.sha256("\n".join(of).encode()).hexdigest()[:12]
    return environments.kept(f"{name}-{mark}", lambda folder: _make_environment(folder, lines))


def _make_environment(folder: Path, wanted: list[str]) -> None:
    """As `python -m venv` would lay it out, filled from here: the wheels for Windows are unpacked, not run."""
    base = python_for_windows.kept()
    scripts, packages = folder / "Scripts", folder / "Lib" / "site-packages"
    scripts.mkdir(parents=True)
    for name in ("python.exe", "pythonw.exe"):
        shutil.copy(base / "Lib/venv/scripts/nt" / name, scripts)
    (folder / "pyvenv.cfg").write_text(
        f"home = {_on_drive(base)}\ninclude-system-site-packages = false\nversion = 3.11.9\n"
    )
    shell([
        uv() or "uv", "pip", "install", "--quiet", "--python-platform", "x86_64-pc-windows-msvc", "--python-version",
        "3.11", "--only-binary", ":all:", "--target", str(packages), *wanted,
    ])  # fmt: skip
    if sys.version_info[:2] == (3, 11):  # else it compiles what it imports, the first time
        compile_dir(packages, quiet=2, workers=0, stripdir=str(folder), prependdir=_on_drive(folder))
    (packages / "doctor.pth").write_text(f"Z:{CHECKOUT}\n")  # as an editable installation


def _testing() -> tuple[str, ...]:
    """The doctor's dependencies and what its tests need of the group `dev`."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    testing = (one for one in project["dependency-groups"]["dev"] if one.partition(">")[0] in _TESTING)
    return (*project["project"]["dependencies"], *testing, "pip", "numpy==1.26.4")
