"""jit-extension-not-built."""

from doctor import rules
from doctor.diagnose import remedies_of
from tests.rules.judging import facts_of, points_to

RULE = "jit-extension-not-built"


def test_nothing_is_deleted_by_a_command():
    assert not any(remedy.commands for remedy in remedies_of(rules.load(RULE), facts_of()))


def test_texts():
    line = "ImportError: {}/fused_adam/fused_adam.so: cannot open shared object file: No such file or directory"
    assert points_to(RULE, line.format("/root/.cache/torch_extensions/py311_cu124"))
    assert not points_to(RULE, line.format("/opt/venv/lib/python3.11/site-packages"))
