"""The ways in: bootstrap.sh, and bootstrap.ps1 in the PowerShell of this system and in that of Windows under Wine.

Which PowerShell: the one that TORCH_DOCTOR_PWSH names, else `pwsh` on PATH. TORCH_DOCTOR_WINE_PWSH names a program
that runs PowerShell for Windows (it takes NAME=VALUE lines in WINE_SET, and WINE_LOCALE), TORCH_DOCTOR_WINE_PYTHON the
folder of a Python for Windows. Where none is given, that way in is skipped, in CI too: no package index has them.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.bootstrap.parts import CHECKOUT, SCRIPT, environment
from tests.surroundings import not_brought

POWERSHELL = CHECKOUT / "scripts" / "bootstrap.ps1"
_QUICKLY = ("-NoLogo", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass")


class Way:
    """sh, with the options as they are spelled there."""

    name = "sh"
    python = sys.executable

    def skip(self) -> None:
        """Skips the test where this way in is not there."""
        if sys.platform == "win32":
            not_brought("bootstrap.sh is not for Windows")

    def argv(self, script: Path | None, words: tuple[str, ...]) -> list[str]:
        return ["sh", str(script or SCRIPT), *words]

    def native(self, path: Path | str) -> str:
        """A path as the programs of this way in name it."""
        return str(path)

    def variables(self, folder: Path, variables: Mapping[str, str]) -> dict[str, str]:
        home = folder / "user"
        home.mkdir(exist_ok=True)
        return environment(home, **{"FAKE_LOG": str(folder / "asked"), **variables})

    def start(
        self, *words: str | Path, folder: Path, script: Path | None = None, **variables: str
    ) -> subprocess.Popen[bytes]:
        said = tuple(word if isinstance(word, str) else self.native(word) for word in words)
        return subprocess.Popen(
            self.argv(script, said), cwd=folder, env=self.variables(folder, variables), stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip

    def run(self, *words: str | Path, folder: Path, **options: object) -> subprocess.CompletedProcess[str]:
        """To its end, without a terminal."""
        return ended(self.start(*words, folder=folder, **options))  # type: ignore[arg-type]


class PowerShell(Way):
    name = "pwsh"

    @property
    def program(self) -> str:
        return os.environ.get("TORCH_DOCTOR_PWSH") or shutil.which("pwsh") or ""

    def skip(self) -> None:
        if not self.program:
            not_brought("there is no PowerShell: no pwsh on PATH, and TORCH_DOCTOR_PWSH names none")

    def argv(self, script: Path | None, words: tuple[str, ...]) -> list[str]:
        return [self.program, *_QUICKLY, "-File", self.native(script or POWERSHELL), *words]

    def variables(self, folder: Path, variables: Mapping[str, str]) -> dict[str, str]:
        if sys.platform == "win32":
            own = {"LOCALAPPDATA": str(folder), "PYTHON": sys.executable, "FAKE_LOG": str(folder / "asked")}
            return {**os.environ, **own, **variables}
        quiet = {"POWERSHELL_TELEMETRY_OPTOUT": "1", "POWERSHELL_UPDATECHECK": "Off"}
        elsewhere = {f"XDG_{name}_HOME": str(folder / "pwsh") for name in ("CACHE", "CONFIG")}  # its own caches
        return super().variables(folder, {**quiet, **elsewhere, **variables})


class Wine(PowerShell):
    name = "wine"

    @property
    def program(self) -> str:
        return os.environ.get("TORCH_DOCTOR_WINE_PWSH", "")

    @property
    def python(self) -> str:  # type: ignore[override]
        return self.native(Path(os.environ["TORCH_DOCTOR_WINE_PYTHON"]).resolve() / "python.exe")

    def skip(self) -> None:
        if not (self.program and os.environ.get("TORCH_DOCTOR_WINE_PYTHON")):
            not_brought("TORCH_DOCTOR_WINE_PWSH and TORCH_DOCTOR_WINE_PYTHON name no PowerShell and Python for Windows")

    def native(self, path: Path | str) -> str:
        return f"Z:{path}".replace("/", "\\")

    def variables(self, folder: Path, variables: Mapping[str, str]) -> dict[str, str]:
        user = folder / "user"
        user.mkdir(exist_ok=True)
        seen = {
            "PYTHON": self.python,
            "FAKE_LOG": self.native(folder / "asked"),
            "LOCALAPPDATA": self.native(user),
            "APPDATA": self.native(user),
            "PIP_DEFAULT_TIMEOUT": "2",
            "PIP_RETRIES": "0",
            **variables,
        }
        ours = {"WINE_SET": "\n".join(f"{name}={value}" for name, value in seen.items() if name != "WINE_LOCALE")}
        locale = {name: value for name, value in variables.items() if name == "WINE_LOCALE"}
        return {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/root"), **ours, **locale}


WAYS = (Way(), PowerShell(), Wine())


def ended(running: subprocess.Popen[bytes], timeout: float = 800) -> subprocess.CompletedProcess[str]:
    """How it ended and what it said. A service of Wine may hold the pipes open, so their end is not waited for."""
    said: dict[str, bytes] = {"stdout": b"", "stderr": b""}

    def read(name: str) -> None:
        while chunk := os.read(getattr(running, name).fileno(), 65536):
            said[name] += chunk

    threads = [threading.Thread(target=read, args=(name,), daemon=True) for name in said]
    for thread in threads:
        thread.start()
    try:
        code = running.wait(timeout)
    finally:
        running.kill()
    for thread in threads:
        thread.join(2)
    if running.stdin:
        running.stdin.close()
    stdout, stderr = (text.decode("utf-8", "replace").replace("\r\n", "\n") for text in said.values())
    errors = "".join(line for line in stderr.splitlines(keepends=True) if not line.startswith("wine: "))
    return subprocess.CompletedProcess(running.args, code, stdout, errors)


@contextlib.contextmanager
def stopped(running: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """It and what it started are gone afterwards."""
    try:
        yield running
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, 9)
        running.wait()
