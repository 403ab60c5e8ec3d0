"""amd-gpu-hang: more of its texts are in tests/explain/examples."""

from doctor import explain, rules
from doctor.diagnose import remedies_of
from doctor.facts import Host
from tests.rules.judging import facts_of

RULE = "amd-gpu-hang"
HANG = "HW Exception by GPU node-1 (Agent handle: 0x5ab48bbcc960) reason :GPU Hang"


def test_the_abort_only_follows():
    assert explain.causes(f"{HANG}\nFatal Python error: Aborted")[0].rule == RULE


def test_the_kernel_is_asked():
    look, override = remedies_of(rules.load(RULE), facts_of(host=Host(os="linux")))
    assert look.commands[0][-1] == "dmesg" and not override.commands
