"""mps-build-missing."""

from doctor.facts import Apple, Host, Runtime, Torch
from tests.rules.judging import finding, points_to

RULE = "mps-build-missing"
MAC = Host(os="macos", architecture="arm64", distribution_version="14.5")


def test_fires_on_an_apple_chip():
    found = finding(
        RULE, runtime=Runtime(mps_built=False), host=MAC, apple=Apple("Apple M2"), torch=Torch(version="1.11.0")
    )
    assert found is not None
    assert "Apple M2" in found.message


def test_quiet_with_mps_on_an_intel_mac_under_rosetta_and_elsewhere():
    assert finding(RULE, runtime=Runtime(mps_built=True), host=MAC, apple=Apple("Apple M2")) is None
    assert finding(RULE, runtime=Runtime(mps_built=False), host=MAC, apple=Apple("Intel Core i7")) is None
    translated = Host(os="macos", rosetta=True, distribution_version="14.5")
    assert finding(RULE, runtime=Runtime(mps_built=False), host=translated, apple=Apple("Apple M2")) is None


def test_texts():
    assert points_to(RULE, "RuntimeError: PyTorch is not linked with support for mps devices")
    assert points_to(RULE, "The operator 'aten::_fft_r2c' is not currently implemented for the MPS device.")
    assert not points_to(RULE, "RuntimeError: PyTorch is not linked with support for xpu devices")
