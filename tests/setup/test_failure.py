"""Why nothing was found, in three lines: each fault of an index, with uv and with pip."""

from __future__ import annotations

import platform
import re
import socket
import sys
from pathlib import Path

import pytest

from doctor.model import DoctorError
from doctor.process import ProcessResult
from doctor.setup import tools
from doctor.setup.failure import resolve_error, why_failed
from doctor.setup.model import Where
from doctor.setup.resolve import resolve
from doctor.setup.session import SetupRequest, prepare
from doctor.setup.tools import Installer
from tests.bootstrap.failure_texts import TEXTS
from tests.each import each
from tests.mirrors.servers import loopback
from tests.setup.wheel_index import Index, plain, serving

LINUX = pytest.mark.skipif(
    (sys.platform, platform.machine()) != ("linux", "x86_64"), reason="the wheels are for Linux x86_64"
)


@pytest.fixture(autouse=True)
def no_retries(own_caches: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    monkeypatch.setenv("PIP_RETRIES", "0")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def failed(url: str, requirement: str = "filelock==3.20.0") -> DoctorError:
    """What is said of an index where nothing can be had."""
    installer = tools.choose_installer(sys.executable)
    with pytest.raises(DoctorError) as error:
        resolve(installer, sys.executable, [requirement], Where("index", url))
    found = error.value
    assert "\n" not in found.context and len(found.context) < 300
    assert found.hint
    return found


def test_no_address(installer: str) -> None:
    found = failed("https://ada:s3cret@mirror.invalid/simple")
    assert found.context == (
        "https://mirror.invalid/simple/filelock/ cannot be reached (no address for mirror.invalid (DNS))"
    )
    assert "spelling" in found.hint


def test_nobody_listens(installer: str) -> None:
    port = free_port()
    found = failed(f"http://127.0.0.1:{port}/simple")
    assert found.context == f"http://127.0.0.1:{port}/simple/filelock/ cannot be reached (refuses the connection)"


def test_a_certificate_that_nobody_knows(installer: str, tmp_path: Path) -> None:
    with loopback(tmp_path) as servers:
        mirror = servers.start(lambda handler: handler.reply(200))
        found = failed(mirror.url)
    assert "signed by an authority that is not trusted here" in found.context
    assert "SSL_CERT_FILE" in found.hint


def test_an_index_that_does_not_answer(installer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("doctor.setup.index_page._TIMEOUT_S", 0.5)
    monkeypatch.setenv("UV_HTTP_TIMEOUT", "1")
    monkeypatch.setenv("PIP_DEFAULT_TIMEOUT", "1")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        found = failed(f"http://127.0.0.1:{silent.getsockname()[1]}/simple")
    assert "cannot be reached (no answer in time)" in found.context


def test_an_index_that_wants_a_login(installer: str) -> None:
    with serving(Index({})) as index:
        index.fault = "403"
        found = failed(index.url)
    assert found.context.endswith("/simple/filelock/ answers HTTP 403")
    assert "user and password" in found.hint


@LINUX
def test_of_many_versions_only_the_newest_are_named(installer: str) -> None:
    files: dict[str, bytes] = {}
    for number in range(60):
        files |= plain("filelock", f"1.{number}.0")
    with serving(Index(files)) as index:
        found = failed(index.url)
    assert "there is no filelock==3.20.0 for this Python and platform" in found.context
    assert "1.30.0" not in found.context
    assert "another version" in found.hint


@pytest.mark.parametrize("name", ["UV_DEFAULT_INDEX", "PIP_INDEX_URL"])
def test_a_dead_mirror_of_the_users_settings_is_named(
    installer: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not name.startswith(installer.upper()):
        return
    port = free_port()
    monkeypatch.setenv(name, f"http://127.0.0.1:{port}/simple")
    with pytest.raises(DoctorError) as error:
        resolve(tools.choose_installer(sys.executable), sys.executable, ["filelock==3.20.0"], Where())
    assert error.value.context.startswith(f"http://127.0.0.1:{port}/simple/filelock/ cannot be reached (refuses")


def test_where_no_source_answers_the_users_own_is_named_and_mirrors_are_counted(
    installer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    monkeypatch.setenv("HTTPS_PROXY", f"ada:s3cret@127.0.0.1:{port}")
    for name in ("UV_DEFAULT_INDEX", "PIP_INDEX_URL"):
        monkeypatch.setenv(name, "https://mirror.example.com/simple")
    with pytest.raises(DoctorError, match="no source can be used") as error:
        prepare(SetupRequest(folder=tmp_path / "env", python=sys.executable))
    found = error.value
    assert f"cannot be reached (the proxy 127.0.0.1:{port} refuses the connection)" in found.context
    assert "; the default index: https://mirror.example.com/simple/" in found.context
    assert found.context.endswith("other mirrors")
    assert "correct the proxy settings" in found.hint
    assert "s3cret" not in found.context


def ended(text: str) -> ProcessResult:
    return ProcessResult(("pip",), 1, stderr=text)


def test_a_pip_without_socks_says_what_it_needs() -> None:
    text = "ERROR: Could not install packages due to an OSError: Missing dependencies for SOCKS support.\n"
    error = resolve_error(ended(text), ["torch==2.9.0"], Where(), Installer("pip", (sys.executable, "-m", "pip")))
    assert error.message == "torch==2.9.0 cannot be had: pip needs the package PySocks for a SOCKS proxy"
    assert "install uv" in error.hint


@each("text", [text for texts in TEXTS.values() for text in texts])
def test_a_step_is_one_of_setup(text: str) -> None:
    """The reasons are those of the bootstrap; what it calls its options is not said here."""
    why, step = why_failed(ended(text))
    assert why.startswith(": ") and step
    assert not re.search(r"TORCH_DOCTOR_HOME|--mirror", step)


def test_what_the_machine_lacks_is_said_in_every_language() -> None:
    text = "error: Failed to install: torch-2.9.0.whl\n  Caused by: 磁盘空间不足。 (os error 112)\n"
    error = resolve_error(ended(text), ["torch==2.9.0"], Where(), Installer("pip", (sys.executable, "-m", "pip")))
    assert error.message == "torch==2.9.0 cannot be had: the disk is full"
    assert error.hint == "free some space; or name another folder with --env"


def test_a_file_that_cannot_be_fetched_is_named_with_the_last_cause() -> None:
    text = """error: Failed to fetch: `https://files.example.invalid/six-1.0-py3-none-any.whl`
  Caused by: error sending request
  Caused by: dns error
  Caused by: failed to lookup address information: Name or service not known
"""
    error = resolve_error(ended(text), ["six==1.0"], Where(), Installer("pip", (sys.executable, "-m", "pip")))
    assert error.context == (
        "Failed to fetch: `https://files.example.invalid/six-1.0-py3-none-any.whl`: "
        "failed to lookup address information: Name or service not known"
    )
