"""A project's own file: what it asks of torch, what goes along, and what cannot be taken over."""

from __future__ import annotations

from pathlib import Path

import pytest

from doctor.catalog import conda_names
from doctor.match import Machine, Wish, match
from doctor.model import DoctorError
from doctor.setup import project
from doctor.setup.project import Project, markers_of

LINUX = Machine(os="linux", arch="x86_64", python="3.12")
PYPROJECT = """\
[project]
name = "my-model"
requires-python = ">=3.10"
dependencies = ["torch>=2.4", "numpy"]
[project.optional-dependencies]
vision = ["torchvision"]
all = ["my_model[vision]", "rich"]
[dependency-groups]
test = ["pytest"]
dev = [{include-group = "test"}, "ruff"]
"""
ENVIRONMENT = """\
name: train
channels: [conda-forge, nodefaults]
dependencies:
  - python=3.11
  - pytorch::pytorch=2.7.1=cpu_generic_py311h1234567_0
  - pytorch-cuda=12.6
  - numpy=1.26
  - scikit-learn>=1.4,<2
  - matplotlib-base 3.9.*
  - pillow[version='>=10']
  - scipy 1.13.1 py311h0
  - ffmpeg
  - tqdm>=4|4.1.*
  - pip
  - pip:
      - einops>=0.8
      - -e .
"""


def file(folder: Path, name: str, text: str, *extras: str, groups: tuple[str, ...] = ()) -> Project:
    (folder / name).write_text(text)
    return project.read(str(folder / name), extras, groups)


def test_requirements(tmp_path: Path) -> None:
    text = (
        "torch==2.7.1+cu126 ; sys_platform == 'linux'\nsix\n--extra-index-url https://ada:s3@x.example/simple\n-e .\n"
    )
    found = file(tmp_path, "requirements.txt", text)
    assert found.others == ("six",)
    assert found.left_out == ("--extra-index-url https://x.example/simple", "-e .")
    assert found.wish(Wish(), LINUX) == Wish(torch="==2.7.1", build="cu126")
    assert found.wish(Wish(), Machine(os="windows", arch="x86_64", python="3.12")) == Wish()
    assert found.wish(Wish(torch="<3"), LINUX).torch == "<3,==2.7.1"
    with pytest.raises(DoctorError, match="another build"):
        found.wish(Wish(build="cpu"), LINUX)


def test_an_address_of_a_wheel_is_its_version(tmp_path: Path) -> None:
    url = "https://files.example/torch-2.7.1%2Bcu118-cp312-cp312-manylinux_2_28_x86_64.whl"
    assert file(tmp_path, "r.txt", f"torch @ {url}\n").wish(Wish(), LINUX) == Wish(torch="==2.7.1", build="cu118")
    with pytest.raises(DoctorError, match="by an address without a version"):
        file(tmp_path, "r.txt", "torch @ git+https://git.example/torch\n").wish(Wish(), LINUX)


def test_companions_decide_with(tmp_path: Path) -> None:
    found = file(tmp_path, "r.txt", "torch\ntorchvision<0.22\n")
    choice = match(LINUX, found.wish(Wish(build="cpu"), LINUX)).choice
    assert choice and (choice.torch, choice.torchvision) == ("2.6.0", "0.21.0")
    with pytest.raises(DoctorError) as error:
        file(tmp_path, "r.txt", "torch>=2.9\ntorchvision<0.22\n").wish(Wish(build="cpu"), LINUX)
    assert (
        error.value.context == "r.txt asks for torch>=2.9, torchvision<0.22" or "r.txt asks for" in error.value.context
    )


def test_pyproject(tmp_path: Path) -> None:
    assert file(tmp_path, "pyproject.toml", PYPROJECT).others == ("numpy",)
    found = file(tmp_path, "pyproject.toml", PYPROJECT, "all", groups=("dev",))
    assert found.others == ("numpy", "rich", "pytest", "ruff") or set(found.others) == {
        "numpy",
        "rich",
        "pytest",
        "ruff",
    }
    assert "torchvision" in [one.name for one in found.asked]
    with pytest.raises(DoctorError, match=r"is for Python >=3\.10"):
        found.wish(Wish(), Machine(os="linux", arch="x86_64", python="3.9"))
    with pytest.raises(DoctorError) as error:
        file(tmp_path, "pyproject.toml", PYPROJECT, "visoin")
    assert error.value.context == "there: vision, all"


def test_environment_yml(tmp_path: Path) -> None:
    found = file(tmp_path, "environment.yml", ENVIRONMENT)
    assert found.others == (
        "einops>=0.8", "numpy==1.26.*", "scikit-learn<2,>=1.4", "matplotlib==3.9.*", "pillow>=10", "scipy==1.13.1",
    )  # fmt: skip
    assert found.left_out == ("-e .", "pytorch-cuda=12.6", "ffmpeg", "tqdm>=4|4.1.*")
    assert found.only_python == "3.11"
    assert found.wish(Wish(), Machine(os="linux", arch="x86_64", python="3.11")).torch == "==2.7.1"
    assert found.notes[0].startswith("Not taken over from ")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pyproject.toml", "[tool.poetry]\n"),
        ("pyproject.toml", "[project"),
        ("environment.yml", "- a\n"),
        ("environment.yml", "a: [\n"),
        ("environment.yml", "dependencies: [{pip: [this is prose]}]\n"),
        ("requirements.txt", "this is prose\n"),
    ],
)
def test_files_that_are_none(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(DoctorError) as error:
        file(tmp_path, name, text)
    assert (error.value.reference, error.value.exit_code) == ("project-file", 2)
    assert error.value.context


def test_only_names_that_are_known_are_taken_over() -> None:
    assert conda_names.on_pypi("PyTorch") == "torch"
    assert conda_names.on_pypi("numpy") == "numpy"
    assert conda_names.on_pypi("ffmpeg") == conda_names.on_pypi("cudatoolkit") == ""


def test_markers_of_another_system() -> None:
    windows = markers_of(Machine(os="windows", arch="x86_64", python="3.12"))
    assert (windows["sys_platform"], windows["platform_machine"], windows["python_version"]) == (
        "win32",
        "AMD64",
        "3.12",
    )
