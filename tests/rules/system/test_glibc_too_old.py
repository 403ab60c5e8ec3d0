"""glibc-too-old."""

import pytest

from doctor.facts import Host, Nvidia, Python, Runtime, Torch
from doctor.model import Severity
from tests.rules.judging import NOT_THERE, commands, finding, is_cleared, is_open, points_to

RULE = "glibc-too-old"


def host(version: str | None, architecture: str = "x86_64") -> Host:
    return Host(os="linux", libc="glibc", libc_version=version, architecture=architecture)


@pytest.mark.parametrize(
    ("torch", "glibc", "architecture"),
    [("2.7.0", "2.17", "x86_64"), ("2.6.0", "2.27", "aarch64"), ("1.0.0", "2.12", "x86_64")],
)
def test_fires_below_what_the_wheels_need(torch, glibc, architecture):
    found = finding(RULE, host=host(glibc, architecture), torch=Torch(version=torch))
    assert found and found.severity is Severity.ERROR
    assert glibc in found.message


@pytest.mark.parametrize(
    ("torch", "glibc", "architecture"),
    [
        ("2.6.0", "2.17", "x86_64"),
        ("2.7.0", "2.28", "x86_64"),
        ("2.7.0", "2.17", "ppc64le"),
        ("2.8.0a0+git1", "2.17", "x86_64"),
    ],
)
def test_quiet_where_they_fit_or_are_not_known(torch, glibc, architecture):
    assert finding(RULE, host=host(glibc, architecture), torch=Torch(version=torch)) is None


def test_quiet_when_torch_works_comes_from_conda_or_the_version_is_not_known():
    torch = Torch(version="2.7.0")
    assert finding(RULE, host=host("2.17"), torch=torch, runtime=Runtime(imported=True)) is None
    assert finding(RULE, host=host("2.17"), torch=Torch(version="2.7.0", installer="conda")) is None
    assert finding(RULE, host=host(None), torch=torch) is None
    assert finding(RULE, host=Host(libc="musl", libc_version="1.2.4"), torch=torch) is None


def test_without_torch_it_says_what_still_installs():
    found = finding(RULE, host=host("2.17"), torch=NOT_THERE)
    assert found and found.severity is Severity.WARNING


def test_the_newest_torch_that_fits_or_a_sentence_where_none_does():
    old = {"host": host("2.17"), "torch": NOT_THERE, "nvidia": Nvidia(driver_version="", gpus=())}
    fits = commands(finding(RULE, python=Python(version="3.11.4"), **old))
    assert fits[0][:5] == ("python", "-m", "pip", "install", "torch==2.6.0+cpu")
    newer = finding(RULE, python=Python(version="3.14.0"), **old)
    assert commands(newer) == []
    assert newer and newer.remedies[0].title.startswith("No PyTorch fits")
    unknown = commands(finding(RULE, host=host("2.17"), torch=NOT_THERE))
    assert unknown == [("torch-doctor", "match", "--os", "linux", "--arch", "x86_64", "--glibc", "2.17")]


def test_another_c_library_clears_it_and_a_new_one_does_not():
    assert is_cleared(RULE, host=Host(os="macos", libc=""), torch=Torch(version="2.7.0"))
    assert is_cleared(RULE, host=Host(os="linux", libc="musl"), torch=Torch(version="2.7.0"))
    # a library beside torch may ask for more
    assert is_open(RULE, host=host("2.31"), torch=Torch(version="2.7.0"), runtime=Runtime(imported=True))
    assert is_open(RULE, host=host(None), torch=Torch(version="2.7.0"))


def test_texts():
    line = "ImportError: /lib64/libc.so.6: version `GLIBC_2.17' not found (required by torch/_C.so)"
    assert points_to(RULE, line)
    line = "/lib/x86_64-linux-gnu/libm.so.6: version `GLIBC_2.29' not found (required by /x.so)"
    assert points_to(RULE, line)
    assert not points_to(RULE, "/lib64/libstdc++.so.6: version `GLIBCXX_3.4.26' not found (required by torch)")


def test_of_a_torch_that_nobody_told_of_it_is_no_warning():
    found = finding(RULE, host=host("2.17"))
    assert found and found.severity is Severity.INFO
