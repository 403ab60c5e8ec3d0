"""What a target says of itself: real interpreters, with packages written for the test."""

from __future__ import annotations

import _decimal
import json
import os
import sys
from pathlib import Path

import pytest

from doctor.target.interpreter import INSIDE, Target
from tests import environments
from tests.bootstrap.roots import unpacked
from tests.environments import fake_torch, package, site_packages


def described(python: Path, **options):
    answers, ended = Target(python, **options).describe()
    assert ended.ok, ended
    return answers


@pytest.fixture
def site(bare_python) -> Path:
    return site_packages(bare_python.parent.parent)


def test_interpreter(bare_python):
    told = described(bare_python)["python"]
    assert told["version"] == "{}.{}.{}".format(*sys.version_info[:3])
    assert told["executable"] == str(bare_python)
    assert (told["kind"], told["bits"], told["free_threaded"]) == ("venv", 64, False)
    assert told["prefix"] != told["base_prefix"]


@pytest.mark.parametrize(
    ("config", "kind"), [("home = /usr\n", "venv"), ("virtualenv = 20.1\n", "virtualenv"), ("uv = 0.9\n", "uv")]
)
def test_kind_of_virtual_environment(bare_python, config, kind):
    file = bare_python.parent.parent / "pyvenv.cfg"
    kept = [line for line in file.read_text().splitlines() if not line.startswith("uv")]
    file.write_text("\n".join([*kept, config]))
    assert described(bare_python)["python"]["kind"] == kind


@pytest.mark.parametrize(
    ("history", "marker", "kind"),
    [("", "", "conda"), ("# cmd: /opt/bin/mamba create -n x", "", "mamba"), ("# cmd: conda create", "pixi", "pixi")],
)
def test_kind_of_conda_environment(bare_python, history, marker, kind):
    prefix = bare_python.parent.parent
    (prefix / "pyvenv.cfg").rename(prefix / "not.cfg")
    (prefix / "conda-meta").mkdir()
    (prefix / "conda-meta" / "history").write_text(history)
    if marker:
        (prefix / "conda-meta" / marker).touch()
    # an interpreter of its own would not find the library
    library = os.pathsep.join([str(Path(os.__file__).parent), str(Path(_decimal.__file__).parent)])
    answers, _ = Target(
        sys._base_executable, env={**os.environ, "PYTHONHOME": str(prefix), "PYTHONPATH": library}
    ).describe()
    assert answers["python"]["kind"] == kind


def test_distributions(bare_python, site):
    package(site, "Some.Thing", "1.0", requires=("numpy",))
    package(site, "torchmetrics", "1.2", requires=("torch>=2", "numpy; extra == 'all'"))
    (site / "broken-1.0.dist-info").mkdir()
    told = described(bare_python)
    found = {d["name"]: d for d in told["distributions"]}
    assert found["some-thing"]["version"] == "1.0"
    assert found["some-thing"]["requires"] == []  # has nothing to do with torch
    assert found["torchmetrics"]["requires"] == ["torch>=2"]
    assert told["leftovers"] == [str(site / "broken-1.0.dist-info")]


def test_leftovers_of_an_uninstall(bare_python, site):
    (site / "~orch" / "lib").mkdir(parents=True)
    (site / "torch" / "lib").mkdir(parents=True)
    assert described(bare_python)["leftovers"] == [str(site / "torch"), str(site / "~orch")]


def test_the_record_of_a_version_that_is_no_longer_there(bare_python, site):
    fake_torch(site, version="2.7.1+cu126")
    old = package(site, "torch", "2.4.0", {"torch/old.py": ""})
    assert described(bare_python)["leftovers"] == [str(old)]
    (site / "torch" / "version.py").write_text("__version__ = '2.9.0'\n")  # then neither is known to be the right one
    assert described(bare_python)["leftovers"] == []


def test_what_torch_needs_is_looked_at_too(bare_python, site):
    package(site, "torch", "2.7.1", {"torch/__init__.py": "", "torch/version.py": ""}, requires=("sympy>=1.13",))
    package(site, "sympy", "1.14.0", {"sympy/__init__.py": "x = 1\n"}, requires=("mpmath<1.4",))
    package(site, "mpmath", "1.3.0", {"mpmath/__init__.py": "x = 1\n", "mpmath/libmp/a.py": "x = 1\n"})
    other = package(site, "attrs", "25.1.0", {"attr/__init__.py": "x = 1\n"}, requires=("idna",))
    for file in ("mpmath/__init__.py", "mpmath/libmp/a.py", "attr/__init__.py"):
        (site / file).write_text("")
    told = described(bare_python)
    assert {d["name"]: d["requires"] for d in told["distributions"]}["sympy"] == ["mpmath<1.4"]
    assert other.exists() and [(d["package"], d["problem"]) for d in told["damaged"]] == [("mpmath", "size")]
    (site / "mpmath-1.3.0.dist-info" / "INSTALLER").write_text("conda\n")  # which leaves out files that are listed
    assert described(bare_python)["damaged"] == []


def test_requirements_of_the_extras_that_torch_asks_for(bare_python, site):
    package(site, "torch", "2.15.0", requires=("cuda-toolkit[cublas,nvrtc]==13.2.2", "optree; extra == 'optree'"))
    lines = ("nvidia-cublas==13.4.*; extra == 'cublas'", 'nvidia-npp==13.1.*; (os_name == "x") and extra == "npp"')
    package(site, "cuda-toolkit", "13.2.2", requires=lines)
    found = {d["name"]: d["requires"] for d in described(bare_python)["distributions"]}
    assert found == {"torch": ["cuda-toolkit[cublas,nvrtc]==13.2.2"], "cuda-toolkit": [lines[0]]}


def test_no_torch(bare_python):
    assert described(bare_python)["torch"] == {}


def test_torch_is_read_not_imported(bare_python, site):
    fake_torch(site, code="raise SystemExit('imported')")
    told = described(bare_python)
    assert told["torch"]["version"] == "2.7.1+cu126"
    assert (told["torch"]["cuda"], told["torch"]["hip"], told["torch"]["debug"]) == ("12.6", "", False)
    assert told["torch"]["installer"] == "pip"
    assert told["torch"]["location"] == str(site / "torch")
    assert told["damaged"] == []


def test_torch_without_its_version_file(bare_python, site):
    fake_torch(site)
    (site / "torch" / "version.py").unlink()
    told = described(bare_python)
    assert told["torch"]["version"] == "2.7.1+cu126"  # from the metadata
    assert told["torch"]["cuda"] is None
    assert [(d["problem"], Path(d["path"]).name) for d in told["damaged"]] == [("missing", "version.py")]


def test_editable_torch_is_found(bare_python, site, tmp_path):
    fake_torch(tmp_path / "checkout")
    (site / "torch.pth").write_text(str(tmp_path / "checkout"))
    (tmp_path / "checkout" / "setup.py").touch()
    (tmp_path / "checkout" / "torch" / "csrc").mkdir()
    told = described(bare_python)["torch"]
    assert told["location"] == str(tmp_path / "checkout" / "torch")
    assert told["editable"] is True


def test_damaged_files(bare_python, site):
    files = {f"torch/lib/lib{name}.so": "0123456789" for name in ("gone", "cut", "altered", "sound")}
    package(site, "torch", "2.7.1", {"torch/__init__.py": "", "torch/data.bin": "abc", **files})
    (site / "torch/lib/libgone.so").unlink()
    (site / "torch/lib/libcut.so").write_text("01234")
    (site / "torch/lib/libaltered.so").write_text("012345678X")
    (site / "torch/data.bin").write_text("abX")
    assert damage(described(bare_python)) == {"libgone.so": "missing", "libcut.so": "size", "libaltered.so": "hash"}
    assert damage(described(bare_python, full=True))["data.bin"] == "hash"


def damage(told) -> dict[str, str]:
    return {Path(entry["path"]).name: entry["problem"] for entry in told["damaged"]}


def test_files_that_conda_rewrote_are_only_looked_for(bare_python, site):
    meta = package(site, "torch", "2.7.1", {"torch/__init__.py": "", "torch/lib/libx.so": "0123", "torch/_C.so": "0"})
    (meta / "INSTALLER").write_text("conda\n")
    (site / "torch/lib/libx.so").write_text("another prefix")
    (site / "torch/_C.so").unlink()
    assert damage(described(bare_python)) == {"_C.so": "missing"}


def test_files_in_the_working_folder_that_hide_modules(bare_python, tmp_path):
    here = tmp_path / "work"
    for name in ("random.py", "numpy.py", "mine.py", "torch/__init__.py", "copy/data.txt", "json.txt"):
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).touch()
    found = described(bare_python, cwd=here)["shadowing"]
    assert {(s["module"], Path(s["path"]).name) for s in found} == {
        ("random", "random.py"),
        ("numpy", "numpy.py"),
        ("torch", "torch"),
    }
    safe = {**os.environ, "PYTHONSAFEPATH": "1"}
    assert described(bare_python, cwd=here, env=safe)["shadowing"] == []


def test_a_relative_python_path_is_looked_at_like_the_folder(bare_python, tmp_path):
    """Nothing of it is run: what is asked runs in another folder."""
    (tmp_path / "src").mkdir()
    (tmp_path / "src/torch.py").write_text("raise SystemExit('run')")
    for value in ("src", f"{os.pathsep}src", f"./src{os.pathsep}{tmp_path / 'none'}"):
        env = {**os.environ, "PYTHONPATH": value, "PYTHONSAFEPATH": "1"}
        found = described(bare_python, cwd=tmp_path, env=env)["shadowing"]
        assert [s["path"] for s in found] == [str(tmp_path / "src/torch.py")]


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("", True),
        ("import numpy\nprint('my notes')\n", True),
        ("def roll():\n    return 4\n", True),
        ("from random_of_another import *\n", False),
        ("from _own import " + ", ".join(__import__("random").__all__) + "\n", False),
        ("".join(f"def {name}(): pass\n" for name in __import__("random").__all__), False),
        ("".join(f"{name} = None\n" for name in __import__("random").__all__), False),
    ],
)
def test_what_a_file_in_the_place_of_a_module_lacks(bare_python, tmp_path, text, lacks):
    (tmp_path / "random.py").write_text(text)
    found = described(bare_python, cwd=tmp_path)["shadowing"]
    assert [bool(s["lacks"]) for s in found] == [lacks]


def test_our_own_checkout_hides_nothing(bare_python):
    import doctor

    checkout = Path(doctor.__file__).parents[1]
    assert "doctor" not in {s["module"] for s in described(bare_python, cwd=checkout)["shadowing"]}


def test_two_copies_on_the_search_path(bare_python, site, tmp_path):
    package(site, "torch", "2.7.1", {"torch/__init__.py": ""})
    package(tmp_path / "more", "torch", "2.2.0", {"torch/__init__.py": ""})
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "more")}
    told = described(bare_python, env=env)
    assert [d["version"] for d in told["distributions"] if d["name"] == "torch"] == ["2.2.0", "2.7.1"]
    assert told["torch"]["location"] == str(tmp_path / "more" / "torch")
    assert told["python"]["python_path"] == [str(tmp_path / "more")]


@pytest.mark.parametrize(
    "code", ["raise RuntimeError('broken')", "print('noise' * 999, end='')", "import os; os.close(2)"]
)
def test_a_sitecustomize_that_misbehaves(bare_python, site, code):
    (site / "sitecustomize.py").write_text(code)
    assert described(bare_python)["python"]["executable"] == str(bare_python)


def test_poor_surroundings(tmp_path):
    folder = tmp_path / "路 径"
    python = environments.venv(folder)
    fake_torch(site_packages(folder))
    env = {"LANG": "C", "LC_ALL": "C", "PATH": "/nonexistent", "HOME": "/nonexistent"}
    told = described(python, env=env, cwd=folder)
    assert told["torch"]["location"] == str(site_packages(folder) / "torch")


@pytest.mark.heavy
@pytest.mark.parametrize("version", ["3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13"])
def test_older_versions_of_python(version, tmp_path):
    told = described(environments.other_python(version), cwd=tmp_path)
    assert told["python"]["version"].startswith(f"{version}.")
    assert told["torch"] == {}


@pytest.mark.heavy
@pytest.mark.skipif(sys.platform != "linux", reason="roots of Debian")
@pytest.mark.parametrize("version", ["3.14", "3.15"])
def test_newer_versions_of_python(version, tmp_path):
    root = unpacked("forky", ("python3.14", "python3.15"), tmp_path / "root")
    root.put(INSIDE, "inside")
    done = root.run(f"python{version} -E -S inside/describe.py @ sample /")
    told = {}
    for line in done.stdout.splitlines():
        told |= json.loads(line[1:]) if line.startswith("@") else {}
    assert told["python"]["version"].startswith(f"{version}."), done.stderr
    assert told["torch"] == {}
