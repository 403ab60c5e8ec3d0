"""The commands as a user of Windows starts them: what they find, write and undo there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mirrors.servers import Store, loopback, sound
from tests.windows.users import User

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(900)]

PIP_INI = "# 手写\r\n[global]\r\ntimeout=60\r\nindex_url : https://old.example.com/simple\r\n; 旧镜像\r\n"
UV_TOML = "# uv 的设置\r\npreview = false\r\n"
CONDARC = "# 镜像\r\nchannels:\r\n  - conda-forge\r\nssl_verify: true\r\n"


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
