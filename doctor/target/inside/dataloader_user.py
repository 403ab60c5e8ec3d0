"""The user's script as a worker would import it: under a name that is not __main__, so that main guards hold.

A spawned worker runs the script under the name `__mp_main__` and calls it `__main__` too; so do we. What cannot be
found or pickled here cannot be in a real run either.
"""

import inspect
import sys
import traceback
import types
from multiprocessing import process

AS = "__mp_main__"
_HINTS = ("loader", "dataset", "data")


class NotFound(Exception):
    """No data set and no loader where it was looked for; the text says what there is."""


class _Reached(BaseException):
    """A loader was about to be iterated: not an Exception, so that the script does not catch it."""


def load(path):
    """Run the script as a module; returns (module, what stopped it or "", what it was about to iterate or start).

    Workers that it tries to start are refused: a real worker would be refused the same.
    """
    module = types.ModuleType(AS)
    module.__file__, module.__spec__ = path, None
    sys.modules["__main__"] = sys.modules[AS] = module
    sys.argv = [path]
    with open(path, "rb") as file:
        code = compile(file.read(), path, "exec")
    reached = []
    stopped = _run_guarded(lambda: exec(code, module.__dict__), reached)
    return module, stopped, reached


def starts_workers(reached):
    """Whether what was reached would have started processes: a loader with workers, or a process (None)."""
    return any(thing is None or thing.num_workers > 0 for thing in reached)


def _run_main(module):
    """Run the script's `main()` up to the first batch: (what it was about to iterate or None, what stopped it)."""
    reached = []
    if not inspect.isfunction(getattr(module, "main", None)):
        return None, ""
    stopped = _run_guarded(module.main, reached)
    loaders = [thing for thing in reached if thing is not None]
    return ("the first loader that main() iterates", loaders[0]) if loaders else None, stopped


def _run_guarded(function, reached):
    """Run until a loader is iterated or a process started; what else stopped it, as a traceback."""
    from torch.utils.data import DataLoader

    def iterate(self):
        reached.append(self)
        raise _Reached

    def start(self):
        reached.append(None)
        raise _Reached

    kept = DataLoader.__iter__, process.BaseProcess.start
    DataLoader.__iter__, process.BaseProcess.start = iterate, start
    try:
        function()
    except _Reached:
        pass
    except BaseException:  # noqa: BLE001 - a SystemExit of the script's is an answer as well
        return traceback.format_exc()
    finally:
        DataLoader.__iter__, process.BaseProcess.start = kept
    return ""


def find(module, name, batch_size):
    """(loader, where it was found, what stopped the script's main() or ""), by name or by looking.

    Looked for: loaders, data sets, what functions without arguments make, the first loader that `main()` iterates, what
    data set classes without arguments make. Raises NotFound; what a factory raises goes through.
    """
    stopped = ""
    found = _loader_named(module, name) if name else _first_loader(module)
    if found is None and not name:
        found, stopped = _run_main(module)
    if found is None:
        found = _make_first(_classes(module))
    if found is None:
        names = [n for n, v in vars(module).items() if not n.startswith("_") and callable(v) and _is_own(module, v)]
        raise NotFound("no DataLoader and no Dataset in it; name a function that makes one: %s" % ", ".join(names[:8]))
    where, thing = found
    return _as_loader(thing, where, batch_size), where, stopped


def _loader_named(module, name):
    thing = module
    for part in name.split("."):
        if not hasattr(thing, part):
            raise NotFound("it has no %r" % name)
        thing = getattr(thing, part)
    if not _is_usable(thing) and callable(thing):
        thing = _call(thing, name)
    return name, thing


def _call(function, name):
    try:
        needed = [p.name for p in inspect.signature(function).parameters.values() if _is_required(p)]
    except (TypeError, ValueError):
        needed = []
    if needed:
        raise NotFound("%r needs arguments: %s" % (name, ", ".join(needed)))
    return _pick(function())


def _is_required(parameter):
    return parameter.default is parameter.empty and parameter.kind not in (
        parameter.VAR_POSITIONAL,
        parameter.VAR_KEYWORD,
    )


def _pick(made):
    """Factories often give several: (train, test), {"train": …}."""
    values = made.values() if isinstance(made, dict) else made if isinstance(made, (tuple, list)) else [made]
    usable = [value for value in values if _is_usable(value)]
    return usable[0] if usable else made


def _first_loader(module):
    """Loaders before data sets; those with workers first; then what functions without arguments make."""
    from torch.utils.data import DataLoader, Dataset

    names = {name: value for name, value in vars(module).items() if not name.startswith("__")}
    loaders = [(n, v) for n, v in names.items() if isinstance(v, DataLoader)]
    if loaders:
        return max(loaders, key=lambda pair: pair[1].num_workers > 0)
    datasets = [(n, v) for n, v in names.items() if isinstance(v, Dataset)]
    if datasets:
        return datasets[0]
    hinted = [(n, v) for n, v in names.items() if _is_own(module, v) and any(h in n.lower() for h in _HINTS)]
    return _make_first([pair for pair in hinted if inspect.isfunction(pair[1])])


def _classes(module):
    from torch.utils.data import Dataset

    return [(n, v) for n, v in vars(module).items() if _is_own(module, v) and _is_class(v, Dataset)]


def _make_first(factories):
    """The first usable thing that one of them makes when it is called without arguments."""
    for name, function in factories:
        try:
            made = _call(function, name)
        except NotFound:
            continue
        if _is_usable(made):
            return name + "()", made
    return None


def _is_own(module, value):
    return getattr(value, "__module__", None) == module.__name__


def _is_class(value, of):
    return inspect.isclass(value) and issubclass(value, of)


def _is_usable(thing):
    from torch.utils.data import DataLoader, Dataset

    return isinstance(thing, (DataLoader, Dataset)) or (
        hasattr(thing, "__getitem__") and hasattr(thing, "__len__") and not isinstance(thing, (dict, str, tuple, list))
    )


def _as_loader(thing, where, batch_size):
    from torch.utils.data import DataLoader

    if isinstance(thing, DataLoader):
        return thing
    if not _is_usable(thing):
        raise NotFound("%s is a %s: neither a DataLoader nor a Dataset" % (where, type(thing).__name__))
    return DataLoader(thing, batch_size=batch_size or 32)
