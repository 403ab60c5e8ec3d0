"""backend-extension-fails."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import Host
from tests.rules.judging import facts_of, points_to

RULE = "backend-extension-fails"


def test_the_plug_in_is_left_out_and_nothing_installed():
    first, second = remedies_of(rules.load(RULE), facts_of(host=Host(os="linux")))
    assert first.commands == (("env", "TORCH_DEVICE_BACKEND_AUTOLOAD=0", "python", "PROGRAM.py"),)
    assert second.commands == ()


def test_texts():
    assert points_to(RULE, "RuntimeError: Failed to load the backend extension: torch_npu. You can disable extension")
    assert not points_to(RULE, "ModuleNotFoundError: No module named 'torch_npu'")
