"""What `nvidia-smi` prints, of old and new releases."""

from __future__ import annotations

import pytest

from doctor.text.nvidia_smi import bytes_of, cuda_version, driver_version, mig_profiles, number_of, switch_of, value_of
from tests.probes.test_nvidia_smi import FAILED, HEADER, LIST


def test_mig_profiles_by_gpu_without_their_ids() -> None:
    assert mig_profiles(LIST.splitlines()) == {1: ("3g.20gb", "1g.5gb")}


@pytest.mark.parametrize(
    ("header", "cuda", "driver"),
    [
        (HEADER, "12.4", "550.54.14"),
        ("| NVIDIA-SMI 610.43.02   KMD Version: 610.43.02   CUDA UMD Version: 13.3 |", "13.3", "610.43.02"),
        ("| NVIDIA-SMI 470.57.02   Driver Version: 470.57.02   CUDA Version: N/A |", "", "470.57.02"),
        ("| NVIDIA-SMI 390.77                 Driver Version: 390.77                    |", None, "390.77"),
        ("Driver Version                            : 450.66\nCUDA Version                  : 11.0", "11.0", "450.66"),
        (FAILED, None, None),
        ("", None, None),
    ],
)
def test_header_of_old_and_new_versions(header: str, cuda: str | None, driver: str | None) -> None:
    assert (cuda_version(header), driver_version(header)) == (cuda, driver)


@pytest.mark.parametrize("text", [None, "", "N/A", "[N/A]", "[Not Supported]", "Not Active", "[Unknown Error]"])
def test_what_says_that_there_is_no_value(text: str | None) -> None:
    assert value_of(text) is None
    assert (number_of(text), bytes_of(text), switch_of(text)) == (None, None, None)


def test_values() -> None:
    assert value_of("Default") == "Default"
    assert (number_of("41 C"), bytes_of("2 MiB"), number_of("16x")) == (41, 2 * 1024**2, 16)
    assert (switch_of("Enabled"), switch_of("Enabled*"), switch_of("Disabled")) == (True, True, False)
