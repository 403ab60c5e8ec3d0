"""--mirror auto and --conda: what is used when the configured source does not answer, and where conda's Python lies."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from doctor.bootstrap import index as index_module
from doctor.bootstrap.home import Home
from doctor.bootstrap.machine import look
from doctor.bootstrap.options import Options
from doctor.bootstrap.run import Run
from doctor.bootstrap.talk import Talk
from tests.bootstrap.parts import CHECKOUT, SCRIPT, bootstrap, index, pip_and_uv, stand_in, wheel

FIRST = "https://pypi.tuna.tsinghua.edu.cn/simple"


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    folder = tmp_path / "wheels"
    folder.mkdir()
    stand_in(folder)
    wheel(folder, "packaging", "99.0", {"packaging.py": ""})
    pip_and_uv(folder)
    return folder


def automatic(home: Path, wheels: Path, configured: str, first_mirror: str) -> subprocess.CompletedProcess[str]:
    """With the address of the first mirror exchanged for one on loopback."""
    catalog = (CHECKOUT / "doctor/catalog/mirrors.toml").read_text()
    assert FIRST in catalog
    changed = {"doctor/catalog/mirrors.toml": catalog.replace(FIRST, first_mirror)}
    source = stand_in(wheels, "0.2.0", changed)
    return bootstrap("--yes", "--source", source, "--mirror", "auto", home=home, PIP_INDEX_URL=configured)


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


CONDA = {
    "conda": {"root_prefix": "{base}", "envs_dirs": ["{base}/envs", "/elsewhere/envs"]},
    "mamba": {"base environment": "{base}", "envs directories": ["{base}/envs"]},
    "micromamba": {"base environment": "{base}", "envs directories": ["{base}/envs"]},
}


def install_conda(base: Path, program: str) -> str:
    """A program that answers `info --json` as conda, mamba 2 and micromamba do; the PATH with it."""
    (base / "bin").mkdir(parents=True)
    said = json.dumps(CONDA[program]).replace("{base}", str(base))
    (base / "bin" / program).write_text(f"#!/bin/sh\n[ \"$*\" = 'info --json' ] && echo '{said}'\n")
    (base / "bin" / program).chmod(0o755)
    return f"{base}/bin:/usr/bin:/bin"


@pytest.mark.heavy
@pytest.mark.parametrize("program", CONDA)
def test_the_conda_that_is_there_is_used(home, wheels, tmp_path, program):
    base = tmp_path / "conda"
    path = install_conda(base, program)
    python = base / "envs/torch/bin/python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)  # what the real setup would have made
    source = next(wheels.glob("torch_doctor*"))
    with index(wheels) as url:
        words = ("--yes", "--source", source, "--mirror", f"{url}/simple", "--conda", "torch")
        done = bootstrap(*words, home=home, PATH=path)
        again = bootstrap(*words, home=home, PATH=path)
    assert (done.returncode, again.returncode) == (0, 0), done.stderr + again.stderr
    asked = (home.parent / "asked").read_text()
    assert asked.count("setup --yes --conda torch") == 1
    assert f"check --python {python}" in asked
    assert ("conda activate torch" if program == "conda" else f"{base}/envs/torch/bin") in done.stdout


def test_a_conda_that_does_not_say_where_its_environments_lie(home, wheels, tmp_path):
    path = install_conda(tmp_path / "conda", "conda")
    (tmp_path / "conda/bin/conda").write_text("#!/bin/sh\necho base environment: /opt/conda\n")
    done = bootstrap("--yes", "--offline", wheels, "--dry-run", home=home, PATH=path)
    assert done.returncode == 0, done.stderr
    with index(wheels) as url:
        source = next(wheels.glob("torch_doctor*"))
        words = ("--yes", "--source", source, "--mirror", f"{url}/simple", "--conda", "torch")
        done = bootstrap(*words, home=home, PATH=path)
    assert done.returncode == 1
    assert "does not say where its environments lie" in done.stderr


@pytest.mark.heavy
def test_a_mirror_counts_on_every_run(home, wheels):
    """Named only when the program's own part stood already: the setup that follows uses it."""
    source = next(wheels.glob("torch_doctor*"))
    words = ("--yes", "--source", source)
    with index(wheels) as first, index(wheels) as second:
        done = bootstrap(*words, "--mirror", f"{first}/simple", home=home, FAKE_FAILS="setup")
        assert done.returncode == 1
        done = bootstrap(*words, "--mirror", f"{second}/simple", home=home)
    assert done.returncode == 0, done.stderr
    told = [line for line in (home.parent / "sources").read_text().splitlines() if line.startswith("setup")]
    assert told == [f"setup {first}/simple {first}/simple", f"setup {second}/simple {second}/simple"]


def test_a_mirror_that_is_dead_is_named(home, wheels):
    source = next(wheels.glob("torch_doctor*"))
    done = bootstrap("--yes", "--source", source, "--mirror", "http://127.0.0.1:9/simple", home=home, PIP_RETRIES="1")
    assert done.returncode == 1
    assert "could not be installed from http://127.0.0.1:9/simple" in done.stderr
    assert "the connection was refused" in done.stderr


def test_where_every_mirror_failed_auto_is_not_advised(tmp_path):
    """Nor is a mirror where none is used."""
    log = "ERROR: No matching distribution found for rich"
    assert "--mirror" in advice(tmp_path, "", log, mirror_helps=True)
    assert "--mirror" not in advice(tmp_path, "auto", log, mirror_helps=True)
    assert "--mirror" not in advice(tmp_path, "", log, mirror_helps=False)
    said: list[str] = []
    assert index_module.answering({}, lambda variables: False, said.append) is None
    assert [line.rpartition(" ")[2] for line in said] == ["tuna", "aliyun", "ustc", "tencent", "nju", "huawei"]


def advice(folder: Path, mirror: str, log: str, *, mirror_helps: bool) -> str:
    home, options = Home(folder), Options(mirror=mirror)
    run = Run(options, home, look(home, {}), {}, Talk(options, {}))
    run.begin()
    home.log.write_text(log)
    return run.failure("it failed", mirror_helps=mirror_helps).next_step


def test_the_mirrors_are_those_of_the_catalog_that_serve():
    assert index_module.address("tuna") == FIRST
    assert "douban" not in index_module.mirrors()
    assert all(url.startswith("https://") for url in index_module.mirrors().values())


def test_official_leaves_the_users_source_out():
    variables = index_module.using("official", {"PIP_INDEX_URL": "http://a.example/simple", "HOME": "/h"})
    assert "PIP_INDEX_URL" not in variables
    assert variables["HOME"] == "/h"
    assert variables["UV_NO_CONFIG"] == "1"


def test_a_password_in_the_address_of_a_mirror_is_not_shown():
    assert index_module.shown("https://me:s3cret@mirror.example/simple") == "https://mirror.example/simple"
    assert index_module.shown("tuna").startswith("tuna (https://")


@pytest.mark.skipif(sys.platform == "win32", reason="runs the script for sh")
def test_the_folder_that_a_pipe_is_run_in_is_not_taken_for_the_program(home, tmp_path):
    """It may be anybody's: only a script that is a file has a checkout around it."""
    folder = tmp_path / "cloned" / "inside"
    for root in (folder, folder.parent):
        (root / "doctor/bootstrap").mkdir(parents=True, exist_ok=True)
        (root / "pyproject.toml").write_text('name = "torch-doctor"\n')
        for name in ("__init__.py", "bootstrap/__init__.py", "bootstrap/__main__.py"):
            (root / "doctor" / name).write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n")
    for name in ("sh", "bootstrap.sh"):
        (folder / name).touch()
    env = {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHON": sys.executable}
    done = subprocess.run(
        ["sh", "-s", "--", "--yes"],
        input=SCRIPT.read_text(),
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "torch-doctor itself is missing" in done.stderr
    assert not (tmp_path / "ran").exists()
