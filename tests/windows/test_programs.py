"""The commands as a user of Windows starts them: what they find, write and undo there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.environments import SMALL_TORCH, package
from tests.mirrors.servers import Store, loopback, sound
from tests.setup.wheel_index import Index, pure, serving, trio
from tests.windows.systems import Windows, environment

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

loader = torch.utils.data.DataLoader(torch.arange(64.0), batch_size=8, num_workers=1)
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


def test_setup_makes_an_environment(user: User) -> None:
    """The torch of the index is an empty module: it is installed, and the check says what it is worth."""
    wheels = trio("win_amd64", "2.15.0", "0.29.2", "2.11.1", python=user.windows.tag)
    with serving(Index(wheels)) as index:
        words = ("--python", user.windows.python, "--accelerator", "cpu", "--index-url", index.url, "--yes")
        told = user.doctor("setup", "--env", user.home / "env", *words, code=1)
    assert "was created, but the check found problems in it" in told and "[torch-not-importable]" in told
    pinned = (user.home / "env" / "torch-doctor-requirements.txt").read_text().splitlines()
    assert [line.split()[0] for line in pinned] == ["torch==2.15.0", "torchaudio==2.11.1", "torchvision==0.29.2"]
    packages = user.home / "env" / "Lib" / "site-packages"
    assert {"torch", "torchvision", "torchaudio", "pip"} <= {one.name for one in packages.iterdir()}


def test_fix_mends_an_environment_and_undo_brings_its_file_back(user: User, tmp_path: Path) -> None:
    """It is the one that was named, whichever `python` is on PATH; packages that were installed stay."""
    folder = user.home / "env"
    packages = environment(user.windows, folder, pip=True)
    trusting = "[global]\r\n; 公司\r\ntrusted-host = mirror.example.com\r\n"
    config = user.file("env/pip.ini", trusting)
    package(packages, "torch", "2.7.1", {"torch/__init__.py": SMALL_TORCH}, ("leaf>=3",))
    (wheel, content), *_ = pure("leaf", "3.1").items()
    (tmp_path / wheel).write_bytes(content)
    rules = ("unmet-requirements", "insecure-package-source")
    words = (*rules, "--python", folder / "Scripts" / "python.exe", "--yes")
    told = user.doctor("fix", *words, PIP_NO_INDEX="1", PIP_FIND_LINKS=user.windows.path(tmp_path))
    assert all(f"{rule}: mended" in told for rule in rules)
    assert (packages / "leaf").is_dir() and b"trusted-host" not in config.read_bytes()
    user.doctor("fix", "--undo")
    assert config.read_bytes().decode() == trusting
