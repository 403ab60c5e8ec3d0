"""Batches of the user's loader, in short: what they are made of, a digest to compare them by, a loader made anew."""

import ctypes
import hashlib
import itertools
import pickle

from dataloader_parts import draw, generators

MOST_BATCHES = 24
_OPTIONS = ("collate_fn", "worker_init_fn", "drop_last", "pin_memory")


def tensors(batch):
    """Every tensor in a batch, whatever it is nested in."""
    import torch

    if isinstance(batch, torch.Tensor):
        yield batch
    elif isinstance(batch, dict):
        for value in batch.values():
            for tensor in tensors(value):
                yield tensor
    elif isinstance(batch, (list, tuple)):
        for value in batch:
            for tensor in tensors(value):
                yield tensor
    elif hasattr(batch, "__dict__") and not isinstance(batch, type):
        for tensor in tensors(vars(batch)):
            yield tensor


def describe(batch):
    """{bytes, tensors: ["float32 (4, 3, 32, 32)", …], devices} of a batch or sample."""
    found = list(tensors(batch))
    return {
        "bytes": sum(t.numel() * t.element_size() for t in found),
        "tensors": ["%s %s" % (str(t.dtype).replace("torch.", ""), tuple(t.shape)) for t in found[:8]],
        "devices": sorted({t.device.type for t in found}),
        "needs_grad": any(t.requires_grad and not t.is_leaf for t in found),
        "type": type(batch).__name__,
    }


def digest(batch):
    """Hex digest of what is in a batch; equal batches have equal digests."""
    total = hashlib.sha1()
    _add(total, batch)
    return total.hexdigest()


def _add(total, thing):
    import torch

    if isinstance(thing, torch.Tensor) and thing.layout == torch.strided:
        flat = thing.detach().cpu().contiguous()
        total.update(("%s%s" % (flat.dtype, tuple(flat.shape))).encode())
        total.update(ctypes.string_at(flat.data_ptr(), flat.numel() * flat.element_size()) if flat.numel() else b"")
    elif isinstance(thing, dict):
        for key, value in thing.items():
            total.update(repr(key).encode())
            _add(total, value)
    elif isinstance(thing, (list, tuple)):
        total.update(str(len(thing)).encode())
        for value in thing:
            _add(total, value)
    elif hasattr(thing, "__dict__") and not isinstance(thing, type):
        _add(total, vars(thing))
    else:
        total.update(_bytes(thing))


def _bytes(thing):
    try:
        return pickle.dumps(thing)
    except Exception:  # noqa: BLE001 - what cannot be pickled is compared by its type
        return type(thing).__name__.encode()


def is_iterable(loader):
    from torch.utils.data import IterableDataset

    return isinstance(loader.dataset, IterableDataset)


def order(loader, count):
    """The first batches' indices, drawn once, so that every experiment reads the same; None for iterable data."""
    if is_iterable(loader):
        return None
    if loader.batch_sampler is not None:
        return [list(batch) for batch in itertools.islice(iter(loader.batch_sampler), count)]
    return list(itertools.islice(iter(loader.sampler), count))


def loader_over(loader, indices, **changes):
    """A loader like the user's over these indices, without workers unless `changes` says otherwise."""
    from torch.utils.data import DataLoader

    options = {name: getattr(loader, name) for name in _OPTIONS}
    if indices is None:
        options["batch_size"] = loader.batch_size
    elif loader.batch_sampler is not None:
        options.update(batch_sampler=indices, drop_last=False)
    else:
        options.update(sampler=indices, batch_size=None, drop_last=False)
    options["pin_memory"] = False
    options.update(changes)
    return DataLoader(loader.dataset, **options)


def first(loader, count=MOST_BATCHES):
    """Digests of the first batches."""
    return [digest(batch) for batch in itertools.islice(iter(loader), count)]


class Draws:
    """A data set in whose place a worker shows its random numbers: the global ones, and those of stored generators.

    The user's data set travels with it, so that it arrives in the state that a worker has it in.
    """

    def __init__(self, dataset, length):
        self.dataset, self.length = dataset, length

    def __len__(self):
        return self.length

    def __getitem__(self, index):
        import random
        import sys

        import torch
        from torch.utils.data import get_worker_info

        info = get_worker_info()
        numbers = {"random": random.random(), "torch": float(torch.rand(1))}
        if "numpy" in sys.modules:
            numbers["numpy"] = float(sys.modules["numpy"].random.random())
        numbers.update({path: draw(generator) for path, generator in generators(self.dataset)})
        return (info.id if info else 0), numbers
