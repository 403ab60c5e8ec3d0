"""`torch-doctor diff` as a user starts it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from doctor.cli import main
from doctor.diff import AREAS
from doctor.setup import pylock
from doctor.setup.model import Download
from tests.environments import package, site_packages, venv

MACHINES = Path(__file__).parent.parent / "machines"


def facts_file(name: str, folder: Path) -> str:
    """A report of one of the test machines."""
    machine = json.loads((MACHINES / name).read_text())
    report = {"schema_version": 1, "kind": "check", "healthy": True, "findings": [], "unknown": [], "timings": {}}
    (folder / name).write_text(json.dumps(report | {"facts": machine.get("facts", machine)}))
    return str(folder / name)


def test_a_machine_is_identical_with_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = facts_file("rtx4090_healthy.json", tmp_path)
    assert main(["diff", name, name]) == 0
    assert "are identical" in capsys.readouterr().out


def test_two_machines(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    a, b = facts_file("v100_cu126_healthy.json", tmp_path), facts_file("v100_cu130.json", tmp_path)
    assert main(["diff", a, b, "--format", "json"]) == 1
    document = json.loads(capfd.readouterr().out)
    assert (document["kind"], document["identical"]) == ("diff", False)
    areas = [row["area"] for row in document["differences"]]
    assert "torch" in areas
    assert areas == sorted(areas, key=AREAS.index)


def test_two_environments(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for name, version in (("a", "1.0"), ("b", "1.1")):
        venv(tmp_path / name)
        package(site_packages(tmp_path / name), "six", version, {"six.py": ""})
    assert main(["diff", str(tmp_path / "a"), str(tmp_path / "b")]) == 1
    assert "  six: 1.0 → 1.1" in capfd.readouterr().out
    assert main(["diff", str(tmp_path / "a"), "here", "--python", str(tmp_path / "a")]) == 0


REQUIREMENTS = """\
# what the project needs
--extra-index-url https://wheels.example.com/simple
Six >= 1.10, < 2 \\
    --hash=sha256:0000
tqdm==4.67.1
typing_extensions; python_version >= "3.8"
dataclasses; python_version < "3.7"
absent>=3  # not installed
-e ./src
./wheels/mine-1.0-py3-none-any.whl
other @ https://ada:s3cret@files.example.com/other-1.0-py3-none-any.whl
-r more.txt
"""


def environment(folder: Path, **versions: str) -> str:
    venv(folder)
    for name, version in versions.items():
        package(site_packages(folder), name, version, {f"{name}.py": ""})
    return str(folder)


def test_a_requirements_file_and_an_environment(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "requirements.txt").write_text(REQUIREMENTS)
    (tmp_path / "more.txt").write_text("-r requirements.txt\nmore\n")
    file = str(tmp_path / "requirements.txt")
    env = environment(tmp_path / "e", six="1.16.0", tqdm="4.66.0", typing_extensions="4.1", other="1.0", extra="2.0")
    assert main(["diff", file, env, "--format", "json"]) == 1
    document = json.loads(capfd.readouterr().out)
    assert [(row["what"], row["a"], row["b"]) for row in document["differences"]] == [
        ("absent", ">=3", "not there"),
        ("more", "any version", "not there"),
        ("tqdm", "==4.67.1", "4.66.0"),
    ]
    assert main(["diff", env, file]) == 1
    assert "  tqdm: 4.66.0 → ==4.67.1" in capfd.readouterr().out


def test_a_requirements_file_and_here_a_report_a_lock_and_another(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    env, file = environment(tmp_path / "e", six="1.16.0", torch="2.9.0+cpu"), str(tmp_path / "requirements.in")
    Path(file).write_text("torch==2.9.0\nsix\n")
    assert main(["diff", file, "here", "--python", env]) == 0
    lock = tmp_path / "pylock.cpu.toml"
    row = ("2.9.0+cpu", "https://files.example.com/torch-2.9.0+cpu-cp312-cp312-linux_x86_64.whl", "a" * 64, 1)
    lock.write_text(pylock.dump([Download("torch", *row)], "3.12"))
    assert main(["diff", str(lock), file]) == 1
    told = capfd.readouterr().out
    assert "  six: not there → any version" in told
    assert "  torch:" not in told
    other = tmp_path / "other.txt"
    other.write_text("six>=1\ntorch==2.9.0\n")
    assert main(["diff", file, str(other)]) == 1
    assert capfd.readouterr().out.splitlines()[2:] == ["  six: any version → >=1"]


def test_requirements_and_a_report(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    report = facts_file("rtx4090_healthy.json", tmp_path)
    (tmp_path / "wanted.txt").write_text("torch>=99\n")
    assert main(["diff", report, str(tmp_path / "wanted.txt")]) == 1
    assert "→ >=99" in capfd.readouterr().out


def test_a_list_that_powershell_redirected(tmp_path: Path) -> None:
    env = environment(tmp_path / "e", six="1.16.0")
    (tmp_path / "frozen.txt").write_text("six==1.16.0\r\n", encoding="utf-16")
    assert main(["diff", str(tmp_path / "frozen.txt"), env]) == 0


def test_a_requirements_file_that_names_one_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("six\n-r gone.txt\n")
    assert main(["diff", str(tmp_path / "a.txt"), "here"]) == 2
    assert "gone.txt" in capsys.readouterr().err


def test_a_text_that_is_no_requirements_file_is_read_as_a_report(tmp_path: Path) -> None:
    (tmp_path / "env.txt").write_text("PyTorch version: 2.9.0+cu126\nIs CUDA available: True\n")
    assert main(["diff", str(tmp_path / "env.txt"), str(tmp_path / "env.txt")]) == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-", "-"), "only one of the two can be read from stdin"),
        (("/nonexistent.json", "/nonexistent.json"), "cannot read"),
        (("/nonexistent.toml", "here"), "cannot read"),
        (("a.json", "b.json", "--python", "x"), "--python needs `here` on one side"),
    ],
)
def test_wrong_usage(words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", *words]) == 2
    assert said in capsys.readouterr().err


def test_a_newer_contract(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "doctor.lock.toml").write_text("schema_version = 9\n")
    assert main(["diff", str(tmp_path), str(tmp_path)]) == 2
    assert "newer torch-doctor" in capsys.readouterr().err


UV_LOCK = """\
version = 1
requires-python = ">=3.10"

[[package]]
name = "mine"
version = "0.1.0"
source = { editable = "." }
dependencies = [
    { name = "six" },
    { name = "tqdm" },
    { name = "winonly", marker = "sys_platform == 'win32'" },
]

[[package]]
name = "six"
version = "1.17.0"
source = { registry = "https://pypi.example/simple" }

[[package]]
name = "tqdm"
version = "4.67.1"
source = { registry = "https://pypi.example/simple" }
dependencies = [{ name = "colorama", marker = "sys_platform == 'win32'" }]

[[package]]
name = "colorama"
version = "0.4.6"
source = { registry = "https://pypi.example/simple" }

[[package]]
name = "winonly"
version = "1.0"
source = { registry = "https://pypi.example/simple" }

[[package]]
name = "torch"
version = "2.9.0"
source = { registry = "https://pypi.example/simple" }

[[package]]
name = "torch"
version = "2.9.0+cpu"
source = { registry = "https://wheels.example/cpu" }
"""


def differences(capfd: pytest.CaptureFixture[str]) -> list[tuple[str, str, str]]:
    rows = json.loads(capfd.readouterr().out)["differences"]
    return [(row["what"], row["a"], row["b"]) for row in rows if row["area"] in ("packages", "python")]


def test_a_lock_of_uv(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """What only another platform needs makes no difference; either of two forks of a package is right."""
    (tmp_path / "uv.lock").write_text(UV_LOCK)
    lock = str(tmp_path / "uv.lock")
    same = environment(tmp_path / "e", six="1.17.0", tqdm="4.67.1", torch="2.9.0+cpu", mine="0.1.0", pip="26.0")
    assert main(["diff", lock, same]) == 0
    other = environment(tmp_path / "f", tqdm="4.66.0", torch="2.8.0", rich="14.0")
    capfd.readouterr()
    assert main(["diff", lock, other, "--format", "json"]) == 1
    assert differences(capfd) == [
        ("six", "1.17.0", "not there"),
        ("torch", "2.9.0 | 2.9.0+cpu", "2.8.0"),
        ("tqdm", "4.67.1", "4.66.0"),
        ("rich", "not there", "14.0"),
    ]
    (tmp_path / "r.txt").write_text("six>=1.10\ntorch==2.8\n")
    assert main(["diff", str(tmp_path / "r.txt"), lock, "--format", "json"]) == 1
    assert differences(capfd) == [("torch", "==2.8", "2.9.0 | 2.9.0+cpu")]
    (tmp_path / "uv.lock").write_text("[[package]]\nversion = 1\n")
    assert main(["diff", lock, other]) == 2


def test_the_files_of_a_project(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    env = environment(tmp_path / "e", six="1.17.0", torch="2.9.0", extra="1.0")
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "mine"\nrequires-python = "<3"\ndependencies = ["six<1.17", "torch"]\n'
    )
    assert main(["diff", str(tmp_path / "pyproject.toml"), env, "--format", "json"]) == 1
    (python, six) = differences(capfd)
    assert (python[:2], six) == (("version", "<3"), ("six", "<1.17", "1.17.0"))
    yml = tmp_path / "environment.yml"
    yml.write_text("dependencies:\n  - pytorch=2.9\n  - ffmpeg\n  - pip:\n    - six==1.17.0\n")
    assert main(["diff", str(yml), env]) == 0
    capfd.readouterr()
    assert main(["diff", str(yml), str(tmp_path / "pyproject.toml"), "--format", "json"]) == 1
    assert ("torch", "==2.9.*", "any version") in differences(capfd)
    (tmp_path / "pyproject.toml").write_text("[tool.other]\n")
    assert main(["diff", str(tmp_path / "pyproject.toml"), env]) == 2
    assert "it has no [project] table" in capfd.readouterr().err
