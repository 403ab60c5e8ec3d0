"""mps-macos-too-old."""

from doctor.facts import Apple, Host, Python, Runtime, Torch
from doctor.rules.api import CannotTell, NotThere
from tests.rules.judging import answer, commands, points_to

RULE = "mps-macos-too-old"


def judged(macos, torch="2.5.1", chip="Apple M1", **more):
    host = Host(os="macos", architecture="arm64", distribution_version=macos)
    return answer(RULE, torch=Torch(version=torch), host=host, apple=Apple(chip=chip, macos=macos), **more)


def test_fires_and_offers_the_last_release_for_this_macos():
    found = judged("12.7.6", python=Python(version="3.12.3", machine="arm64"))
    assert "13.0" in found.message
    (install,) = commands(found)
    assert "torch==2.4.1" in install
    assert "Software Update" in found.remedies[1].title


def test_no_release_that_this_python_cannot_take():
    found = judged("13.6", torch="2.9.0", python=Python(version="3.14.0", machine="arm64"))
    assert commands(found) == []


def test_cleared_by_a_macos_that_is_new_enough_where_mps_works_and_elsewhere():
    assert isinstance(judged("13.5"), NotThere)
    assert isinstance(judged("12.7.6", torch="2.4.1"), NotThere)
    assert isinstance(judged("12.7.6", runtime=Runtime(mps_available=True)), NotThere)
    assert isinstance(answer(RULE, torch=Torch(version="2.5.1"), host=Host(os="linux")), NotThere)


def test_open_on_an_intel_mac_and_for_an_unknown_release():
    assert isinstance(judged("12.7.6", chip="Intel Core i7"), CannotTell)
    assert isinstance(judged("12.7.6", torch="0.4.1"), CannotTell)


def test_texts():
    assert points_to(
        RULE, "RuntimeError: The MPS backend is supported on MacOS 12.3+.Current OS version can be queried"
    )
    assert not points_to(RULE, "MPS support binary op with uint8 natively starting from macOS 13.0")
