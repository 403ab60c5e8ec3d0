"""Package sources: what files and variables say, without their credentials."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from doctor.facts import Source
from doctor.probes import _apt_sources, _uv_sources, sources
from doctor.target import Target
from tests.surroundings import bound_by_modes

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the places are those of Linux")


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A home, a project and an environment of the test's own; the system's files are left out."""
    monkeypatch.setattr("doctor.probes._pip_sources._system", lambda env: [])
    monkeypatch.setattr("doctor.probes._apt_sources._files", lambda root: [])
    for name in ("home", "project"):
        (tmp_path / name).mkdir()
    return tmp_path


def probed(machine: Path, **env: str):
    target = Target(sys.executable, cwd=machine / "project", env={"HOME": str(machine / "home"), **env})
    return sources.probe(target)


def written(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def told(found, tool: str) -> list[tuple[str, str]]:
    return [(entry.key, entry.url) for entry in found.entries if entry.tool == tool]


def test_nothing_configured(machine):
    found = probed(machine)
    assert (found.entries, found.config_files, found.ca_bundle) == ((), (), "")


def test_pip_files_then_variables(machine):
    written(
        machine / "home/.config/pip/pip.conf",
        "[global]\nindex_url = https://me:secret@example.com/simple\nextra-index-url =\n  https://a.example.com/simple\n"
        "  https://b.example.com/simple\n[install]\ntrusted-host = a.example.com\ncert = /etc/mine.pem\n"
        "[list]\nformat = x\n",
    )
    found = probed(machine, PIP_FIND_LINKS="/wheels https://c.example.com/links")
    assert told(found, "pip") == [
        ("index-url", "https://example.com/simple"),
        ("extra-index-url", "https://a.example.com/simple"),
        ("extra-index-url", "https://b.example.com/simple"),
        ("trusted-host", "a.example.com"),
        ("find-links", "/wheels"),
        ("find-links", "https://c.example.com/links"),
    ]
    assert found.entries[-1].where == "PIP_FIND_LINKS"
    assert found.ca_bundle == "/etc/mine.pem"
    assert "secret" not in repr(found)


def test_pip_config_file_null_means_none(machine):
    written(machine / "home/.config/pip/pip.conf", "[global]\nindex-url = https://example.com/simple\n")
    assert told(probed(machine, PIP_CONFIG_FILE=os.devnull), "pip") == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[global\nindex-url", "cannot be understood"),
        ("index-url = x", "cannot be understood"),
        (b"[g]\na=\xff", "is not UTF-8"),
    ],
)
def test_a_half_written_file_is_a_problem_not_a_crash(machine, text, problem):
    written(machine / "home/.pip/pip.conf", text)
    file = probed(machine).config_files[0]
    assert file.problem.startswith(problem)
    assert file.settings == {}


def test_an_unreadable_file_is_a_problem(machine):
    written(machine / "home/.pip/pip.conf", "[global]\n").chmod(0)
    assert bound_by_modes(lambda: probed(machine)).config_files[0].problem.startswith("cannot be read")


def test_uv_of_the_project(machine):
    written(
        machine / "project/pyproject.toml",
        '[project]\nname = "x"\n[tool.uv]\nfind-links = ["/wheels"]\n'
        '[[tool.uv.index]]\nname = "pytorch"\nurl = "https://t:k@download.example.com/whl/cu126"\nexplicit = true\n'
        '[tool.uv.pip]\ntorch-backend = "cu126"\n',
    )
    assert told(probed(machine), "uv") == [
        ("find-links", "/wheels"),
        ("extra-index-url", "https://download.example.com/whl/cu126"),
        ("torch-backend", "cu126"),
    ]


def test_uv_toml_above_and_variables(machine):
    written(machine / "uv.toml", '[[index]]\nurl = "https://example.com/simple"\ndefault = true\n')
    found = probed(machine, UV_INDEX="https://a.example.com/s named=https://b.example.com/s")
    assert told(found, "uv") == [
        ("extra-index-url", "https://a.example.com/s"),
        ("extra-index-url", "https://b.example.com/s"),
        ("index-url", "https://example.com/simple"),
    ]
    assert told(probed(machine, UV_NO_CONFIG="1"), "uv") == []


def test_half_written_pyproject(machine):
    written(machine / "project/pyproject.toml", "[tool.uv\n")
    (file,) = probed(machine).config_files
    assert file.problem.startswith("cannot be understood")


def test_a_project_without_uv_is_no_uv_file(tmp_path):
    written(tmp_path / "pyproject.toml", "[project]\nname = 'x'\n")
    assert _uv_sources.files({"HOME": str(tmp_path)}, tmp_path) == ()


def test_conda_channels_and_proxies(machine):
    written(
        machine / "home/.condarc",
        "channels: [https://mirror.example.com/conda-forge, defaults]\ncustom_channels: {nvidia: https://n.example.com}\n"
        "proxy_servers: {https: 'http://me:pw@proxy.example.com:3128'}\n",
    )
    assert told(probed(machine), "conda") == [
        ("channels", "https://mirror.example.com/conda-forge"),
        ("channels", "defaults"),
        ("custom-channels.nvidia", "https://n.example.com"),
        ("proxy", "http://proxy.example.com:3128"),
    ]


def test_proxies_of_the_environment(machine):
    found = probed(machine, https_proxy="http://me:pw@proxy:3128", NO_PROXY="localhost", REQUESTS_CA_BUNDLE="/ca.pem")
    assert [e for e in found.entries if e.tool == "environment"] == [
        Source("environment", "proxy", "http://proxy:3128", "https_proxy"),
        Source("environment", "no-proxy", "localhost", "NO_PROXY"),
    ]
    assert found.ca_bundle == "/ca.pem"


def test_apt_lists_and_stanzas(tmp_path):
    written(
        tmp_path / "sources.list",
        "deb http://archive.example.com/ubuntu jammy main\n# deb https://cuda.example.com/off /\n"
        "deb [signed-by=/k.gpg arch=amd64] https://nvidia.example.com/cuda/repos/ubuntu2204/x86_64/ /\n",
    )
    written(
        tmp_path / "sources.list.d/rocm.sources",
        "Types: deb\nURIs: https://repo.example.com/rocm/apt/6.3\nSuites: jammy\n\n"
        "Enabled: no\nTypes: deb\nURIs: https://repo.example.com/amdgpu/off\n",
    )
    written(tmp_path / "sources.list.d/bad.list", b"deb https://cuda.example.com/\xff /\n")
    entries, unreadable = _apt_sources.entries(tmp_path)
    assert [e.url for e in entries] == [
        "https://nvidia.example.com/cuda/repos/ubuntu2204/x86_64/",
        "https://repo.example.com/rocm/apt/6.3",
    ]
    assert [Path(f.path).name for f in unreadable] == ["bad.list"]
