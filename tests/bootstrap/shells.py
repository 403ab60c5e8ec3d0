"""The ways in: bootstrap.sh, and bootstrap.ps1 in the PowerShell of this system and in that of Windows under Wine.

Which PowerShell: the one that TORCH_DOCTOR_PWSH names, else `pwsh` on PATH. TORCH_DOCTOR_WINE_PWSH names a program
that runs PowerShell for Windows (it takes NAME=VALUE lines in WINE_SET, and WINE_LOCALE). Where none is given, that way
in is skipped, in CI too: no package index has them. Its Python is the one whose folder TORCH_DOCTOR_WINE_PYTHON names,
else that of tests/windows.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests import environments
from tests.bootstrap.parts import CHECKOUT, SCRIPT, UV, environment, tools_only, unpack_pip
from tests.bootstrap.running import Session, Window, ended, stopped
from tests.surroundings import not_brought
from tests.windows import python_for_windows
from tests.windows.systems import require_wine

POWERSHELL = CHECKOUT / "scripts" / "bootstrap.ps1"
_SESSION = Path(__file__).with_name("session.ps1")
_UV_OF_WINDOWS = """
import os, pathlib, shutil, sys
folder = pathlib.Path(os.environ["UV_PYTHON_INSTALL_DIR"], "cpython-3.13")
if sys.argv[1] == "install":
    folder.mkdir(parents=True)
    own = pathlib.Path(sys.executable).parent
    shutil.copy(own / "pyvenv.cfg", folder)
    shutil.copy(own / "uv.exe", folder / "python.exe")
else:
    print(folder / "python.exe")
"""
QUICKLY = ("-NoLogo", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass")


class Way:
    """sh, with the options as they are spelled there."""

    name = "sh"
    script = SCRIPT
    python = sys.executable

    def skip(self) -> None:
        """Skips the test where this way in is not there."""
        if sys.platform == "win32":
            not_brought("bootstrap.sh is not for Windows")

    def argv(self, script: Path | None, words: list[str]) -> list[str]:
        return ["sh", str(script or self.script), *words]

    def native(self, path: Path | str) -> str:
        """A path as the programs of this way in name it."""
        return str(path)

    def variables(self, folder: Path, variables: Mapping[str, str]) -> dict[str, str]:
        """What a run sees."""
        home = folder / "user"
        home.mkdir(exist_ok=True)
        return environment(home, **{"FAKE_LOG": str(folder / "asked"), **variables})

    def outside(self, variables: Mapping[str, str]) -> dict[str, str]:
        """What its process is started with, so that it sees these."""
        return dict(variables)

    def conda(self, base: Path) -> dict[str, str]:
        """The variables with a program on PATH that says where conda's environments lie."""
        (base / "bin").mkdir(parents=True)
        (base / "bin/conda").write_text(f"#!/bin/sh\necho '{self._info(base)}'\n")
        (base / "bin/conda").chmod(0o755)
        return {"PATH": f"{base}/bin:/usr/bin:/bin", "FAKE_ENVS": f"{base}/envs"}

    def _info(self, base: Path) -> str:
        return json.dumps({"root_prefix": self.native(base), "envs_dirs": [self.native(base / "envs")]})

    def spelled(self, words: tuple[str | Path, ...]) -> list[str]:
        return [word if isinstance(word, str) else self.native(word) for word in words]

    def start(
        self, *words: str | Path, folder: Path, script: Path | None = None, **variables: str
    ) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self.argv(script, self.spelled(words)), cwd=folder, env=self.outside(self.variables(folder, variables)),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip

    def run(self, *words: str | Path, folder: Path, **options: object) -> subprocess.CompletedProcess[str]:
        """To its end, without a terminal."""
        return ended(self.start(*words, folder=folder, **options))  # type: ignore[arg-type]

    @contextlib.contextmanager
    def window(self, folder: Path, **_: str) -> Iterator[Window]:
        """Where one run after another is started: a shell of its own each, where that starts quickly."""
        yield Window(self, folder)


class PowerShell(Way):
    name = "pwsh"
    script = POWERSHELL

    @property
    def program(self) -> str:
        return os.environ.get("TORCH_DOCTOR_PWSH") or shutil.which("pwsh") or ""

    def skip(self) -> None:
        if not self.program:
            not_brought("there is no PowerShell: no pwsh on PATH, and TORCH_DOCTOR_PWSH names none")

    def argv(self, script: Path | None, words: list[str]) -> list[str]:
        return [self.program, *QUICKLY, "-File", self.native(script or self.script), *words]

    def variables(self, folder: Path, variables: Mapping[str, str]) -> dict[str, str]:
        if sys.platform == "win32":
            own = {"LOCALAPPDATA": str(folder), "PYTHON": sys.executable, "FAKE_LOG": str(folder / "asked")}
            return {**os.environ, **own, **variables}
        quiet = {"POWERSHELL_TELEMETRY_OPTOUT": "1", "POWERSHELL_UPDATECHECK": "Off"}
        elsewhere = {f"XDG_{name}_HOME": str(folder / "pwsh") for name in ("CACHE", "CONFIG")}  # its own caches
        return super().variables(folder, {**quiet, **elsewhere, **variables})

    @contextlib.contextmanager
    def window(self, folder: Path, **variables: str) -> Iterator[Window]:
        with stopped(self.start(folder=folder, script=_SESSION, **variables)) as running:
            yield Session(self, folder, running)

    def conda(self, base: Path) -> dict[str, str]:
        return self._conda_of_windows(base, os.environ["PATH"]) if sys.platform == "win32" else super().conda(base)

    def _conda_of_windows(self, base: Path, path: str) -> dict[str, str]:
        (base / "condabin").mkdir(parents=True)
        (base / "condabin/info.json").write_text(self._info(base))
        (base / "condabin/conda.bat").write_text('@type "%~dp0info.json"\n')
        return {"PATH": f"{self.native(base / 'condabin')};{path}", "FAKE_ENVS": self.native(base / "envs")}

    def bare(self, folder: Path) -> dict[str, str]:
        """The variables of a machine without a Python."""
        return {"PATH": tools_only(folder / "bin", "readlink")}

    def uv(self, folder: Path) -> dict[str, bytes]:
        """The files of a uv that has a Python to give."""
        return {"uv.exe": UV.encode()}


class Wine(PowerShell):
    name = "wine"

    @property
    def program(self) -> str:
        return os.environ.get("TORCH_DOCTOR_WINE_PWSH", "")

    @property
    def python(self) -> str:  # type: ignore[override]
        return self.native(self._python / "python.exe")

    @property
    def _python(self) -> Path:
        """With pip unpacked as in the other ways in."""
        return environments.kept(f"python-of-windows-{python_for_windows.what_it_is()}", _with_unpacked_pip)

    def skip(self) -> None:
        if not self.program:
            not_brought("TORCH_DOCTOR_WINE_PWSH names no PowerShell for Windows")
        require_wine()

    def native(self, path: Path | str) -> str:
        return f"Z:{path}".replace("/", "\\")

    def variables(self, folder: Path, variables: Mapping[str, str]) -> dict[str, str]:
        user = folder / "user"
        user.mkdir(exist_ok=True)
        return {
            "PYTHON": self.python, "FAKE_LOG": self.native(folder / "asked"), "LOCALAPPDATA": self.native(user),
            "APPDATA": self.native(user), "PIP_DEFAULT_TIMEOUT": "2", "PIP_RETRIES": "0", **variables,
        }  # fmt: skip

    def conda(self, base: Path) -> dict[str, str]:
        return self._conda_of_windows(base, "C:\\windows\\system32;C:\\windows")

    def share(self, folder: Path) -> str:
        """The folder as the root of a share, which Wine takes from here."""
        server = Path(self.program).parent / "prefix" / "dosdevices" / "unc" / "tests"
        server.mkdir(parents=True, exist_ok=True)
        (server / folder.name).unlink(missing_ok=True)
        (server / folder.name).symlink_to(folder)
        return f"\\\\{server.name}\\{folder.name}\\"

    def bare(self, folder: Path) -> dict[str, str]:
        return {}

    def uv(self, folder: Path) -> dict[str, bytes]:
        """Python's own redirector, by another name: of its words the first is the file `python` beside us."""
        (folder / "python").write_text(_UV_OF_WINDOWS)
        home = f"home = {self.native(self._python)}\n"
        return {"uv.exe": (self._python / "Lib/venv/scripts/nt/python.exe").read_bytes(), "pyvenv.cfg": home.encode()}

    def outside(self, variables: Mapping[str, str]) -> dict[str, str]:
        """WINE_LOCALE, which decides the code page, is Wine's and not the program's."""
        ours = {name: variables[name] for name in ("WINE_LOCALE",) if name in variables}
        seen = (f"{name}={value}" for name, value in variables.items() if name not in ours)
        own = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/root")}
        return {**own, "WINE_SET": "\n".join(seen), **ours}


def python_of_windows() -> Path:
    """The folder of the one for Wine."""
    named = os.environ.get("TORCH_DOCTOR_WINE_PYTHON")
    return Path(named) if named else python_for_windows.kept()


def _with_unpacked_pip(folder: Path) -> None:
    given = python_of_windows()
    shutil.copytree(given, folder, ignore=shutil.ignore_patterns("ensurepip"))
    unpack_pip(given / "Lib", folder / "Lib")


WAYS = (Way(), PowerShell(), Wine())
