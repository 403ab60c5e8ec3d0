"""-mac."""

from doctor.facts import Apple, Cpu, Host, Python, Torch
from doctor.rules.platform import _mac


def test_the_version_comes_from_apples_facts_or_the_hosts():
    assert _mac.macos(Host(os="macos", distribution_version="13.1"), Apple(macos="14.5")) == "14.5"
    assert _mac.macos(Host(os="macos", distribution_version="13.1"), None) == "13.1"
    assert _mac.macos(Host(os="linux", distribution_version="22.04"), None) is None


def test_the_chip():
    assert _mac.silicon(None, Apple(chip="Apple M2"), None) is True
    assert _mac.silicon(Host(architecture="arm64"), None, Cpu(model="Intel(R) Core(TM) i7")) is False
    assert _mac.silicon(Host(architecture="x86_64"), None, None) is False
    assert _mac.silicon(None, None, None) is None


def test_translated_code():
    assert _mac.translated(None, Python(machine="x86_64"), True)
    assert _mac.translated(None, Python(platform="macosx-11.0-x86_64"), True)
    assert not _mac.translated(None, Python(machine="x86_64"), False)
    assert not _mac.translated(None, Python(machine="arm64"), True)


def test_what_a_release_needs():
    assert _mac.minimum_macos(Torch(version="2.5.1")) == "13.0"
    assert _mac.minimum_macos(Torch(version="0.4.1")) == ""
