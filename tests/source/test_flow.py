"""Where loaders go, and whether that is while the file is imported."""

from __future__ import annotations

import pytest

from tests.source.snippets import LINUX, findings, rules

HEAD = "import torch\nfrom torch.utils.data import DataLoader\n"
LOADER = "loader = DataLoader(d, num_workers=2)\n"
RULE = "dataloader-spawn-no-main-guard"


@pytest.mark.parametrize(
    "body",
    [
        LOADER + "for x in loader:\n    pass",
        LOADER + "for i, x in enumerate(loader):\n    pass",
        LOADER + "from tqdm import tqdm\nfor x in tqdm(loader, desc='train'):\n    pass",
        LOADER + "batch = next(iter(loader))",
        LOADER + "rows = [x for x in loader]",
        LOADER + "rows = list(loader)",
        LOADER + "while True:\n    for x, y in zip(loader, range(9)):\n        break",
        LOADER + "def train():\n    for x in loader:\n        pass\ntrain()",
        LOADER + "def train(data):\n    for x in data:\n        pass\ntrain(loader)",
        "def main():\n    loader = DataLoader(d, num_workers=2)\n    for x in loader:\n        pass\nmain()",
        "def make():\n    return DataLoader(d, num_workers=2), 1\na, b = make()\nfor x in a:\n    pass",
        "loaders = {k: DataLoader(d, num_workers=2) for k in 'ab'}\nfor x in loaders['a']:\n    pass",
        "loaders = {'a': DataLoader(d, num_workers=2)}\nfor k, v in loaders.items():\n    for x in v:\n        pass",
        "class T:\n    def __init__(self):\n        self.l = DataLoader(d, num_workers=2)\n"
        "    def fit(self):\n        for x in self.l:\n            pass\nt = T()\nt.fit()",
        "if torch.cuda.is_available():\n    for x in DataLoader(d, num_workers=2):\n        pass",
        "try:\n    for x in DataLoader(d, num_workers=2):\n        pass\nfinally:\n    pass",
        "import fire\ndef main():\n    for x in DataLoader(d, num_workers=2):\n        pass\nfire.Fire(main)",
        "from lightning import Trainer\n" + LOADER + "Trainer().fit(model, loader)",
        "import lightning as L\nclass D(L.LightningDataModule):\n    def train_dataloader(self):\n"
        "        return DataLoader(d, num_workers=2)\ndm = D()\nL.Trainer().fit(model, datamodule=dm)",
        "from engine import train_one_epoch\n" + LOADER + "train_one_epoch(model, loader)",
        "from accelerate import Accelerator\na = Accelerator()\n"
        + LOADER
        + "l = a.prepare(loader)\nfor x in l:\n    pass",
        "from transformers import Trainer, TrainingArguments\na = TrainingArguments('o', dataloader_num_workers=2)\n"
        "Trainer(model, args=a).train()",
        "if 'm.__name__' == 'x':\n    pass\n" + LOADER + "for x in loader:\n    pass",
    ],
)
def test_workers_that_start_at_import(body: str) -> None:
    assert rules(HEAD + body)[RULE] == "error"
    assert rules(HEAD + body, LINUX)[RULE] == "info"


@pytest.mark.parametrize(
    "body",
    [
        LOADER + "if __name__ == '__main__':\n    for x in loader:\n        pass",
        LOADER + "if '__main__' == __name__:\n    for x in loader:\n        pass",
        LOADER + "def train():\n    for x in loader:\n        pass\nif __name__ == '__main__':\n    train()",
        "if __name__ != '__main__':\n    raise SystemExit\n" + LOADER + "for x in loader:\n    pass",
        "import multiprocessing as mp\nif mp.parent_process() is None:\n"
        "    for x in DataLoader(d, num_workers=2):\n        pass",
        "def make():\n    return DataLoader(d, num_workers=2)",
        LOADER + "print(len(loader), loader.dataset)",
        LOADER + "for epoch in range(len(loader)):\n    pass",
        LOADER + "for row in loader.dataset:\n    pass",
        "loader = DataLoader(d, num_workers=0)\nfor x in loader:\n    pass",
        "loader = DataLoader(d)\nfor x in loader:\n    pass",
        LOADER + "schedule(steps=len(loader))",
        LOADER + "import click\n@click.command()\ndef main():\n    for x in loader:\n        pass",
        "class T:\n    def fit(self):\n        for x in DataLoader(d, num_workers=2):\n            pass",
        "from accelerate import Accelerator\n" + LOADER + "l = Accelerator().prepare(loader)",
    ],
)
def test_workers_that_do_not(body: str) -> None:
    assert RULE not in rules(HEAD + body)


@pytest.mark.parametrize(
    "body",
    [
        "from data import CreateDataLoader\ndata = CreateDataLoader(opt).load_data()\nfor x in data:\n    pass",
        "from options import opt\nloader = DataLoader(d, num_workers=opt.threads)\nfor x in loader:\n    pass",
        "from shop import visit\n" + LOADER + "visit(loader)",
    ],
)
def test_what_cannot_be_resolved_is_a_warning_that_says_so(body: str) -> None:
    found = [f for f in findings(HEAD + body) if f.rule == RULE]
    assert [f.severity.value for f in found] == ["warning"]


def test_the_place_is_the_call_that_needs_the_guard() -> None:
    source = HEAD + "def main():\n    for x in DataLoader(d, num_workers=2):\n        pass\n\nmain()\n"
    (found,) = [f for f in findings(source) if f.rule == RULE]
    assert found.line == 7
    assert "iterated on line 4" in found.message


def test_the_loader_s_own_context_decides() -> None:
    spawned = "for x in DataLoader(d, num_workers=2, multiprocessing_context='spawn'):\n    pass"
    assert rules(HEAD + spawned, LINUX)[RULE] == "error"
    chosen = "import multiprocessing as mp\nif __name__ == '__main__':\n    mp.set_start_method('spawn')\n"
    assert rules(HEAD + chosen + LOADER + "for x in loader:\n    pass", LINUX)[RULE] == "error"
    forked = "for x in DataLoader(d, num_workers=2, multiprocessing_context='fork'):\n    pass"
    assert rules(HEAD + forked)[RULE] == "info"


def test_a_notebook_needs_no_guard() -> None:
    assert RULE not in rules(HEAD + LOADER + "for x in loader:\n    pass", is_notebook=True)


def test_many_functions_that_call_each_other_take_no_time() -> None:
    calls = "\n".join(
        f"def f{i}(a):\n    return f{(i + 1) % 60}(f{(i + 2) % 60}(f{(i + 7) % 60}(a)))" for i in range(60)
    )
    assert RULE in rules(HEAD + LOADER + calls + "\nfor x in f0(loader):\n    pass\nfor x in loader:\n    pass")
