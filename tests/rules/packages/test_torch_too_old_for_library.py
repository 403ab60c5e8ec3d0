"""torch-too-old-for-library."""

from tests.rules.judging import points_to

RULE = "torch-too-old-for-library"


def test_texts():
    assert points_to(RULE, "Disabling PyTorch because PyTorch >= 2.4 is required but found 2.2.2")
    assert points_to(RULE, "AttributeError: module 'torch' has no attribute 'float8_e4m3fn'")
    assert points_to(RULE, "AttributeError: module 'torch.utils._pytree' has no attribute 'register_pytree_node'")
    assert not points_to(RULE, "AttributeError: module 'torch' has no attribute 'Tensor'")
    assert not points_to(RULE, "ModuleNotFoundError: No module named 'torch'")
