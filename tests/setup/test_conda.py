"""Environments by conda and pixi, with stand-ins for these programs that keep environments as folders."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from doctor.match import Wish
from doctor.model import DoctorError
from doctor.render.plan import summary
from doctor.setup import conda, installing
from doctor.setup.model import Transfer
from tests.bootstrap.parts import tools_only
from tests.surroundings import SCRIPTS

pytestmark = SCRIPTS

CONDA = """#!/bin/sh
echo "$@" >> "{root}/log"
case "$1 $2" in
"env list")
    for e in "{root}"/envs/*; do [ -d "$e" ] && list="$list,\\"$e\\""; done
    echo "{{\\"envs\\": [${{list#,}}]}}";;
"create --dry-run") echo '{solved}';;
"info --json") echo '{{"pkgs_dirs": ["{root}/nowhere", "{root}/pkgs"]}}';;
"create --yes") mkdir -p "{root}/envs/$4/bin"; ln -s "{python}" "{root}/envs/$4/bin/python"; {then};;
"env remove") rm -r "{root}/envs/$5";;
esac
"""
PIXI = """#!/bin/sh
echo "$@" >> "{root}/log"
case "$1" in
init) mkdir -p "$4"; touch "$4/pixi.toml";;
add)
    d=$(dirname "$3"); mkdir -p "$d/.pixi/envs/default/bin"
    ln -s "{python}" "$d/.pixi/envs/default/bin/python"; {then};;
esac
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH with what the stand-ins use and nothing else: no conda of this machine."""
    monkeypatch.setenv("PATH", tools_only(tmp_path / "path"))
    for name in ("CONDA_EXE", "MAMBA_EXE"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def stand_in(root: Path, name: str, script: str, then: str = "true", solved: str = "") -> None:
    file = root / "path" / name
    file.write_text(script.format(root=root, python=sys.executable, then=then, solved=solved))
    file.chmod(0o755)


def log(root: Path) -> list[str]:
    asked = ("env list", "create --dry-run", "info")
    return [line for line in (root / "log").read_text().splitlines() if not line.startswith(asked)]


def test_none_there(root: Path) -> None:
    with pytest.raises(DoctorError, match="conda was not found"):
        conda.prepare("torch", None, Wish())


def test_a_new_environment(root: Path) -> None:
    stand_in(root, "conda", CONDA)
    prepared = conda.prepare("torch", "3.12", Wish(accelerator="cpu"))
    assert (prepared.plan.state, prepared.plan.packages[0]) == ("new", "python=3.12")
    assert conda.carry_out(prepared, lambda _: None) == str(root / "envs" / "torch" / "bin" / "python")
    (line,) = log(root)
    assert line.startswith("create --yes --name torch --override-channels --channel conda-forge python=3.12 pytorch")


def test_what_the_solver_would_download_is_in_the_plan(root: Path) -> None:
    rows = [
        {"name": "pytorch", "version": "2.9.0", "size": 400_000_000, "url": "https://conda.example.com/pytorch.conda"},
        {"name": "mkl", "version": "2025.1", "size": 120_000_000, "url": "https://conda.example.com/mkl.conda"},
    ]
    told: list[str] = []
    stand_in(root, "mamba", CONDA, solved=json.dumps({"actions": {"FETCH": rows, "LINK": rows}, "success": True}))
    plan = conda.prepare("torch", "3.12", Wish(accelerator="cpu"), told.append).plan
    assert summary(plan) == "torch 2.9.0 (cpu), 2 packages, 520 MB to download"
    assert told == ["asking mamba what belongs together"]


def test_what_grows_in_the_cache_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program ends when its half of a file has been told of, and the whole as what is installed."""
    monkeypatch.setattr(installing, "_GROWTH_S", 0.01)
    rows = [{"name": "pytorch", "version": "2.9.0", "size": 8, "url": "https://conda.example.com/pytorch.conda"}]
    waits = "until [ -e {0}/seen ]; do sleep 0.01; done; rm {0}/seen"
    then = (
        "mkdir {0}/pkgs; printf 1234 >{0}/pkgs/pytorch.conda.partial; " + waits
        + "; printf 5678 >>{0}/pkgs/pytorch.conda.partial; mv {0}/pkgs/pytorch.conda.partial {0}/pkgs/pytorch.conda; "
        + waits
    )  # fmt: skip
    told: list[str | Transfer] = []

    def doing(what: str | Transfer) -> None:
        if what != Transfer(0, 8) and what not in told:
            told.append(what)
            (root / "seen").touch()

    stand_in(root, "mamba", CONDA, then.format(root), json.dumps({"actions": {"FETCH": rows}}))
    conda.carry_out(conda.prepare("torch", "3.12", Wish(accelerator="cpu")), lambda _: None, doing)
    assert told == [Transfer(4, 8), "installing 1 packages"]


def test_an_existing_environment_is_said_to_be_changed(root: Path) -> None:
    stand_in(root, "conda", CONDA)
    (root / "envs" / "torch").mkdir(parents=True)
    plan = conda.prepare("torch", None, Wish(accelerator="cpu")).plan
    assert (plan.state, plan.commands[0][1]) == ("existing", "install")
    assert "This environment exists" in plan.notes[0]


def test_a_failure_leaves_nothing(root: Path) -> None:
    stand_in(root, "conda", CONDA, then="echo no space left >&2; exit 1")
    prepared = conda.prepare("torch", None, Wish(accelerator="cpu"))
    with pytest.raises(DoctorError) as error:
        conda.carry_out(prepared, lambda _: None)
    assert error.value.context == "no space left"
    assert log(root)[-1] == "env remove --yes --name torch"
    assert not (root / "envs" / "torch").exists()


def test_pixi(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(root, "pixi", PIXI)
    monkeypatch.chdir(root)
    prepared = conda.prepare("project", "3.12", Wish(accelerator="cpu"))
    python = conda.carry_out(prepared, lambda _: None)
    assert python == str(root / "project" / ".pixi" / "envs" / "default" / "bin" / "python")
    assert log(root)[0] == "init --channel conda-forge project"
    stand_in(root, "pixi", PIXI, then="exit 1")
    with pytest.raises(DoctorError):
        conda.carry_out(conda.prepare("other", None, Wish(accelerator="cpu")), lambda _: None)
    assert not (root / "other").exists()
    assert (root / "project" / "pixi.toml").exists()
