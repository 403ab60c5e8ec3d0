"""Packages and the requirements that nothing meets."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from doctor.facts import Package, Unmet
from doctor.probes import packages
from doctor.target import Target
from tests.environments import package, site_packages


@pytest.fixture
def site(bare_python) -> Path:
    return site_packages(bare_python.parent.parent)


def test_installed_and_unmet(bare_python, site):
    package(site, "torch", "2.7.1", {"torch/__init__.py": ""}, requires=("sympy>=1.13", "filelock"))
    package(site, "sympy", "1.12")
    found = packages.probe(Target(bare_python))
    assert found.version("torch") == "2.7.1"
    assert found.version("numpy") is None
    assert found.unmet == (Unmet("torch", "sympy>=1.13", "1.12"), Unmet("torch", "filelock", ""))
    assert (found.duplicates, found.damaged, found.leftovers, found.complete) == ((), (), (), True)


def test_every_copy_of_a_doubled_package(bare_python, site, tmp_path):
    package(site, "torch", "2.7.1", {"torch/__init__.py": ""})
    package(tmp_path / "more", "torch", "2.2.0", {"torch/__init__.py": ""})
    found = packages.probe(Target(bare_python, env={**os.environ, "PYTHONPATH": str(tmp_path / "more")}))
    assert found.version("torch") == "2.2.0"  # the one that is imported
    assert [p.version for p in found.duplicates] == ["2.2.0", "2.7.1"]


def test_where_a_package_came_from_without_credentials(bare_python, site):
    meta = package(site, "torch", "2.7.1", {"torch/__init__.py": ""})
    told = {"url": "https://me:secret@example.com/torch-2.7.1.whl", "archive_info": {}}
    (meta / "direct_url.json").write_text(json.dumps(told))
    torch = packages.probe(Target(bare_python)).installed[0]
    assert torch.source == "https://example.com/torch-2.7.1.whl"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"url": null}'])
def test_half_written_source(text):
    assert packages.source(text) == ""


ENVIRONMENT = packages.markers({"version": "3.12.4", "implementation": "CPython"})


@pytest.mark.parametrize(
    ("requirement", "missing"),
    [
        ("torch==2.7.1", False),
        ("torch==2.7.1+cu126", False),
        ("torch>=2.0", False),
        ("torch<2", True),
        ("numpy; python_version < '3.9'", False),
        ("numpy; python_version >= '3.9'", True),
        ("numpy; platform_python_implementation == 'PyPy'", False),
        ("this is no requirement !!", False),
        ("numpy; '' < ''", False),
        ("numpy; platform_version ~= '5.1'", False),
    ],
)
def test_requirement(requirement, missing):
    installed = {
        "torch": Package("torch", "2.7.1+cu126"),
        "torchvision": Package("torchvision", "0.22.1", requires=(requirement,)),
    }
    assert bool(list(packages.unmet(installed, ENVIRONMENT))) is missing


def test_a_version_that_is_none_cannot_be_judged():
    installed = {"torch": Package("torch", "unknown"), "x": Package("x", "1", requires=("torch>=2",))}
    assert list(packages.unmet(installed, ENVIRONMENT)) == []


@pytest.mark.heavy
def test_real_torch_is_as_it_was_installed(torch_python):
    found = packages.probe(Target(torch_python, full=True, deadline_s=120))
    assert found.version("torch")
    assert found.damaged == ()
    assert found.unmet == ()
