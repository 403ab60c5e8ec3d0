"""Configuration in pyproject.toml and what files are judged by."""

from __future__ import annotations

from pathlib import Path

import pytest

from doctor.lint.config import Config, nearest_config, parse_version, this_python
from doctor.model import DoctorError, Severity
from doctor.source.methods import platforms_of, start_method

TEXT = """
[tool.torch-doctor.lint]
ignore = ["dataloader-too-many-workers"]
exclude = ["old"]
platform = "all"
python = "3.14"
severity = { "dataloader-unpicklable" = "warning" }
"""


def test_the_nearest_file_counts(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(TEXT)
    (tmp_path / "sub").mkdir()
    config = nearest_config([str(tmp_path / "sub" / "train.py")])
    assert config.exclude == ("old",)
    settings = config.settings()
    assert settings.platforms == ("windows", "macos", "linux")
    assert settings.python == (3, 14)
    assert settings.severity == {"dataloader-unpicklable": Severity.WARNING}
    assert settings.cpus is None


@pytest.mark.parametrize(
    "text",
    [
        "[tool.torch-doctor.lint]\nselct = []",
        "[tool.torch-doctor.lint]\nselect = 'x'",
        "[tool.torch-doctor.lint]\nseverity = { a = 'loud' }",
        "[tool.torch-doctor.lint]\nselect = ['no-such-rule']",
        "[tool.torch-doctor.lint]\nplatform = 'amiga'",
        "[tool.torch-doctor.lint]\npython = 'three'",
        "[tool",
    ],
)
def test_what_is_not_understood_is_said(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    with pytest.raises(DoctorError) as caught:
        nearest_config([str(tmp_path)]).settings()
    assert caught.value.exit_code == 2


def test_without_configuration_this_machine_is_meant() -> None:
    settings = Config().settings()
    assert len(settings.platforms) == 1
    assert settings.cpus is not None


def test_versions() -> None:
    assert parse_version("3.14") == (3, 14)
    assert parse_version("3.14.1") == (3, 14)
    assert parse_version("3.13t") == (3, 13)


def test_the_active_environment_s_version_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.14.0\n")
    monkeypatch.setenv("VIRTUAL_ENV", str(tmp_path))
    assert this_python() == (3, 14)


@pytest.mark.parametrize(
    ("platform", "python", "method"),
    [
        ("windows", (3, 9), "spawn"),
        ("macos", (3, 7), "fork"),
        ("macos", (3, 8), "spawn"),
        ("linux", (3, 13), "fork"),
        ("linux", (3, 14), "forkserver"),
    ],
)
def test_default_start_methods(platform: str, python: tuple[int, int], method: str) -> None:
    assert start_method(platform, python) == method


def test_platforms_that_are_judged() -> None:
    assert platforms_of("windows") == ("windows",)
    assert platforms_of("all") == ("windows", "macos", "linux")
    assert len(platforms_of("auto")) == 1
