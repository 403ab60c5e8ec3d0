"""How the user's clients reach the network, asked of the real pip."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from doctor.mirrors import settings
from doctor.mirrors.settings import OTHER_CLIENT, ClientSettings
from doctor.target import Target
from tests import environments


@pytest.fixture(autouse=True)
def without_a_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "_ASK_S", 200)


def target(tmp_path: Path, python: str = sys.executable, **env: str) -> Target:
    own = {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path), "SYSTEMROOT": os.environ.get("SYSTEMROOT", "")}
    return Target(python, env={"PATH": os.environ["PATH"], **own, **env}, cwd=tmp_path)


def test_pip_says_what_it_does(tmp_path: Path) -> None:
    bundle = tmp_path / "ca.pem"
    bundle.write_text("")
    file = Path("pip/pip.ini" if sys.platform == "win32" else ".config/pip/pip.conf")
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text("[global]\nindex-url = https://me:pass@own.example.com/simple\nproxy = http://p:1\n")
    found = settings.read(target(tmp_path, PIP_CERT=str(bundle)))
    assert found.index_url == "https://me:pass@own.example.com/simple"
    assert found.default_index.startswith("https://")
    assert found.default_index != found.index_url
    assert found.proxy == "http://p:1"
    assert str(bundle) in found.certificates
    assert found.user_agent("pip").startswith("pip/")
    assert '"python"' in found.user_agent("pip")


def test_variables_win_over_files(tmp_path: Path) -> None:
    found = settings.read(target(tmp_path, PIP_INDEX_URL="https://variable.example.com/simple"))
    assert found.index_url == "https://variable.example.com/simple"


def test_a_target_without_pip_is_asked_through_ensurepip(tmp_path: Path) -> None:
    found = settings.read(target(tmp_path, str(environments.venv(tmp_path / "bare"))))
    assert found.default_index.startswith("https://")
    assert found.problems == ()


def test_a_target_that_does_not_answer_is_a_problem_told(tmp_path: Path) -> None:
    found = settings.read(target(tmp_path, str(tmp_path / "nowhere")))
    assert found.default_index == ""
    assert "could not be asked" in found.problems[0]


def test_logins_of_netrc(tmp_path: Path) -> None:
    file = tmp_path / "netrc"
    file.write_text("machine own.example.com login me password secret\n")
    file.chmod(0o600)
    known = ClientSettings(netrc_file=str(file))
    assert known.login("https://own.example.com/simple/") == ("me", "secret")
    assert known.login("https://other.example.com/simple/") is None
    assert known.login("https://you:x@own.example.com/simple/") is None  # the address has one


@pytest.mark.parametrize("client", ["uv", "conda", "apt", "torchvision", "huggingface", OTHER_CLIENT])
def test_every_client_has_a_name_of_its_own(client: str) -> None:
    known = ClientSettings(agents={"pip": "pip/26"})
    assert not known.user_agent(client).startswith("pip/")
