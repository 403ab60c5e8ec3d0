from __future__ import annotations

from pathlib import Path

import pytest

from doctor.bootstrap import trust
from tests.surroundings import LINUX

BARE = {"PIP_CONFIG_FILE": "/dev/null"}
SYSTEMS = {**BARE, "UV_SYSTEM_CERTS": "1", "UV_NATIVE_TLS": "1"}


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "store.pem"
    monkeypatch.setattr(trust, "_STORES", (str(file),))
    return file


@LINUX
def test_uv_looks_where_the_system_keeps_them(store: Path) -> None:
    assert trust.of_the_system(BARE) == BARE, "a bare container has none: uv's own are better than nothing"
    store.touch()
    assert trust.of_the_system(BARE) == SYSTEMS


def test_what_pip_is_told_comes_first(store: Path, tmp_path: Path) -> None:
    store.touch()
    for name in ("PIP_CERT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        found = trust.of_the_system({**BARE, name: str(store)})
        assert found == {**BARE, name: str(store), "SSL_CERT_FILE": str(store)}
    settings = tmp_path / "pip.conf"
    settings.write_text(f"[global]\ncert = {store}\n")
    assert trust.of_the_system({"PIP_CONFIG_FILE": str(settings)})["SSL_CERT_FILE"] == str(store)
    assert "SSL_CERT_FILE" not in trust.of_the_system({**BARE, "PIP_CERT": str(tmp_path / "gone")})


@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "SSL_CERT_DIR", "UV_SYSTEM_CERTS", "UV_NATIVE_TLS"])
def test_what_the_user_has_chosen_stays(store: Path, name: str) -> None:
    store.touch()
    chosen = {**BARE, name: "0", "PIP_CERT": str(store)}
    assert trust.of_the_system(chosen) == chosen
