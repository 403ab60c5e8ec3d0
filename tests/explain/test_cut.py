"""A text that was cut in the middle of its last message."""

import pytest

from doctor.explain import causes, cut


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (
            "RuntimeError: CUDA error: no kernel image is available for execution on the devi",
            "gpu-arch-newer-than-build",
        ),
        ("Failed to initialize NVML: Driver/library version misma", "nvml-driver-library-mismatch"),
        ("ImportError: libcudart.so.12: cannot open shared object fi", "cuda-runtime-lib-missing"),
        ("Epoch 3\nRuntimeError: No CUDA GPUs are avail", "cuda-unavailable-undetermined"),
        ("RuntimeError: Cannot re-initialize CUDA in forked subpro\n\n", "fork-after-cuda-init"),
    ],
)
def test_the_message_is_known_by_its_beginning(text: str, rule: str):
    first = causes(text)[0]
    assert first.rule == rule
    assert first.line == text.strip().rpartition("\n")[2]  # as it was
    assert first.line_number == text.strip().count("\n") + 1


@pytest.mark.parametrize(
    "text",
    [
        "RuntimeError: CUDA err",  # too little of it
        "No CUDA GPUs are avail\nand then it went on",  # not the end
        "We looked at the version that was used last year",
        "",
    ],
)
def test_nothing_is_made_up(text: str):
    assert causes(text) == ()


def test_a_message_that_is_whole_stays():
    assert cut.whole("CUDA error: no kernel image is available for execution on the device") is None
