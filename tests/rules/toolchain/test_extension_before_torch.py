"""extension-before-torch: more of its texts are in tests/explain/examples."""

from doctor import rules
from doctor.diagnose import remedies_of
from tests.rules.judging import facts_of, points_to

RULE = "extension-before-torch"


def test_the_import_first():
    first, again, shown = remedies_of(rules.load(RULE), facts_of())
    assert "import torch" in first.title and not first.commands and not again.commands
    assert "TORCH_USE_RTLD_GLOBAL" in shown.title


def test_near_misses():
    assert points_to(RULE, "ImportError: ./lltm_cuda.so: undefined symbol: THPVariableClass")
    assert not points_to(RULE, "ImportError: ./lltm_cuda.so: undefined symbol: THPVariableClassOfMine")
