"""An index behind a company's certificate, which pip accepts: uv brings certificates of its own and would not."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.environments import venv
from tests.mirrors.servers import loopback
from tests.setup.wheel_index import Index, plain, serving
from tests.surroundings import unavailable

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.skipif((sys.platform, platform.machine()) != ("linux", "x86_64"), reason="wheels for Linux x86_64"),
]
STORE = "/etc/ssl/certs/ca-certificates.crt"
RESOLVE = """
import sys
from doctor.setup.model import Where
from doctor.setup.resolve import resolve
from doctor.setup.tools import choose_installer
installer = choose_installer(sys.executable)
print(installer.kind, *(one.name for one in resolve(installer, sys.argv[1], ["lab"], Where("index", sys.argv[2]))))
"""
KNOWN = ("SSL_CERT_FILE", "SSL_CERT_DIR", "PIP_CERT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "PIP_CONFIG_FILE")


class Company:
    """Its index, its authority, and what a program started by `before` makes of it."""

    def __init__(self, url: str, bundle: Path, folder: Path) -> None:
        self.url, self.bundle, self.folder = url, bundle, folder
        self.variables = {name: value for name, value in os.environ.items() if name not in KNOWN}
        self.variables |= {"PIP_CONFIG_FILE": os.devnull, "UV_HTTP_RETRIES": "0", "PIP_RETRIES": "0"}

    def resolved(self, *before: str, **variables: str) -> subprocess.CompletedProcess[str]:
        argv = (*before, sys.executable, "-c", RESOLVE, str(venv(self.folder / "env")), self.url)
        env = {**self.variables, **variables}
        return subprocess.run(argv, env=env, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def company(own_caches: None, tmp_path: Path) -> Iterator[Company]:
    with loopback(tmp_path) as tls, serving(Index(plain("lab", "1.0")), tls.context()) as index:
        yield Company(index.url, tls.bundle, tmp_path)


def test_of_pips_settings(company: Company, tmp_path: Path) -> None:
    unknown = company.resolved()
    assert unknown.returncode and "lab cannot be had" in unknown.stderr
    settings = tmp_path / "pip.conf"
    settings.write_text(f"[global]\ncert = {company.bundle}\n")
    assert company.resolved(PIP_CONFIG_FILE=str(settings)).stdout == "uv lab\n"


def test_among_those_of_the_system(company: Company) -> None:
    """As the admin of a company installs it (`update-ca-certificates`); in a namespace of our own."""
    own = ("unshare", "--mount", "sh", "-c", f'mount --bind "$0" {STORE} && exec "$@"', str(company.bundle))
    if subprocess.run([*own, "true"], capture_output=True, check=False).returncode:
        unavailable("this user may not mount, or the system has no certificates")
    assert company.resolved(*own).stdout == "uv lab\n"
