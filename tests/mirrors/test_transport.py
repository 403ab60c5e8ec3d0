"""How requests leave this machine: proxies in every form that pip takes, SOCKS, certificates that are not there."""

from __future__ import annotations

import asyncio
import contextlib
import select
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from doctor.bootstrap import ending
from doctor.cli import main
from doctor.mirrors import probe, transport
from doctor.mirrors.settings import ClientSettings
from doctor.model import DoctorError, Exit
from doctor.setup import index_page
from tests.mirrors.servers import Loopback, Store, sound
from tests.mirrors.test_proxy import proxy

_VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "PIP_PROXY", "SSL_CERT_DIR")


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("proxy.example.com:3128", "http://proxy.example.com:3128"),
        ("ada:s3cret@proxy.example.com:3128", "http://ada:s3cret@proxy.example.com:3128"),
        ("https://proxy.example.com", "https://proxy.example.com"),
        ("socks5h://127.0.0.1:1080", "socks5h://127.0.0.1:1080"),
        ("[::1]:3128", "http://[::1]:3128"),
    ],
)
def test_proxies_as_pip_reads_them(address: str, url: str) -> None:
    assert transport.proxy_url(address, "HTTPS_PROXY") == url
    transport.options(ClientSettings(proxy=address))


@pytest.mark.parametrize(
    "address",
    ["http://[::1", "ftp://ada:s3cret@h:21", "http://ada:s3cret@:80", "ada:s3cret@h:port", "ada:12/s3cret@h:99999"],
)
def test_a_proxy_that_is_none_is_said_without_its_password(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", address)
    with pytest.raises(DoctorError, match="the proxy that HTTPS_PROXY names is not an address") as error:
        index_page.read("https://wheels.example.com/simple/torch/")
    assert "s3cret" not in f"{error.value.context}{error.value.hint}"
    assert error.value.exit_code is Exit.NOT_DONE


SETUP = ("setup", "--env", "new", "--dry-run")


@pytest.mark.parametrize("words", [SETUP, (*SETUP, "--accelerator", "cuda"), ("mirrors", "--service", "pypi")])
@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("HTTPS_PROXY", "http://[::1", "HTTPS_PROXY names is not an address"),
        ("SSL_CERT_FILE", "/nonexistent/ca.pem", "SSL_CERT_FILE names no certificates"),
        ("SSL_CERT_FILE", __file__, "no certificate is in it"),
    ],
)
def test_commands_say_what_is_set_up_wrong(
    words: tuple[str, ...],
    name: str,
    value: str,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(name, value)
    assert main(list(words)) == Exit.NOT_DONE
    told = capsys.readouterr().err
    assert said in told and "internal error" not in told
    assert "to do: " in told


def test_programs_are_given_proxies_in_the_form_that_all_of_them_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_PROXY", "ada:s3cret@proxy.example.com:3128")
    assert transport.variables()["HTTPS_PROXY"] == "http://ada:s3cret@proxy.example.com:3128"
    monkeypatch.setenv("https_proxy", "other.example.com:80")
    given = [value for name, value in transport.variables().items() if name.lower() == "https_proxy"]
    assert given == ["http://other.example.com:80"]


def test_what_fails_at_the_proxy_is_the_proxys(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setenv("PIP_PROXY", f"ada:s3cret@127.0.0.1:{port}")
    page = index_page.read("https://wheels.example.com/simple/torch/")
    assert page.problem == f"cannot be reached (the proxy 127.0.0.1:{port} refuses the connection)"
    monkeypatch.setenv("PIP_PROXY", "http://proxy.invalid:80")
    page = index_page.read("https://wheels.example.com/simple/torch/")
    assert page.problem == "cannot be reached (no address for the proxy proxy.invalid:80 (DNS))"


def test_a_page_behind_pips_proxy(mirrors: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    mirror = mirrors.start(sound(Store()))
    monkeypatch.setenv("PIP_CERT", str(mirrors.bundle))
    with proxy() as server:
        monkeypatch.setenv("PIP_PROXY", f"127.0.0.1:{server.server_port}")
        assert index_page.read(f"{mirror.url}/torch/").wheels
        assert f"127.0.0.1:{mirror.server_port}" in server.asked  # type: ignore[attr-defined]


def test_a_page_behind_the_proxy_of_a_file_of_pips(
    mirrors: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mirror = mirrors.start(sound(Store()))
    monkeypatch.setenv("PIP_CERT", str(mirrors.bundle))
    with proxy() as server:
        (tmp_path / "pip.conf").write_text(f"[global]\nproxy = ada:s3cret@127.0.0.1:{server.server_port}\n")
        monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
        assert index_page.read(f"{mirror.url}/torch/").wheels
        assert f"127.0.0.1:{mirror.server_port}" in server.asked  # type: ignore[attr-defined]
        given = transport.variables()["HTTPS_PROXY"]
    assert given == f"http://ada:s3cret@127.0.0.1:{server.server_port}"


@contextlib.contextmanager
def socks() -> Iterator[tuple[int, list[bytes]]]:
    """A SOCKS 5 proxy without logins: its port, and the requests it was sent."""
    asked: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))

    def serve(near: socket.socket) -> None:
        with near:
            near.recv(262)
            near.sendall(b"\x05\x00")
            request = near.recv(262)
            asked.append(request)
            with socket.create_connection(("127.0.0.1", int.from_bytes(request[-2:], "big"))) as far:
                near.sendall(b"\x05\x00\x00\x01\x7f\x00\x00\x01" + request[-2:])
                sides = {near: far, far: near}
                while ready := select.select(list(sides), [], [], 10)[0]:
                    for side in ready:
                        data = side.recv(65536)
                        if not data:
                            return
                        sides[side].sendall(data)

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=serve, args=(server.accept()[0],), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    yield server.getsockname()[1], asked
    server.close()


@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
def test_a_page_behind_socks(scheme: str, mirrors: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    mirror = mirrors.start(sound(Store()))
    monkeypatch.setenv("PIP_CERT", str(mirrors.bundle))
    with socks() as (port, asked):
        monkeypatch.setenv("ALL_PROXY", f"{scheme}://127.0.0.1:{port}")
        assert index_page.read(f"{mirror.url}/torch/").wheels
        assert asked


@pytest.mark.parametrize(("number", "told"), [(15, 0), (0, 1)])
def test_a_task_that_the_signal_ended_is_not_told(
    number: int, told: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(ending._State, "number", number)

    async def gone() -> None:
        asyncio.get_running_loop().call_exception_handler({"message": "Task exception was never retrieved"})

    loop = asyncio.new_event_loop()
    loop.set_exception_handler(probe._tell)
    loop.run_until_complete(gone())
    loop.close()
    assert len(caplog.records) == told
