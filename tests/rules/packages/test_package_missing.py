"""package-missing."""

from tests.rules.judging import points_to

RULE = "package-missing"


def test_texts():
    assert points_to(RULE, "ModuleNotFoundError: No module named 'cv2'")
    assert points_to(RULE, "ImportError: No module named yaml")
    assert not points_to(RULE, "ModuleNotFoundError: No module named 'torch'")
    assert not points_to(RULE, "ModuleNotFoundError: No module named 'numpy'")
    assert not points_to(RULE, "ModuleNotFoundError: No module named 'triton'")
