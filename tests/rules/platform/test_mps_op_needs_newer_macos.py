"""mps-op-needs-newer-macos."""

from doctor import explain
from doctor.diagnose import remedies_of
from doctor.facts import Host
from doctor.rules import load
from tests.rules.judging import facts_of, points_to

RULE = "mps-op-needs-newer-macos"


def test_texts():
    assert points_to(RULE, "MPS support binary op with uint8 natively starting from macOS 13.0")
    assert points_to(RULE, "TypeError: MPS BFloat16 is only supported on MacOS 14 or newer")


def test_the_operation_runs_on_the_cpu_before_macos_is_updated():
    fallback, update = remedies_of(load(RULE), facts_of(host=Host(os="macos")))
    assert fallback.commands == (("env", "PYTORCH_ENABLE_MPS_FALLBACK=1", "python", "PROGRAM.py"),)
    assert update.commands == () and "Software Update" in update.title


def test_the_backend_as_a_whole_is_another_matter():
    line = "RuntimeError: The MPS backend is supported on MacOS 12.3+.Current OS version can be queried using `sw_vers`"
    assert explain.causes(line)[0].rule == "mps-macos-too-old"
    assert not points_to(RULE, "macOS 13.0 is installed")
