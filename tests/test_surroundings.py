"""No test hides a gap: there is one way to say that it cannot run here, which is a failure in CI and tells why."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import environments, surroundings
from tests.each import each
from tests.surroundings import MODES, bound_by_modes, last_error, shell, unavailable

TESTS = Path(__file__).parent
OF_THE_PLATFORM = {"sys.platform", "os.name", "platform.machine"}


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


@each("path", sorted(TESTS.rglob("*.py")), ids=str)
def test_what_cannot_run_here_is_said_in_one_way(path: Path) -> None:
    """Marks may leave out a platform, for which a test was not written; nothing else that a machine can lack."""
    for name, call in calls(path):
        assert name.rpartition(".")[2] not in ("importorskip", "SkipTest", "skipTest"), ast.unparse(call)
        assert name != "pytest.skip" or path == TESTS / "surroundings.py"
        assert name != "pytest.mark.skip"
        if name == "pytest.mark.skipif":
            looked_at = {ast.unparse(node) for node in ast.walk(call.args[0]) if isinstance(node, ast.Attribute)}
            assert looked_at <= OF_THE_PLATFORM, ast.unparse(call)


def test_a_skip_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no such thing"):
        unavailable("no such thing")


def test_a_failure_in_ci_but_for_hardware(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no such thing"):
        unavailable("no such thing")
    with pytest.raises(pytest.skip.Exception, match="no GPU"):
        unavailable("no GPU", hardware=True)


def test_an_environment_that_cannot_be_made_fails_in_ci(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CI", "true")
    monkeypatch.setenv("DOCTOR_TEST_ENVS", str(tmp_path))
    with pytest.raises(pytest.fail.Exception, match="false"):
        environments.kept("never", lambda folder: shell(["false", str(folder)]))


NOWHERE = ("--index-url", "http://127.0.0.1:9/simple", "torch==99.9")


def test_the_reason_is_what_the_installer_said_last(monkeypatch: pytest.MonkeyPatch, installer: str) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("PIP_RETRIES", "0")
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    with pytest.raises(pytest.skip.Exception) as skipped:
        environments.install(Path(sys.executable), *NOWHERE)
    reason = str(skipped.value)
    assert "\n" not in reason
    assert {"pip": "No matching distribution found for torch==99.9", "uv": "Connection refused"}[installer] in reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "Using Python 3.11.7\n  × No solution found when resolving dependencies:\n  ╰─▶ Because there is no version"
            " of\n      torch==99.9 and you require torch==99.9, we can conclude that your\n      requirements are"
            " unsatisfiable.\n\n      hint: a pre-release\n",
            "Because there is no version of torch==99.9 and you require torch==99.9, we can conclude that your"
            " requirements are unsatisfiable.",
        ),
        (
            "Downloading torch (514.2MiB)\nerror: Failed to download `torch==2.15.0`\n  Caused by: Failed to extract\n"
            "  Caused by: No space left on device (os error 28)\n",
            "Caused by: No space left on device (os error 28)",
        ),
        (
            "ERROR: Could not find a version that satisfies the requirement x (from versions: none)\n"
            "ERROR: No matching distribution found for x\n\n[notice] A new release of pip is available\n",
            "ERROR: No matching distribution found for x",
        ),
        (
            "Traceback (most recent call last):\n  File x\nOSError: [Errno 28] No space left on device\n"
            "nvidia_cudnn.whl  10%\r nvidia_cudnn.whl  20%\r\nDownloaded torch\n",
            "OSError: [Errno 28] No space left on device",
        ),
        ("W: Retrying\nE: Couldn't download packages: adduser\n", "E: Couldn't download packages: adduser"),
        ("", ""),
    ],
)
def test_the_last_error(text: str, reason: str) -> None:
    assert last_error(text) == reason


def test_uv_is_hidden_where_it_is_to_be(installer: str) -> None:
    from doctor.setup import tools

    there = installer == "uv"
    asked = "import shutil; from doctor.setup import tools; print(bool(tools.find_uv()), bool(shutil.which('uvx')))"
    child = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert bool(tools.find_uv()) is bool(surroundings.uv()) is there
    assert child.stdout.split()[0] == str(there)
    assert there or child.stdout.split()[1] == "False"
    assert shutil.which("cmd" if sys.platform == "win32" else "sh")


@MODES
def test_modes_bind_for_one_call(tmp_path: Path) -> None:
    tmp_path.chmod(0)
    try:
        assert bound_by_modes(lambda: os.access(tmp_path, os.R_OK)) is False
        with pytest.raises(PermissionError):
            bound_by_modes(lambda: list(tmp_path.iterdir()))
        assert os.geteuid() or list(tmp_path.iterdir()) == []
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize("module", ["doctor.x", "tests.x"])
def test_our_own_deprecations_are_errors(module: str) -> None:
    with pytest.raises(DeprecationWarning):
        warnings.warn_explicit("old", DeprecationWarning, "x.py", 1, module=module)
