"""What is published: wheel and sdist hold what they should, install clean, and work without the checkout."""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests import environments
from tests.packages import CHECKOUT, built

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def dist(tmp_path_factory) -> Path:
    return built(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def installed(dist, tmp_path_factory) -> Path:
    """The wheel in an environment of its own, as pipx and uvx make one; returns its folder of programs."""
    python = environments.venv(tmp_path_factory.mktemp("installed") / "env")
    environments.install(python, str(next(dist.glob("*.whl"))))
    return python.parent


def run(installed: Path, *words: str, cwd: Path, program: str = "torch-doctor") -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(installed / program), *words], cwd=cwd, capture_output=True, text=True, check=False)


def data_files() -> set[str]:
    return {
        str(path.relative_to(CHECKOUT))
        for path in (CHECKOUT / "doctor").rglob("*")
        if path.suffix in (".json", ".toml", ".xml", ".typed") and path.name != "ruff.toml"
    }


def test_the_wheel_holds_code_data_and_recipes(dist):
    names = set(zipfile.ZipFile(next(dist.glob("*.whl"))).namelist())
    assert data_files() <= names
    assert {f"doctor/recipes/{path.name}" for path in (CHECKOUT / "recipes").glob("*.py")} <= names
    assert {str(p.relative_to(CHECKOUT)) for p in (CHECKOUT / "doctor").rglob("*.py")} <= names
    assert not [name for name in names if name.startswith(("tests/", "scripts/")) or "__pycache__" in name]


def test_the_sdist_holds_what_a_distribution_needs_to_test_it(dist):
    with tarfile.open(next(dist.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {"pyproject.toml", "README.md", "LICENSE", "scripts/bootstrap.sh", "scripts/test.sh", "tests/conftest.py"}
    assert wanted <= names
    assert data_files() <= names
    assert {str(path.relative_to(CHECKOUT)) for path in (CHECKOUT / "tests").rglob("*.py")} <= names
    assert not [name for name in names if "__pycache__" in name or name.startswith(".cache")]


def test_the_metadata(dist):
    archive = zipfile.ZipFile(next(dist.glob("*.whl")))
    metadata = archive.read(next(name for name in archive.namelist() if name.endswith("METADATA"))).decode()
    assert "Requires-Python: >=3.11" in metadata
    for minor in range(11, 16):
        assert f"Programming Language :: Python :: 3.{minor}" in metadata
    assert "Description-Content-Type: text/markdown" in metadata


def test_it_works_without_the_checkout(installed, tmp_path):
    python = str(installed / "python")
    checked = run(installed, "check", "--format", "json", "--python", python, cwd=tmp_path)
    assert json.loads(checked.stdout)["kind"] == "check"
    matched = run(installed, "match", "--format", "json", cwd=tmp_path)
    assert json.loads(matched.stdout)["choice"]["torch"]
    as_module = run(installed, "-m", "doctor", "--version", cwd=tmp_path, program="python")
    assert as_module.stdout == run(installed, "--version", cwd=tmp_path).stdout
    assert "01_numpy" in run(installed, "run-recipes", "--list", cwd=tmp_path).stdout
    for shell in ("bash", "zsh"):
        assert "torch-doctor" in run(installed, "completion", shell, cwd=tmp_path).stdout


def test_it_runs_the_recipes_in_another_environment(installed, torch_python, tmp_path):
    """The first, and one of those that lean on it; tests/cli/test_run_recipes.py runs them all."""
    words = ("run-recipes", "1", "3", "--quick", "--python", str(torch_python), "--format", "json")
    done = run(installed, *words, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert [result["status"] for result in json.loads(done.stdout)["results"]] == ["passed"] * 2


def test_its_dependencies_fit_each_other(installed):
    argv = [sys.executable, "-m", "pip", "--python", str(installed / "python"), "check"]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
