"""torch on disk: version, build and origin from its own files."""

from __future__ import annotations

from pathlib import Path

import pytest

from doctor.probes import torch
from doctor.target import Target
from tests.environments import fake_torch, site_packages


def test_none(bare_python):
    assert torch.probe(Target(bare_python)).version == ""


def test_what_its_version_file_states(bare_python):
    fake_torch(site_packages(bare_python.parent.parent))
    found = torch.probe(Target(bare_python))
    assert (found.version, found.build, found.cuda_version) == ("2.7.1+cu126", "cu126", "12.6")
    assert (found.hip_version, found.debug, found.source_build) == ("", False, False)
    assert found.location.endswith(str(Path("site-packages/torch")))
    assert found.size_bytes > 0


def test_half_a_torch_leaves_its_build_unknown(bare_python):
    site = site_packages(bare_python.parent.parent)
    fake_torch(site)
    (site / "torch" / "version.py").unlink()
    found = torch.probe(Target(bare_python))
    assert (found.version, found.build, found.cuda_version) == ("2.7.1+cu126", None, None)


@pytest.mark.parametrize(
    ("version", "source"),
    [
        ("2.6.0a0+git1234567", True),
        ("2.3.0a0+ebedce2", True),
        ("2.6.0+git9fc1e5b", True),
        ("2.7.1+cu126", False),
        ("2.8.0.dev20250601+cu128", False),
        ("2.7.1", False),
    ],
)
def test_source_build(version, source):
    assert torch.from_source(version) is source
