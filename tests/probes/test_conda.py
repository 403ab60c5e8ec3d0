"""The conda environment of the target: a real prefix, and the formats of records and settings."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from doctor.facts import CondaPackage
from doctor.probes import Absent, _condarc, conda, packages, python, torch
from doctor.target import Target
from tests import conda_channel, environments


def test_not_a_conda_environment(bare_python):
    with pytest.raises(Absent, match="not a conda environment"):
        conda.probe(Target(bare_python))


@pytest.fixture(scope="module")
def conda_python(tmp_path_factory) -> Path:
    """A prefix with Python, conda's NumPy and conda's PyTorch, and a pip that wrote another NumPy over conda's."""
    folder = tmp_path_factory.mktemp("conda")
    channel = folder / "my-channel"
    conda_channel.python_package(channel)
    conda_channel.build(channel, "numpy", "1.26.4", conda_channel.installed_by_conda("numpy", "numpy", "1.26.4"))
    files = conda_channel.installed_by_conda("torch", "torch", "2.5.1")
    stated = "__version__ = '2.5.1'\ncuda: Optional[str] = '12.4'\nhip = None\n"
    conda_channel.build(channel, "pytorch", "2.5.1", {**files, f"{conda_channel.SITE}/torch/version.py": stated})
    interpreter = conda_channel.create(channel, folder / "envs" / "train", "python", "numpy", "pytorch")
    site = environments.site_packages(folder / "envs" / "train")
    for entry in (site / "numpy-1.26.4.dist-info").iterdir():
        entry.unlink()
    (site / "numpy-1.26.4.dist-info").rmdir()
    environments.package(site, "numpy", "2.1.3", {"numpy/__init__.py": ""})
    return interpreter


@pytest.mark.skipif(sys.platform != "linux", reason="the channel holds packages for Linux")
def test_a_real_prefix(conda_python, tmp_path):
    prefix = conda_python.parents[1]
    (prefix / ".condarc").write_text("channels:\n  - pytorch\n  - conda-forge\n")
    target = Target(conda_python, env={**os.environ, "HOME": str(tmp_path)}, cwd=tmp_path)
    found = conda.probe(target)
    assert {(p.name, p.version, p.build) for p in found.packages} >= {
        ("numpy", "1.26.4", "0"),
        ("pytorch", "2.5.1", "0"),
    }
    assert all(p.channel.endswith("my-channel") for p in found.packages)
    assert (found.name, found.pip_over_conda) == ("train", ("numpy",))
    assert found.channels == ("pytorch", "conda-forge")
    assert python.probe(target).kind == "conda"
    assert (torch.probe(target).version, torch.probe(target).installer) == ("2.5.1", "conda")
    assert packages.probe(target).version("numpy") == "2.1.3"


@pytest.mark.parametrize(
    ("record", "channel"),
    [
        ('{"build": "0", "channel": "https://conda.anaconda.org/conda-forge/linux-64"}', "conda-forge"),
        ('{"channel": "https://repo.anaconda.com/pkgs/main/win-64"}', "pkgs/main"),
        ('{"channel": "https://conda.anaconda.org/t/ab-1234567890/private/noarch"}', "t/…/private"),
        ('{"channel": "https://me:pw@example.com/conda/forge/osx-arm64"}', "https://example.com/conda/forge"),
        ('{"channel": "conda-forge"}', "conda-forge"),
        ('{"channel": "https://conda.anaconda.org/conda-forge/"}', "conda-forge"),  # as pixi and py-rattler write it
        ('{"build": "0"', ""),
    ],
)
def test_channel(record, channel):
    assert conda.channel_of(record) == channel


def test_pip_over_conda():
    listed = (CondaPackage("pytorch", "2.5.1"), CondaPackage("numpy", "1.26.4"), CondaPackage("six", "1.16.0"))
    distributions = [
        {"name": "torch", "version": "2.7.1+cu126", "installer": "pip"},
        {"name": "numpy", "version": "1.26.4", "installer": "conda"},
        {"name": "six", "version": "1.16.0", "installer": "pip"},  # an old conda package, marked so
        {"name": "requests", "version": "2.0", "installer": "pip"},
    ]
    assert conda.pip_over_conda(distributions, listed) == ("torch",)


@pytest.mark.parametrize(
    ("prefix", "root", "name"),
    [("/opt/conda", "/opt/conda", "base"), ("/opt/conda/envs/a", "/opt/conda", "a"), ("/data/env", "/opt/conda", "")],
)
def test_name(prefix, root, name):
    assert conda.name_of(Path(prefix), Path(root)) == name


def test_base_is_found_from_an_environment(tmp_path):
    (tmp_path / "base/conda-meta").mkdir(parents=True)
    (tmp_path / "base/conda-meta/conda-24.9.2-py312_0.json").touch()
    assert conda.conda_root(tmp_path / "base/envs/train", {}) == tmp_path / "base"
    elsewhere = {"CONDA_EXE": str(tmp_path / "base/bin/conda")}
    assert conda.conda_root(tmp_path / "far", elsewhere) == tmp_path / "base"
    assert conda.conda_root(tmp_path / "far", {}) is None


def test_condarc_files_and_what_is_wrong_with_them(tmp_path):
    (tmp_path / ".condarc").write_text("channels: [pytorch, defaults]\nssl_verify: false\n")
    (tmp_path / ".conda").mkdir()
    (tmp_path / ".conda/condarc").write_text("channels: [conda-forge\n")
    (tmp_path / ".mambarc").write_bytes(b"channels: [\xff\xfe]")
    files = _condarc.condarc_files({"HOME": str(tmp_path)})
    mine = {Path(f.path).name: f for f in files if str(tmp_path) in f.path}
    assert mine[".condarc"].settings == {"channels": ["pytorch", "defaults"], "ssl_verify": False}
    assert mine["condarc"].problem.startswith("cannot be understood")
    assert mine[".mambarc"].problem.startswith("is not UTF-8")
    assert _condarc.channels(files)[:2] == ("pytorch", "defaults")


def test_credentials_in_a_condarc_are_not_kept(tmp_path):
    (tmp_path / ".condarc").write_text(
        "channels: [https://me:pw@example.com/c]\nproxy_servers: {https: 'http://u:secret@proxy:1'}\n"
        "channel_alias: https://example.com/t/tk-12345678-abc/\n"
    )
    files = _condarc.condarc_files({"HOME": str(tmp_path)})
    assert not any(secret in repr(files) for secret in ("pw", "secret", "tk-1234"))
