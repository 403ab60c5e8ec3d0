"""wrong-import-name."""

import pytest

from doctor import explain
from tests.rules.judging import points_to

RULE = "wrong-import-name"
TEXTS = [
    "ModuleNotFoundError: No module named 'pytorch'",
    "ImportError: No module named pytorch",
    "ModuleNotFoundError: No module named 'Torchvision'",
    "ModuleNotFoundError: No module named 'scikit_learn'",
]
OTHERS = [
    "ModuleNotFoundError: No module named 'torch'",
    "ModuleNotFoundError: No module named 'pytorch_lightning'",
    "ModuleNotFoundError: No module named 'pytorch-lightning'",
    "ModuleNotFoundError: No module named 'sklearn'",
    "ModuleNotFoundError: No module named 'pillow_heif'",
]


@pytest.mark.parametrize("text", TEXTS)
def test_texts(text):
    assert [cause.rule for cause in explain.causes(text)] == [RULE]


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)


def test_it_clears_the_environment():
    assert explain.causes(TEXTS[0])[0].acquits
