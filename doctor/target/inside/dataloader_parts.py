"""What workers get by pickle, part by part: which part, and which attribute inside it, cannot be pickled."""

import io
import random
import types
from multiprocessing.reduction import ForkingPickler

# these go to workers that are not forked; a sampler stays in the main process
SENT = ("dataset", "collate_fn", "worker_init_fn")
PARTS = (*SENT, "sampler", "batch_sampler")
_DEPTH = 6


def pickle_size(thing):
    """Bytes of the pickle, or the error as "TypeError: cannot pickle …"."""
    buffer = _Counter()
    try:
        ForkingPickler(buffer).dump(thing)
    except Exception as error:  # noqa: BLE001 - pickling runs methods of the user's, which may raise anything
        return 0, "%s: %s" % (type(error).__name__, error)
    return buffer.size, ""


class _Counter(io.RawIOBase):
    """Counts what is written and keeps none of it."""

    size = 0

    def writable(self):
        return True

    def write(self, data):
        self.size += len(data)
        return len(data)


def examine(loader):
    """One row a part: {part, sent, bytes, error, attribute, held}; `attribute` is the innermost that fails."""
    rows = []
    for part in PARTS:
        thing = getattr(loader, part, None)
        if thing is None:
            continue
        size, error = pickle_size(thing)
        attribute, kind = _culprit(part, thing, 0, set()) if error else ("", "")
        row = {"part": part, "sent": part in SENT, "bytes": size, "error": error}
        rows.append(dict(row, attribute=attribute, holds=kind))
    return rows


def _culprit(path, thing, depth, seen):
    """The innermost attribute that cannot be pickled, and what it is."""
    if depth < _DEPTH and id(thing) not in seen:
        seen.add(id(thing))
        for name, inner in children(thing):
            if pickle_size(inner)[1]:
                return _culprit(path + name, inner, depth + 1, seen)
    return path, _kind(thing)


def children(thing):
    """What a thing holds: ("[0]", item), (".name", attribute)."""
    if isinstance(thing, dict):
        return [("[%r]" % (key,), value) for key, value in list(thing.items())[:1000]]
    if isinstance(thing, (list, tuple, set, frozenset)):
        return [("[%d]" % place, value) for place, value in enumerate(list(thing)[:1000])]
    if isinstance(thing, (types.FunctionType, types.ModuleType, type)):
        return []
    if isinstance(thing, types.MethodType):
        return [(".__self__", thing.__self__)]
    held = dict(getattr(thing, "__dict__", None) or {})
    for name in ("func", "args", "keywords"):  # functools.partial
        if hasattr(thing, name) and name not in held and type(thing).__name__ == "partial":
            held[name] = getattr(thing, name)
    return [("." + name, value) for name, value in held.items()]


def _kind(thing):
    if isinstance(thing, types.FunctionType):
        return "lambda" if thing.__name__ == "<lambda>" else "function %s" % thing.__qualname__
    name = type(thing).__name__
    return "instance of %s" % type(thing).__qualname__ if "<locals>" in type(thing).__qualname__ else name


def generators(dataset):
    """Random generators stored in a data set: (path, generator); each worker gets a copy in the same state."""
    found, seek, seen = [], [("dataset", dataset, 0)], set()
    while seek:
        path, thing, depth = seek.pop()
        if id(thing) in seen or depth > 4:
            continue
        seen.add(id(thing))
        if _draw(thing) is not None:
            found.append((path, thing))
            continue
        seek += [(path + name, inner, depth + 1) for name, inner in children(thing)[:100] if not _plain(inner)]
    return found


def _plain(thing):
    return isinstance(thing, (str, bytes, int, float, type(None)))


def _draw(thing):
    """A function that draws from a generator, None for what is not one."""
    kind = type(thing)
    if isinstance(thing, random.Random):
        return thing.random
    if kind.__module__.startswith("numpy.random") and kind.__name__ in ("Generator", "RandomState"):
        return thing.random_sample if kind.__name__ == "RandomState" else thing.random
    if kind.__module__.startswith("torch") and kind.__name__ == "Generator":
        return lambda: _torch_draw(thing)
    return None


def _torch_draw(generator):
    import torch

    return float(torch.rand(1, generator=generator))


def draw(thing):
    """The next number of a generator."""
    return float(_draw(thing)())
