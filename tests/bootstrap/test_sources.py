"""--mirror auto and --conda: what is used when the configured source does not answer, and where conda's Python lies."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.bootstrap.parts import SCRIPT, bootstrap, environment, index, pip_and_uv, stand_in, wheel


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    folder = tmp_path / "wheels"
    folder.mkdir()
    stand_in(folder)
    wheel(folder, "packaging", "99.0", {"packaging.py": ""})
    pip_and_uv(folder)
    return folder


def automatic(home: Path, wheels: Path, configured: str, first_mirror: str) -> subprocess.CompletedProcess[str]:
    """The real script, with the address of its first mirror exchanged for one on loopback."""
    script = SCRIPT.read_text().replace("https://pypi.tuna.tsinghua.edu.cn/simple", first_mirror)
    source = next(wheels.glob("torch_doctor*"))
    return subprocess.run(
        ["sh", "-s", "--", "--yes", "--source", str(source), "--mirror", "auto"],
        input=script,
        cwd=home,
        env=environment(home, PIP_INDEX_URL=configured),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.heavy
def test_auto_keeps_the_configured_source_while_it_answers(home, wheels):
    with index(wheels) as url:
        done = automatic(home, wheels, f"{url}/simple", "http://127.0.0.1:9/simple")
    assert done.returncode == 0, done.stderr
    assert "trying" not in done.stderr


@pytest.mark.heavy
@pytest.mark.parametrize("fault", ["gone", "web_page", "broken"])
def test_auto_takes_a_mirror_when_the_configured_source_fails(home, wheels, fault):
    with index(wheels, fault) as configured, index(wheels) as mirror:
        done = automatic(home, wheels, f"{configured}/simple", f"{mirror}/simple")
    assert done.returncode == 0, done.stderr
    assert "does not answer; trying tuna" in done.stderr


@pytest.mark.heavy
def test_the_conda_that_is_there_is_used(home, wheels, tmp_path):
    base = tmp_path / "conda"
    (base / "bin").mkdir(parents=True)
    (base / "bin/conda").write_text(f'#!/bin/sh\n[ "$1 $2" = "info --base" ] && echo {base}\n')
    (base / "bin/conda").chmod(0o755)
    python = base / "envs/torch/bin/python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)  # what the real setup would have made
    path = f"{base}/bin:/usr/bin:/bin"
    source = next(wheels.glob("torch_doctor*"))
    with index(wheels) as url:
        done = bootstrap(
            "--yes", "--source", source, "--mirror", f"{url}/simple", "--conda", "torch", home=home, PATH=path
        )
    assert done.returncode == 0, done.stderr
    asked = (home.parent / "asked").read_text()
    assert "setup --yes --conda torch" in asked
    assert f"check --python {python}" in asked
    assert "conda activate torch" in done.stdout
