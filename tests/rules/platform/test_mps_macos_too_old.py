"""mps-macos-too-old."""

from doctor.facts import Apple, Host, Runtime, Torch
from tests.rules.judging import commands, finding, points_to

RULE = "mps-macos-too-old"


def judged(macos, torch="2.5.1", chip="Apple M1", **more):
    host = Host(os="macos", architecture="arm64", distribution_version=macos)
    return finding(RULE, torch=Torch(version=torch), host=host, apple=Apple(chip=chip, macos=macos), **more)


def test_fires_and_offers_the_last_release_for_this_macos():
    found = judged("12.7.6")
    assert found is not None
    assert "13.0" in found.message
    assert any("torch==2.4.1" in command for command in commands(found))


def test_quiet_on_a_macos_that_is_new_enough_an_intel_mac_and_where_mps_works():
    assert judged("13.5") is None
    assert judged("12.7.6", torch="2.4.1") is None
    assert judged("12.7.6", chip="Intel Core i7") is None
    assert judged("12.7.6", runtime=Runtime(mps_available=True)) is None
    assert judged("12.7.6", torch="0.4.1") is None


def test_texts():
    assert points_to(
        RULE, "RuntimeError: The MPS backend is supported on MacOS 12.3+.Current OS version can be queried"
    )
    assert not points_to(RULE, "MPS support binary op with uint8 natively starting from macOS 13.0")
