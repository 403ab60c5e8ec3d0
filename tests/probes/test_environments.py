"""Other environments, found by their files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from doctor.bootstrap.home import find_home
from doctor.bootstrap.records import EnvironmentRecord as Record
from doctor.bootstrap.records import remember
from doctor.probes import environments
from doctor.target import Target
from tests.environments import fake_torch


def environment(prefix: Path, torch: str = "", conda: bool = False) -> Path:
    (prefix / "bin").mkdir(parents=True)
    (prefix / "bin/python").touch()
    site = prefix / "lib/python3.12/site-packages"
    site.mkdir(parents=True)
    if torch:
        fake_torch(site, version=torch)
    if conda:
        (prefix / "conda-meta").mkdir()
        (prefix / "conda-meta/python-3.12.4-h0_0.json").touch()
    else:
        (prefix / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.12.1\n")
    return prefix


def found(home: Path, cwd: Path, **env: str):
    target = Target("python", env={"HOME": str(home), "USERPROFILE": str(home), **env}, cwd=cwd)
    return {Path(e.path).name: e for e in environments.probe(target).found if str(home) in e.path}


def test_the_bootstrap_s_come_first(tmp_path):
    bootstrapped = find_home({"HOME": str(tmp_path), "USERPROFILE": str(tmp_path)})
    bootstrapped.claim()
    for name in ("first", "last"):
        remember(bootstrapped, Record(str(environment(tmp_path / name, "2.15.0+cpu")), made=True))
    environment(tmp_path / ".venv", "2.7.1")
    assert [(name, e.kind) for name, e in found(tmp_path, tmp_path).items()] == [
        ("last", "bootstrap"), ("first", "bootstrap"), (".venv", "venv"),
    ]  # fmt: skip


def test_each_kind(tmp_path):
    environment(tmp_path / "work/.venv", "2.7.1+cu126")
    environment(tmp_path / "miniconda3", conda=True)
    environment(tmp_path / "miniconda3/envs/train", "2.5.1", conda=True)
    environment(tmp_path / ".pyenv/versions/3.12.1")
    kernel = tmp_path / ".local/share/jupyter/kernels/lab/kernel.json"
    kernel.parent.mkdir(parents=True)
    kernel.write_text(json.dumps({"argv": [str(environment(tmp_path / "lab", "2.2.0") / "bin/python"), "-m", "x"]}))
    every = found(tmp_path, tmp_path / "work")
    assert (every[".venv"].kind, every[".venv"].torch_version) == ("venv", "2.7.1+cu126")
    assert (every["miniconda3"].kind, every["miniconda3"].name, every["miniconda3"].torch_version) == (
        "conda",
        "base",
        "",
    )
    assert (every["train"].name, every["train"].torch_version) == ("train", "2.5.1")
    assert (every["train"].python_version, every[".venv"].python_version) == ("3.12.4", "3.12.1")
    assert every["3.12.1"].kind == "pyenv"
    assert (every["lab"].kind, every["lab"].torch_version) == ("jupyter kernel", "2.2.0")


def test_conda_s_own_list(tmp_path):
    environment(tmp_path / "far/away", "2.7.1", conda=True)
    (tmp_path / ".conda").mkdir()
    (tmp_path / ".conda/environments.txt").write_text(f"{tmp_path}/far/away\n/gone\n\n\x00\n")
    assert found(tmp_path, tmp_path)["away"].torch_version == "2.7.1"


def test_each_once_however_it_is_reached(tmp_path):
    environment(tmp_path / "real", conda=True)
    (tmp_path / "miniconda3/envs").mkdir(parents=True)
    (tmp_path / "miniconda3/envs/link").symlink_to(tmp_path / "real")
    (tmp_path / ".conda").mkdir()
    (tmp_path / ".conda/environments.txt").write_text(f"{tmp_path}/real\n")
    assert list(found(tmp_path, tmp_path)) == ["real"]


def test_nothing_there(tmp_path):
    assert found(tmp_path / "no home", tmp_path / "nowhere") == {}


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"argv": []}', '{"argv": ["python"]}', '{"argv": "x"}', '{"argv": ["/usr/bin/R"]}']
)
def test_kernels_that_name_no_interpreter(text):
    assert environments.kernel_executable(text) == ""
