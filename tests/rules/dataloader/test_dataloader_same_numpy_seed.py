"""dataloader-same-numpy-seed."""

from __future__ import annotations

import pytest

from tests.source.snippets import rules

RULE = "dataloader-same-numpy-seed"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
import numpy as np
DataLoader(d, num_workers=2, worker_init_fn=lambda worker: np.random.seed(0))
""",
    """
import random
SEED = 3
def init(worker):
    random.seed(SEED)
DataLoader(d, num_workers=2, worker_init_fn=init)
""",
)
QUIET = (
    """
import numpy as np
def init(worker):
    np.random.seed(42 + worker)
DataLoader(d, num_workers=2, worker_init_fn=init)
""",
    """
import numpy as np
def init(worker):
    seed = torch.initial_seed() % 2**32
    np.random.seed(seed)
DataLoader(d, num_workers=2, worker_init_fn=init)
""",
    """
import numpy as np
np.random.seed(0)
DataLoader(d, num_workers=2)
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)
