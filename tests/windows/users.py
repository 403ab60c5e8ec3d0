"""A user of that Windows, who types commands in a folder of their own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.windows.systems import CHECKOUT, Windows


class User:
    """A user of Windows with folders of their own and a name that is not ASCII."""

    def __init__(self, windows: Windows, folder: Path) -> None:
        self.windows, self.home = windows, folder / "张 三"
        roaming_here = self.home / "AppData" / "Roaming"
        roaming_here.mkdir(parents=True)
        home, roaming, local = (windows.path(one) for one in (self.home, roaming_here, self.home / "AppData" / "Local"))
        own = {"USERPROFILE": home, "HOME": "", "APPDATA": roaming, "LOCALAPPDATA": local}
        self.env = {**own, "PYTHONPATH": windows.path(CHECKOUT)}

    def doctor(self, *words: str | Path, code: int = 0, **env: str) -> str:
        done = self.windows.doctor(*words, cwd=self.home, env={**self.env, **env})
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    def told(self, *words: str | Path, code: int = 0, **env: str) -> dict[str, Any]:
        return dict(json.loads(self.doctor(*words, "--format", "json", code=code, **env)))

    def file(self, name: str, text: str) -> Path:
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        return path
