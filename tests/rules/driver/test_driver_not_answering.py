from __future__ import annotations

import pytest

from doctor.facts import Nvidia, Runtime
from doctor.model import Severity
from doctor.rules.api import There
from doctor.rules.driver import driver_not_answering as rule
from tests.rules.hosts import UBUNTU, WINDOWS
from tests.rules.judging import commands, finding, is_cleared, is_open

DEAD = "NVML: died of SIGSEGV, in GPU 1"
HUNG = "libcuda: no answer in 20.0 s, in cuInit"


@pytest.mark.parametrize(
    ("nvidia", "fact", "story"),
    [
        (Nvidia(libcuda="/usr/lib/libcuda.so.1", libcuda_error=HUNG), "nvidia.libcuda_error", HUNG),
        (Nvidia(nvml_message=f"GPU 0: GPU is lost; {DEAD}"), "nvidia.nvml_message", DEAD),
        (
            Nvidia(nvml_message=DEAD, libcuda="/x", libcuda_error="CUDA_ERROR_UNKNOWN (999)"),
            "nvidia.nvml_message",
            DEAD,
        ),
    ],
)
def test_a_library_that_hangs_or_dies(nvidia: Nvidia, fact: str, story: str) -> None:
    found = rule.check(nvidia, None)
    assert isinstance(found, There) and found.severity is None
    assert (found.evidence[0].fact, found.values["story"]) == (fact, story)


def test_it_is_a_warning_where_cuda_starts_all_the_same() -> None:
    alone = rule.check(Nvidia(nvml_message=DEAD, libcuda="/usr/lib/libcuda.so.1"), None)
    seen = rule.check(Nvidia(libcuda_error=HUNG), Runtime(cuda_available=True))
    assert isinstance(alone, There) and alone.severity is Severity.WARNING
    assert isinstance(seen, There) and seen.severity is Severity.WARNING


@pytest.mark.parametrize(
    "nvidia",
    [
        Nvidia(driver_version="550.54.14"),
        Nvidia(nvml_error="NVML_ERROR_UNKNOWN", nvml_message="Unknown Error"),
        Nvidia(libcuda_error="libcuda.so.1: cannot open shared object file: No such file or directory"),
        Nvidia(nvml_message="NVML: exit 1, ModuleNotFoundError: No module named 'pynvml', in starting"),
    ],
)
def test_a_library_that_answers_or_is_not_there(nvidia: Nvidia) -> None:
    assert not isinstance(rule.check(nvidia, None), There)


def test_what_clears_it_and_what_leaves_it_open() -> None:
    assert is_cleared("driver-not-answering", nvidia=Nvidia(driver_version="550.54.14"))
    assert is_open("driver-not-answering", nvidia=Nvidia())


def test_the_kernels_words_are_read_before_a_restart() -> None:
    hung = Nvidia(libcuda_error=HUNG)
    shown = [("sudo", "dmesg"), ("ldconfig", "-p")]
    assert commands(finding("driver-not-answering", nvidia=hung, host=UBUNTU)) == shown
    assert commands(finding("driver-not-answering", nvidia=hung, host=WINDOWS)) == []
