"""dataloader-collate-mismatch."""

from __future__ import annotations

import pytest

from tests.rules.judging import points_to
from tests.source.snippets import rules

RULE = "dataloader-collate-mismatch"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
from torchvision import datasets
DataLoader(datasets.MNIST(".", train=True, download=True))
""",
    """
from torchvision.datasets import ImageFolder
data = ImageFolder("x")
DataLoader(data, batch_size=4)
""",
)
QUIET = (
    """
from torchvision import datasets
DataLoader(datasets.MNIST(".", transform=t))
""",
    """
from torchvision.datasets import ImageFolder
DataLoader(ImageFolder("x", t))
""",
    """
from torchvision.datasets import ImageFolder
data = ImageFolder("x")
data.transform = t
DataLoader(data)
""",
    """
from torchvision.datasets import MNIST
DataLoader(MNIST("."), collate_fn=collate)
""",
    """
from torchvision.datasets import MNIST
DataLoader(MNIST("."), batch_size=None)
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)


def test_error_texts() -> None:
    assert points_to(
        RULE,
        "TypeError: default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; found None",
    )
    assert not points_to(RULE, "TypeError: expected Tensor as element 0 in argument 0, but got str")
