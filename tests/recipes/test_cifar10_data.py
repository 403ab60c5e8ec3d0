"""Which data are used: those that are there, fetched ones, or generated ones that say so."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from tests.recipes.fault_server import serving

ARCHIVE = b"stands for the archive of CIFAR-10" * 100


@pytest.fixture
def data(recipe, monkeypatch):
    module = recipe("cifar10_data")
    monkeypatch.setattr(module, "MD5", hashlib.md5(ARCHIVE).hexdigest())
    monkeypatch.setattr(module, "PER_BATCH", 20)
    monkeypatch.setattr(module, "PER_BATCH_QUICK", 10)
    return module


@pytest.fixture
def find(data, tmp_path):
    """`find` with a root and a scratch folder; everything said is dropped."""

    def run(*sources: str, quick: bool = False):
        return data.find(str(tmp_path / "root"), str(tmp_path / "scratch"), sources, quick, [].append)

    return run


def test_without_network_the_data_are_synthetic_and_it_is_said(find, tmp_path):
    found = find("http://127.0.0.1:9/cifar-10-python.tar.gz")
    assert not found.real
    assert found.root == str(tmp_path / "scratch")
    assert found.said.startswith("synthetic data, not CIFAR-10: http://127.0.0.1:9/")
    assert "by hand" in found.said


def test_an_archive_put_there_by_hand_is_used(find, tmp_path):
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "cifar-10-python.tar.gz").write_bytes(ARCHIVE)
    found = find()
    assert found.real
    assert found.root == str(tmp_path / "root")


def test_a_broken_archive_is_not_used(find, tmp_path):
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "cifar-10-python.tar.gz").write_bytes(ARCHIVE[:-1])
    assert not find(quick=True).real


def test_the_archive_is_fetched_from_the_next_mirror(find, tmp_path):
    with serving(ARCHIVE) as server:
        found = find(server.url("/forbidden"), server.url("/good"))
    assert found.real
    assert "/good at" in found.said
    assert (tmp_path / "root" / "cifar-10-python.tar.gz").read_bytes() == ARCHIVE


def test_a_quick_run_fetches_nothing(find):
    with serving(ARCHIVE) as server:
        found = find(server.url("/good"), quick=True)
    assert not found.real
    assert server.asked == []
    assert "a quick run downloads nothing" in found.said


def test_own_addresses_come_before_the_official_one(data, monkeypatch):
    monkeypatch.setenv(data.SOURCES_VARIABLE, "https://a.example.com/x https://b.example.com/x")
    assert data.default_sources() == ("https://a.example.com/x", "https://b.example.com/x", data.OFFICIAL)


def test_the_catalog_and_the_recipe_name_the_same_official_source(data):
    from doctor.smoke.selection import cifar10_sources

    assert cifar10_sources()[0] == data.OFFICIAL


def test_the_default_root_is_the_users_cache(data, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", os.path.join("some", "cache"))
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    assert Path(data.default_root()) == Path("some/cache/torch-doctor/data")
