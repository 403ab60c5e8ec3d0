"""Names by which loaders and datasets are known: torch's own and the libraries around it."""

from __future__ import annotations

import re

# torch's DataLoader and those that take exactly its arguments.
SAME_SIGNATURE = frozenset(
    {
        "torch.utils.data.DataLoader",
        "torch.utils.data.dataloader.DataLoader",
        "torchdata.stateful_dataloader.StatefulDataLoader",
        "torchdata.stateful_dataloader.stateful_dataloader.StatefulDataLoader",
        "monai.data.DataLoader",
        "monai.data.dataloader.DataLoader",
        "prefetch_generator.DataLoaderX",
        "torch_xla.utils.utils.DataLoader",
    }
)
# Loaders that are subclasses of torch's and pass further keywords on to it.
PASSES_ON = re.compile(
    r"^(torch_geometric\.(loader|data)|dgl\.dataloading|torchdata|monai|ignite|fastai|timm|pytorch_lightning|lightning)\b"
)
NOT_TORCH = frozenset(
    {"mxnet", "tensorflow", "tf", "paddle", "jittor", "mindspore", "gluon", "keras", "jax", "tinygrad", "allennlp"}
)
# Functions of another file that, by their name, hand out loaders.
FOREIGN = re.compile(
    r"(?i)(data_?loaders?)|^(get|make|build|create|load|prepare|setup|init|construct)\w*loaders?$|^loaders?_?(for|from)\w*$"
)
DATALOADER = re.compile(r"(?i)data_?loader")
DATASETS = frozenset({"torch.utils.data.Dataset", "torch.utils.data.dataset.Dataset", "torch.utils.data.MapDataPipe"})
ITERABLE = frozenset(
    {
        "torch.utils.data.IterableDataset",
        "torch.utils.data.dataset.IterableDataset",
        "torch.utils.data.datapipes.iter.IterDataPipe",
        "torch.utils.data.IterDataPipe",
    }
)
POSITIONAL = (
    "dataset",
    "batch_size",
    "shuffle",
    "sampler",
    "batch_sampler",
    "num_workers",
    "collate_fn",
    "pin_memory",
    "drop_last",
    "timeout",
    "worker_init_fn",
    "multiprocessing_context",
    "generator",
)
WORKER_WORDS = ("num_workers", "workers", "n_workers", "nworkers", "nw", "n_threads", "num_threads")
TRAINING_ARGUMENTS = "TrainingArguments"
HUGGING_FACE = {
    "num_workers": "dataloader_num_workers",
    "pin_memory": "dataloader_pin_memory",
    "persistent_workers": "dataloader_persistent_workers",
    "prefetch_factor": "dataloader_prefetch_factor",
    "drop_last": "dataloader_drop_last",
}


def last(dotted: str) -> str:
    return dotted.rpartition(".")[2]


def root(dotted: str) -> str:
    return dotted.partition(".")[0]
