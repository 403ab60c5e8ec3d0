"""directml-missing: more of its texts are in tests/explain/examples."""

from doctor import explain
from tests.rules.judging import points_to

RULE = "directml-missing"


def test_texts():
    assert (
        explain.causes("    import torch_directml\nModuleNotFoundError: No module named 'torch_directml'")[0].rule
        == RULE
    )
    assert points_to(RULE, "RuntimeError: Expected one of cpu, cuda device type at start of device string: dml:0")


def test_near_misses():
    assert not points_to(RULE, "AttributeError: module 'torch' has no attribute 'dmlx'")
    assert not points_to(RULE, "RuntimeError: Could not run 'aten::mm' with arguments from the 'CUDA' backend")
