"""Whichever installer made it, an environment has pip as people type it, and a prompt that names it."""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

import pytest

from doctor.match import Wish
from doctor.setup import session
from doctor.setup.session import SetupRequest, carry_out, prepare
from tests.fix.wheels import wheel as any_wheel
from tests.setup.wheel_index import Index, pair

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.skipif(
        (sys.platform, platform.machine()) != ("linux", "x86_64"), reason="the wheels are for Linux x86_64"
    ),
]


def wheels(folder: Path) -> str:
    folder.mkdir()
    for name, body in pair().items():
        (folder / name).write_bytes(body)
    return str(folder)


def made(asked: SetupRequest) -> tuple[Path, list[str]]:
    said: list[str] = []
    prepared = prepare(asked)
    carry_out(prepared, said.append)
    return Path(prepared.python), said


def installs(python: Path, tmp_path: Path) -> bool:
    """What a person does next, by the name that a person types."""
    small = any_wheel(tmp_path / "more", "small", "1.0", "__version__ = {version!r}\n")
    pip = [python.with_name("pip"), "install", "--quiet", "--no-index", str(small)]
    subprocess.run(pip, check=True)
    return subprocess.run([python, "-c", "import small"], check=False).returncode == 0


def test_of_an_index(tmp_path: Path, index: Index, installer: str) -> None:
    wish = Wish(accelerator="cpu", index_url=index.url)
    python, said = made(SetupRequest(folder=tmp_path / "mnist" / ".venv", python=sys.executable, wish=wish))
    assert (installs(python, tmp_path), said) == (True, [])
    shown = "import os; print(os.environ['VIRTUAL_ENV_PROMPT'])"
    activated = f'. {python.with_name("activate")}; python -c "{shown}"'
    prompt = subprocess.run(["sh", "-c", activated], capture_output=True, text=True, check=True).stdout
    assert prompt.strip().strip("()") == "mnist"  # venv writes the brackets down


def test_of_a_folder_without_any_network(
    tmp_path: Path, own_caches: None, installer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UV_OFFLINE", "1")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    python, said = made(
        SetupRequest(
            folder=tmp_path / "env",
            python=sys.executable,
            offline=wheels(tmp_path / "wheels"),
            wish=Wish(accelerator="cpu"),
        )
    )
    assert (installs(python, tmp_path), said) == (True, [])


def test_where_pip_cannot_be_had_it_is_said(
    tmp_path: Path, index: Index, installer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with Debian's Python, which leaves its copy out, behind an index without pip."""
    monkeypatch.setattr(session, "add_pip", lambda _, python, __: (python, "-m", "no_ensurepip"))
    monkeypatch.setenv("UV_DEFAULT_INDEX", index.url)  # which has no pip
    monkeypatch.setenv("PIP_INDEX_URL", index.url)
    wish = Wish(accelerator="cpu", index_url=index.url)
    python, said = made(SetupRequest(folder=tmp_path / "env", python=sys.executable, wish=wish))
    assert said[-1].startswith("pip could not be added: `") and f" {python} " in said[-1]
    assert not python.with_name("pip").exists()
