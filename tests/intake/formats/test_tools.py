"""Operating systems' and vendors' tools: what stands around their text, and what they say when they fail."""

from __future__ import annotations

import pytest

from doctor.intake.formats import FORMATS
from doctor.intake.recognise import examine
from doctor.intake.witness import Witness
from tests.each import each
from tests.intake import samples
from tests.intake.formats.sample_files import all_samples

READERS = {one.__name__.rpartition(".")[2]: one for one in FORMATS if one.WITNESS in (Witness.DRIVER, Witness.SYSTEM)}
TOOLS = [sample for sample in all_samples() if sample.form in READERS and "torch.version" not in sample.facts]
PROSE = (
    "I installed it on Tuesday, and since then: nothing works",
    "GPU: 0",
    "Hardware:",
    "  see below: it is the second of two",
    "at 10:20.5 INFO: the run stopped",
    "on python 3.10 and later it is the same",
    "Name",
    "ID=7",
    "RuntimeError: CUDA error: no kernel image is available for execution on the device",
)


@each("sample", TOOLS, ids=str)
def test_what_follows_it_is_read_as_it_is_alone(sample):
    """A dump of torch after it keeps its own lines, and an error stays one."""
    dump = "\n\nPyTorch version: 2.5.1+cu124\nPython version: 3.11.9\nIs CUDA available: False\n\n"
    facts = examine(f"{sample.text}{dump}{PROSE[-1]}\n").facts
    assert facts.torch.value is not None and facts.torch.value.version == "2.5.1+cu124"
    assert facts.python.value is not None and facts.python.value.version == "3.11.9"
    assert facts.error.value is not None and PROSE[-1] in facts.error.value.text


@pytest.mark.parametrize("one", READERS.values(), ids=READERS)
def test_prose_is_nobodys(one):
    assert one.read(PROSE) == ({}, set())


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (
            "ROCk module is loaded\nUnable to open /dev/kfd read-write: Permission denied\nError: Failed to open kfd",
            "Unable to open /dev/kfd",
        ),
        (
            "CUDA Device Query (Runtime API) version (CUDART static linking)\n\ncudaGetDeviceCount returned 100\n"
            "-> no CUDA-capable device is detected\nResult = FAIL\nerror: it failed",
            "no CUDA-capable device",
        ),
    ],
)
def test_a_failure_stays_a_text(text: str, error: str):
    facts = examine(text, lambda _: True).facts
    assert facts.error.value is not None and error in facts.error.value.text


def test_a_table_claims_no_other_table():
    text = f"{samples.SMI}\n| package | version |\n|---|---|\n| torchvision | 0.20.1 |\n"
    claimed = next(one for one in FORMATS if one.TITLE == "`nvidia-smi`").read(text.split("\n"))[1]
    lines = text.split("\n")
    assert "| package | version |" in lines
    assert max(claimed) < lines.index("| package | version |")


def test_the_default_distribution_does_not_say_where_the_program_ran():
    facts = examine("  NAME      STATE           VERSION\n* Ubuntu    Running         2\n" + samples.COLLECT_ENV).facts
    assert facts.host.value == examine(samples.COLLECT_ENV).facts.host.value
