"""torchcodec-mismatch."""

import pytest

from doctor.facts import ErrorText, Host, Package, Packages, Python, Torch
from doctor.model import Severity
from tests.rules.judging import commands, finding, is_cleared, is_open

RULE = "torchcodec-mismatch"
HERE = {
    "host": Host(os="linux", architecture="x86_64"),
    "python": Python(executable="python", version="3.12.4", machine="x86_64"),
}


def facts(torch: str, codec: str):
    return {**HERE, "torch": Torch(version=torch), "packages": Packages((Package("torchcodec", codec),))}


@pytest.mark.parametrize(
    ("torch", "codec", "wanted"),
    [
        ("2.9.1", "0.7.0", "0.9.1"),
        ("2.8.0+cu128", "0.8.0", "0.7.0"),
        ("2.10.0", "0.12.0", "0.10.0"),  # the stable ABI begins with torch 2.11
    ],
)
def test_fires_on_another_release_and_installs_the_fitting_one(torch, codec, wanted):
    found = finding(RULE, **facts(torch, codec))
    assert found is not None and found.severity is Severity.WARNING
    assert any(
        word.startswith(f"torchcodec=={wanted}") or word == f"torchcodec==={wanted}" for word in commands(found)[0]
    )


@pytest.mark.parametrize(
    ("torch", "codec"), [("2.9.1", "0.9.1"), ("2.9.0", "0.8.1"), ("2.11.0", "0.12.0"), ("2.15.0", "0.17.0")]
)
def test_quiet_on_pairs_of_the_table(torch, codec):
    assert is_cleared(RULE, **facts(torch, codec))


@pytest.mark.parametrize(
    ("torch", "codec"), [("2.9.1", "0.99.0"), ("2.7.0a0+git1234abc", "0.7.0"), ("1.13.1", "0.7.0")]
)
def test_open_on_versions_of_no_table(torch, codec):
    assert is_open(RULE, **facts(torch, codec))


def test_nothing_without_torchcodec():
    assert finding(RULE, torch=Torch(version="2.9.1"), packages=Packages()) is None


def test_an_error_that_names_it_makes_it_an_error():
    error = ErrorText("OSError: /env/torchcodec/libtorchcodec_core7.so: undefined symbol: _ZN3c10")
    found = finding(RULE, **facts("2.9.1", "0.7.0"), error=error)
    assert found is not None and found.severity is Severity.ERROR
    other = finding(RULE, **facts("2.9.1", "0.7.0"), error=ErrorText("CUDA error: out of memory"))
    assert other is not None and other.severity is Severity.WARNING
