"""A mirror that dies in the middle of a download: the same files come from another, which goes on where it can."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from doctor.bootstrap.sizes import size
from doctor.match import Wish
from doctor.model import DoctorError
from doctor.probes import chosen_sources
from doctor.setup.fetching import ANEW, GOES_ON
from doctor.setup.filling import BROKE_OFF
from doctor.setup.session import SetupRequest, carry_out, prepare
from tests.mirrors.servers import loopback
from tests.setup.test_session import version_in
from tests.setup.wheel_index import TORCH, VISION, Index, file, pair, serving

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.skipif((sys.platform, platform.machine()) != ("linux", "x86_64"), reason="wheels for Linux x86_64"),
]


class Mirrors:
    """Two with the same wheels over TLS: one that is named and dies, and the one that the user chose earlier."""

    def __init__(self, dying: Index, other: Index) -> None:
        self.dying, self.other = dying, other
        self.wish = Wish(accelerator="cpu", index_url=f"{dying.url.removesuffix('/simple')}/whl/cpu")

    @property
    def second(self) -> str:
        return self.other.url.removesuffix("/simple").removeprefix("https://")


@pytest.fixture
def mirrors(own_caches: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mirrors]:
    files = pair(size=300_001, packed=False)
    for name in ("UV_HTTP_RETRIES", "PIP_RETRIES", "PIP_RESUME_RETRIES"):
        monkeypatch.setenv(name, "0")
    with loopback(tmp_path) as tls:
        for name in ("SSL_CERT_FILE", "PIP_CERT"):
            monkeypatch.setenv(name, str(tls.bundle))
        with serving(Index(files), tls.context()) as dying, serving(Index(files), tls.context()) as other:
            url = f"{other.url.removesuffix('/simple')}/whl"
            kept = chosen_sources.encode({"pytorch": chosen_sources.ChosenSource("other", url, "2026-11-29")})
            chosen_sources.choice_file().parent.mkdir(parents=True)
            chosen_sources.choice_file().write_bytes(kept)
            yield Mirrors(dying, other)


@pytest.mark.parametrize(
    ("installer", "fault"), [("uv", "cuts torch"), ("uv", "dies"), ("pip", "dies")], indirect=["installer"]
)
def test_the_rest_comes_from_another(tmp_path: Path, mirrors: Mirrors, installer: str, fault: str) -> None:
    """One that still answers gives the first half again; after one that is silent it begins anew."""
    prepared = prepare(SetupRequest(folder=tmp_path / "env", python=sys.executable, wish=mirrors.wish))
    assert mirrors.dying.url.removesuffix("/simple") in prepared.plan.source
    mirrors.dying.fault = fault
    said: list[str] = []
    carry_out(prepared, said.append)

    assert (version_in(prepared.python, "torch"), version_in(prepared.python, "torchvision")) == (TORCH, VISION)
    assert BROKE_OFF.format(name="torch", program="torch-doctor") in said
    half = len(mirrors.other.files[file("torch", TORCH)]) // 2
    goes_on = fault == "cuts torch"
    template = GOES_ON if goes_on else ANEW
    assert template.format(name="torch", host=mirrors.second, done=size(half)) in said
    first = mirrors.other.sent_bytes == half + 1 if goes_on else mirrors.other.sent_bytes > half * 2
    assert first, "no more is fetched than what is missing"
    assert not list((tmp_path / "env").glob("torch-doctor-wheels*"))


@pytest.mark.parametrize("installer", ["uv"], indirect=True)
def test_other_bytes_are_not_taken(tmp_path: Path, mirrors: Mirrors, installer: str) -> None:
    prepared = prepare(SetupRequest(folder=tmp_path / "env", python=sys.executable, wish=mirrors.wish))
    mirrors.dying.fault = "dies"
    mirrors.other.files = {name: body[:-9] + b"unplanned" for name, body in mirrors.other.files.items()}
    with pytest.raises(DoctorError, match="nothing was left behind"):
        carry_out(prepared, lambda _: None)
    assert not (tmp_path / "env").exists()
