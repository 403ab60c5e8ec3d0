"""Which calls make loaders: aliases, subclasses, partial, wrappers of other libraries, other files."""

from __future__ import annotations

import pytest

from tests.source.snippets import view


def kinds(source: str) -> list[tuple[str, str]]:
    return [(x.kind, x.workers.certainty) for x in view(source).loaders]


@pytest.mark.parametrize(
    "source",
    [
        "import torch\ntorch.utils.data.DataLoader(d, num_workers=1)",
        "import torch.utils.data as data\ndata.DataLoader(d, num_workers=1)",
        "from torch.utils import data\ndata.DataLoader(d, num_workers=1)",
        "from torch.utils.data import DataLoader as DL\nDL(d, num_workers=1)",
        "from torch.utils.data.dataloader import DataLoader\nDataLoader(d, num_workers=1)",
        "from torch.utils.data import *\nDataLoader(d, num_workers=1)",
        "from torch.utils.data import DataLoader\nL = DataLoader\nL(d, num_workers=1)",
        "from torch.utils.data import DataLoader\nL = DataLoader if a else DataLoader\nL(d, num_workers=1)",
        "from functools import partial\nfrom torch.utils.data import DataLoader\n"
        "L = partial(DataLoader, num_workers=1)\nL(d)",
        "import functools\nimport torch\nfunctools.partial(torch.utils.data.DataLoader, num_workers=1)(d)",
        "from torchdata.stateful_dataloader import StatefulDataLoader\nStatefulDataLoader(d, num_workers=1)",
    ],
)
def test_torch_s_loader_under_any_name(source: str) -> None:
    assert kinds(source) == [("torch", "yes")]


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("from torch_geometric.loader import DataLoader\nDataLoader(d, num_workers=1)", "wrapper"),
        ("from torch_geometric.loader import NeighborLoader\nNeighborLoader(d, num_workers=1)", "wrapper"),
        ("from torch_geometric.loader import NeighborSampler\nNeighborSampler(e, num_workers=1)", "wrapper"),
        ("import data\ndata.create_dataloader(o, num_workers=1)", "foreign"),
        ("import dgl\ndgl.dataloading.DataLoader(g, ids, s, num_workers=1)", "wrapper"),
        ("import torch\nfrom data import create_dataloader\ncreate_dataloader(p, workers=1)", "foreign"),
        ("from transformers import TrainingArguments\nTrainingArguments(dataloader_num_workers=1)", "trainer"),
    ],
)
def test_loaders_of_other_libraries_and_files(source: str, kind: str) -> None:
    assert kinds(source) == [(kind, "yes")]


@pytest.mark.parametrize(
    "source",
    [
        "import mxnet as mx\nmx.gluon.data.DataLoader(d, num_workers=1)",
        "import paddle\npaddle.io.DataLoader(d, num_workers=1)",
        "class DataLoader:\n    pass\nDataLoader(d, num_workers=1)",
        "import tensorflow\nfrom data import get_dataloader\nget_dataloader(num_workers=1)",
        "from data import get_loader\nget_loader(num_workers=1)",
        "import jinja2\njinja2.FileSystemLoader('templates')",
        "import yaml\nyaml.load(f, Loader=yaml.SafeLoader)",
        "import torch\nimport unittest\nunittest.TestLoader().loadTestsFromName('x')",
        "get()(1)",
        "from functools import partial\nf = partial()\nf(1)",
    ],
)
def test_what_only_looks_like_a_loader(source: str) -> None:
    assert kinds(source) == []


def test_a_subclass_hands_its_arguments_on() -> None:
    source = """
        from torch.utils.data import DataLoader

        class Two(DataLoader):
            def __init__(self, data, workers=2):
                super().__init__(data, batch_size=4, num_workers=workers)

        Two([1])
        Two([1], 0)
    """
    found = {x.node.lineno: x for x in view(source).loaders}
    assert found[8].kind == "instance"
    assert found[8].workers.may
    assert found[8].constant("batch_size") == 4


def test_alternative_settings_are_not_mixed() -> None:
    source = """
        from torch.utils.data import DataLoader
        settings = {"shuffle": True} if train else {"sampler": Sampler()}
        DataLoader(d, **settings)
    """
    (loader,) = view(source).loaders
    assert loader.only("shuffle") is None
    assert loader.only("sampler") is None
