"""What is no file, where a command or a probe looks for one: said with the reason, and nobody waits."""

from __future__ import annotations

from pathlib import Path

import pytest

from doctor.facts import Facts, Torch
from doctor.model import DoctorError, Reading, Status
from doctor.probes import _apt_sources, _files, _pip_sources, _uv_sources
from doctor.probes._condarc import condarc_files
from doctor.setup import contract, project, uv_lock
from tests.cli.in_process import program
from tests.files.special import BOMB, NOT_READ
from tests.surroundings import LINUX

pytestmark = LINUX
KINDS = pytest.mark.parametrize("kind", NOT_READ)


def made(kind: str, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    NOT_READ[kind][0](path)
    return path


@KINDS
def test_configuration(kind: str, tmp_path: Path) -> None:
    env = {"HOME": str(tmp_path), "XDG_CONFIG_DIRS": str(tmp_path / "xdg")}
    reason = NOT_READ[kind][1]
    places = {
        ".config/pip/pip.conf": lambda: _pip_sources.files(env, tmp_path / "prefix"),
        ".config/uv/uv.toml": lambda: _uv_sources.files(env, tmp_path / "project"),
        "project/pyproject.toml": lambda: _uv_sources.files(env, tmp_path / "project"),
        ".condarc": lambda: condarc_files(env, (tmp_path / "prefix",)),
        "apt/sources.list.d/x.list": lambda: _apt_sources.entries(tmp_path / "apt")[1],
    }
    for name, read in places.items():
        path = made(kind, tmp_path / name)
        told = [file for file in read() if file.path.endswith(Path(name).name)]
        assert any(reason in file.problem for file in told), (name, told)
        path.rmdir() if path.is_dir() else path.unlink()


@KINDS
def test_small_files_of_the_system_are_as_if_they_were_not_there(kind: str, tmp_path: Path) -> None:
    text = _files.read(made(kind, tmp_path / "os-release"))
    assert text.strip("\0") == ""


@KINDS
def test_projects_and_locks(kind: str, tmp_path: Path) -> None:
    readers = {"x.txt": project.of_path, "x.toml": project.of_path, "x.yml": project.of_path, "uv.lock": uv_lock.read}
    readers["doctor.lock.toml"] = contract.read
    for name, read in readers.items():
        with pytest.raises(DoctorError) as told:
            read(made(kind, tmp_path / name))
        assert NOT_READ[kind][1] in told.value.context


@KINDS
def test_sources_for_lint(kind: str, tmp_path: Path) -> None:
    made(kind, tmp_path / "train.py")
    (tmp_path / "other.py").write_text("x = 1\n", encoding="utf-8")
    told = program("lint", str(tmp_path))
    reason = {"10 GB": "is more than the limit", "folder": ""}.get(kind, NOT_READ[kind][1])
    assert reason.encode() in told.stderr + told.stdout
    assert b"could not be judged" in told.stderr + told.stdout or kind == "folder"


@KINDS
def test_reports_and_error_texts(kind: str, tmp_path: Path) -> None:
    path = str(made(kind, tmp_path / "x.log"))
    words = [("check", "--from", path), ("explain", "--no-facts", path)]
    words += [("diff", path, path)] if kind != "folder" else []  # that is an environment
    for command in words:
        told = program(*command)
        reason = {"10 GB": "binary data"}.get(kind, NOT_READ[kind][1])
        if command[0] == "explain" and kind in ("folder", "loop of links"):
            reason = "there is no file"
        assert told.returncode == 2
        assert reason in told.stderr.decode(), command


def test_a_file_that_cannot_be_read_is_told_in_the_report() -> None:
    from doctor.diagnose import diagnose
    from doctor.facts import ConfigFile, Sources
    from doctor.render.areas import rows

    files = (ConfigFile("~/.condarc", problem="cannot be read: a named pipe, not a file"),)
    facts = Facts(
        sources=Reading(Status.OK, Sources(config_files=files)), torch=Reading(Status.OK, Torch(version="2.4.0"))
    )
    row = next(row for row in rows(diagnose(facts)) if row.title == "Sources")
    assert row.state == "unknown"
    assert "~/.condarc cannot be read: a named pipe, not a file" in row.text


def test_aliases_of_aliases_are_not_written_out(tmp_path: Path) -> None:
    (tmp_path / ".condarc").write_text(BOMB, encoding="utf-8")
    told = condarc_files({"HOME": str(tmp_path)}, ())
    assert any("stand for more than" in file.problem for file in told)
    (tmp_path / "environment.yml").write_text(BOMB + "dependencies:\n  - pip: [*i]\n", encoding="utf-8")
    with pytest.raises(Exception, match="stand for more than"):
        project.of_path(tmp_path / "environment.yml")


@pytest.mark.parametrize("text", ["a: " + "[" * 5000, "a: " + "{b: " * 5000, "- " * 5000, "a: &a [*a]\n"])
def test_deep_yaml(text: str, tmp_path: Path) -> None:
    (tmp_path / ".condarc").write_text(text, encoding="utf-8")
    assert all(file.problem for file in condarc_files({"HOME": str(tmp_path)}, ()))


@pytest.mark.parametrize("text", ["a = " + "[" * 5000, "a = " + "{b=" * 5000, ".".join(["a"] * 5000) + " = 1"])
def test_deep_toml(text: str, tmp_path: Path) -> None:
    for name in ("uv.toml", "pyproject.toml"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert _uv_sources.files({"HOME": str(tmp_path / "home"), "XDG_CONFIG_DIRS": "/nonexistent"}, tmp_path)[0].problem
    with pytest.raises(Exception, match=r"nested|parts"):
        project.of_path(tmp_path / "pyproject.toml")


def test_requirements_that_include_each_other_are_read_once(tmp_path: Path) -> None:
    for number in range(30):
        text = f"-r r{number + 1}.txt\n" * 2 + f"-r ../{tmp_path.name}/r0.txt\np{number}==1\n"
        (tmp_path / f"r{number}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "r30.txt").write_text("torch==2.4.0\n-r r30.txt\n", encoding="utf-8")
    assert len(project.of_path(tmp_path / "r0.txt").asked) == 31


def test_groups_that_include_each_other_are_read_once(tmp_path: Path) -> None:
    rows = "".join(f'g{i} = [{{include-group="g{i + 1}"}}, {{include-group="g{i + 1}"}}, "p{i}"]\n' for i in range(30))
    text = f'[project]\nname="x"\n[dependency-groups]\n{rows}g30 = [{{include-group="g0"}}, "torch"]\n'
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    assert len(project.of_path(tmp_path / "pyproject.toml", groups=("g0",)).asked) == 31


def test_what_is_cut_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from doctor.cli import _input

    text = b"PyTorch version: 2.4.0\n" * 1000
    (tmp_path / "x.txt").write_bytes(text)
    with monkeypatch.context() as patch:
        patch.setattr(_input.read_text, "__defaults__", (10 << 10,))
        told = program("check", "--from", str(tmp_path / "x.txt"))
        piped = program("check", "--from", "-", stdin=text)
    assert "of 22 kB only the first 10 kB were read" in told.stderr.decode()
    assert "only the first 10 kB were read" in piped.stderr.decode()
    assert "only the first" not in program("check", "--from", "-", stdin=b"PyTorch version: 2.4.0\n").stderr.decode()
