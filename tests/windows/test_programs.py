"""The commands as a user of Windows starts them: what they find, write and undo there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.mirrors.servers import Store, loopback, sound
from tests.windows.systems import Windows

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(900)]

PIP_INI = "# 手写\r\n[global]\r\ntimeout=60\r\nindex_url : https://old.example.com/simple\r\n; 旧镜像\r\n"
UV_TOML = "# uv 的设置\r\npreview = false\r\n"
CONDARC = "# 镜像\r\nchannels:\r\n  - conda-forge\r\nssl_verify: true\r\n"


class User:
    """A user of Windows with folders of their own and a name that is not ASCII."""

    def __init__(self, windows: Windows, folder: Path) -> None:
        self.windows, self.home = windows, folder / "张 三"
        self.roaming = self.home / "AppData" / "Roaming"
        self.roaming.mkdir(parents=True)
        home, roaming, local = (windows.path(one) for one in (self.home, self.roaming, self.home / "AppData" / "Local"))
        self.env = {"USERPROFILE": home, "HOME": "", "APPDATA": roaming, "LOCALAPPDATA": local}

    def doctor(self, *words: str | Path, code: int = 0, **env: str) -> str:
        done = self.windows.doctor(*words, cwd=self.home, env={**self.env, **self._from_the_checkout(), **env})
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    def told(self, *words: str | Path, code: int = 0, **env: str) -> dict[str, Any]:
        return dict(json.loads(self.doctor(*words, "--format", "json", code=code, **env)))

    def file(self, name: str, text: str) -> Path:
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        return path

    def _from_the_checkout(self) -> dict[str, str]:
        return {"PYTHONPATH": self.windows.path(Path(__file__).resolve().parents[2])}


@pytest.fixture
def user(windows: Windows, tmp_path: Path) -> User:
    return User(windows, tmp_path)


def test_check_tells_a_sound_machine(user: User) -> None:
    report = user.told("check", "--python", user.windows.torch_python)
    assert report["verdict"] == "sound"
    facts = report["facts"]
    assert facts["host"]["value"]["os"] == "windows"
    assert facts["torch"]["value"]["version"].startswith("2.15.0")
    assert facts["runtime"]["value"]["imported"]
    assert facts["memory"]["status"] == "ok"


def test_match_gives_what_windows_can_run(user: User) -> None:
    """PyPI's torch for Windows is the build for the CPU."""
    choice = user.told("match")["choice"]
    assert (choice["torch"], choice["build"], choice["index_url"]) == ("2.15.0", "cpu", None)


def test_every_recipe_passes(user: User) -> None:
    told = user.told("run-recipes", "--quick", "--python", user.windows.torch_python)
    ran = {one["recipe"]: one["status"] for one in told["results"]}
    assert len(ran) == 10 and set(ran.values()) == {"passed"}, ran


LOADER = """\
import torch

loader = torch.utils.data.DataLoader(torch.arange(64.0), batch_size=8, num_workers=2)
{run}
"""


@pytest.mark.parametrize(
    ("run", "code"),
    [
        ("for batch in loader:\n    print(batch.sum())", 1),
        ('if __name__ == "__main__":\n    for batch in loader:\n        print(batch.sum())', 0),
    ],
    ids=["without a guard", "with one"],
)
def test_dataloader_tries_a_script(user: User, run: str, code: int) -> None:
    script = user.file("train.py", LOADER.format(run=run))
    told = user.told("dataloader", script, "--python", user.windows.torch_python, "--yes", code=code)
    named = {finding["rule"] for finding in told["findings"] if finding["severity"] in ("blocking", "error")}
    assert ("dataloader-spawn-no-main-guard" in named) if code else not named


def test_mirrors_are_configured_and_every_byte_comes_back(user: User, tmp_path: Path) -> None:
    files = {
        user.file("AppData/Roaming/pip/pip.ini", PIP_INI): PIP_INI,
        user.file("AppData/Roaming/uv/uv.toml", UV_TOML): UV_TOML,
        user.file(".condarc", CONDARC): CONDARC,
    }
    with loopback(tmp_path) as mirrors:
        good = mirrors.start(sound(Store()))
        row = f'[[mirror]]\nservice = "pypi"\nname = "good"\nurl = "{good.url}"\nreference = true\n'
        trusted = user.windows.path(mirrors.bundle)
        words = ("--candidates", user.file("candidates.toml", row), "--apply", "--yes", "--tool", "pip")
        user.doctor("mirrors", *words, SSL_CERT_FILE=trusted, PIP_CERT=trusted)
    pip, *others = (path.read_bytes().decode() for path in files)
    assert pip == PIP_INI.replace("https://old.example.com/simple", good.url)
    assert others == [UV_TOML, CONDARC]
    user.doctor("mirrors", "--undo")
    assert {path: path.read_bytes().decode() for path in files} == files
