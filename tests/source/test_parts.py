"""What a dataset or callable carries into the workers."""

from __future__ import annotations

import pytest

from tests.source.snippets import rules

HEAD = """import torch
from functools import partial
from torch.utils.data import DataLoader, Dataset, Subset, random_split
from torchvision import datasets, transforms
from torchvision.transforms import Compose, Lambda
"""
RULE = "dataloader-unpicklable"


@pytest.mark.parametrize(
    "body",
    [
        "DataLoader(d, num_workers=1, collate_fn=lambda b: b)",
        "f = lambda b: b\nDataLoader(d, num_workers=1, collate_fn=f)",
        "DataLoader(d, num_workers=1, worker_init_fn=lambda w: None)",
        "DataLoader(d, num_workers=1, collate_fn=partial(lambda b, n: b, n=1))",
        "def make():\n    def collate(b):\n        return b\n"
        "    return DataLoader(d, num_workers=1, collate_fn=collate)",
        "def collate_with(n):\n    def collate(b):\n        return b\n    return collate\n"
        "DataLoader(d, num_workers=1, collate_fn=collate_with(3))",
        "t = transforms.Compose([transforms.Lambda(lambda x: x)])\n"
        "DataLoader(datasets.MNIST('.', transform=t), num_workers=1)",
        "t = transforms.Lambda(lambda x: x)\nd = datasets.ImageFolder('.', t)\n"
        "DataLoader(Subset(d, [1]), num_workers=1)",
        "d = datasets.MNIST('.', transform=Compose([Lambda(lambda x: x)]))\na, b = random_split(d, [1, 1])\n"
        "DataLoader(a, num_workers=1)",
        "name = 'MNIST'\nd = datasets.__dict__[name]('.', transform=Lambda(lambda x: x))\nDataLoader(d, num_workers=1)",
        "d = getattr(datasets, name)('.', transform=Lambda(lambda x: x))\nDataLoader(d, num_workers=1)",
        "def transform():\n    return Compose([Lambda(lambda x: x)])\n"
        "DataLoader(datasets.MNIST('.', transform=transform()), num_workers=1)",
        "def main():\n    class D(Dataset):\n        pass\n    return DataLoader(D(), num_workers=1)",
        "class D(Dataset):\n    def __init__(self, f=None):\n        self.f = f or (lambda x: x)\n"
        "DataLoader(D(), num_workers=1)",
        "class D(Dataset):\n    def __init__(self, f):\n        self.f = f\nDataLoader(D(lambda x: x), num_workers=1)",
        "d = datasets.MNIST('.')\nd.transform = Lambda(lambda x: x)\nDataLoader(d, num_workers=1)",
        "def load(d):\n    return DataLoader(d, num_workers=1)\n"
        "load(datasets.MNIST('.', transform=Lambda(lambda x: x)))",
    ],
)
def test_what_cannot_be_pickled_is_found_wherever_it_is_held(body: str) -> None:
    assert rules(HEAD + body)[RULE] == "error"


@pytest.mark.parametrize(
    "body",
    [
        "DataLoader(d, num_workers=0, collate_fn=lambda b: b)",
        "DataLoader(d, collate_fn=lambda b: b)",
        "def collate(b):\n    return b\nDataLoader(d, num_workers=1, collate_fn=collate)",
        "def collate(b, n):\n    return b\nDataLoader(d, num_workers=1, collate_fn=partial(collate, n=1))",
        "class C:\n    def __call__(self, b):\n        return b\nDataLoader(d, num_workers=1, collate_fn=C())",
        "class C:\n    def collate(self, b):\n        return b\nDataLoader(d, num_workers=1, collate_fn=C().collate)",
        "files = sorted(names, key=lambda n: n)\nDataLoader(files, num_workers=1)",
        "class D(Dataset):\n    def __init__(self):\n        self.n = sorted(a, key=lambda x: x)\n"
        "DataLoader(D(), num_workers=1)",
        "class D(Dataset):\n    def __getitem__(self, i):\n        return Compose([Lambda(lambda x: x)])(i)\n"
        "DataLoader(D(), num_workers=1)",
        "class D(Dataset):\n    def __init__(self, f):\n        self.n = f(1)\n"
        "DataLoader(D(lambda x: x), num_workers=1)",
        "class D(Dataset):\n    def __init__(self):\n        self.f = lambda x: x\n    def __getstate__(self):\n"
        "        return {}\n"
        "DataLoader(D(), num_workers=1)",
        "scheduler = torch.optim.lr_scheduler.LambdaLR(o, lambda e: e)\nDataLoader(d, num_workers=1)",
    ],
)
def test_what_is_not_held_or_can_be_pickled_is_quiet(body: str) -> None:
    assert RULE not in rules(HEAD + body)


def test_a_dataset_class_whose_loaders_are_elsewhere_is_a_warning() -> None:
    body = "class D(Dataset):\n    def __init__(self):\n        self.f = lambda x: x\n"
    assert rules(HEAD + body)[RULE] == "warning"
