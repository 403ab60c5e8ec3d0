"""What `nvidia-smi` prints, of old and new releases."""

from __future__ import annotations

import pytest

from doctor.facts import Gpu
from doctor.text.nvidia_smi import (
    bytes_of,
    cuda_version,
    driver_version,
    mig_profiles,
    number_of,
    switch_of,
    value_of,
    with_instances,
)
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


TABLE = """\
|   0  NVIDIA A100-SXM4-40GB          On  | 00000000:07:00.0 Off |                   On |
|                                         |                      |              Enabled |
| MIG devices:                                                                          |
|  0    7   0   0  |              12MiB /  4864MiB  | 14      0 |  1   0    0    0    0 |
|                  |               0MiB /  8191MiB  |           |                       |
|  0    8   0   1  |              12MiB /  4864MiB  | 14      0 |  1   0    0    0    0 |
"""


@pytest.mark.parametrize(
    ("lines", "mig", "instances"),
    [
        (TABLE, True, ("4864MiB", "4864MiB")),
        (LIST, True, ("3g.20gb", "1g.5gb")),
        ("|  No MIG devices found  |", True, ()),
        ("GPU 1: NVIDIA A100 (UUID: GPU-1)\n", True, ()),
        (TABLE[: TABLE.index("| MIG")], None, ()),  # cut off before the part that lists them
    ],
)
def test_whether_a_gpu_in_mig_mode_has_instances(lines: str, mig: bool | None, instances: tuple[str, ...]) -> None:
    index = 0 if "|" in lines else 1
    (gpu,) = with_instances([Gpu("NVIDIA A100", index, mig=True)], lines.splitlines())
    assert (gpu.mig, gpu.mig_instances) == (mig, instances)
    (off,) = with_instances([Gpu("NVIDIA A100", 5, mig=False)], lines.splitlines())
    assert off.mig is False
