"""The user's loader, examined: one sample, one batch, every part pickled, one worker by each start method, and tuned.

Argument: a JSON object {token, limit_s, folder, script, name, batch_size, methods, each_s, tune}.
"""

import faulthandler
import itertools
import json
import multiprocessing
import os
import sys
import time
import traceback

_AHEAD_S = 5.0
_MOST_AHEAD = 64


def main(wanted):
    here = os.path.dirname(os.path.abspath(__file__))
    from _answer import answer
    from dataloader_sandbox import Sandbox, threads

    faulthandler.enable()
    faulthandler.dump_traceback_later(max(1, wanted["limit_s"] - 1))
    sandbox = Sandbox(wanted["token"], wanted["limit_s"], wanted["folder"])
    theirs = [p for p in getattr(sys, "doctor_path", sys.path) if p]
    sys.path[:] = [os.path.dirname(wanted["script"]), *theirs]
    import torch
    import torch.utils.data

    sys.path.append(here)  # behind the user's own modules; workers look up our classes there
    answer(torch=str(torch.__version__))
    before = threads()
    loader = _find_loader(wanted, answer)
    if loader is None:
        return
    sandbox.one_thread = threads() > before
    import dataloader_script  # by its own name, which workers can import

    if wanted.get("check", True):
        dataloader_script.check(loader, wanted, sandbox)
    if wanted.get("tune"):
        import dataloader_tuning

        dataloader_tuning.tune(loader, wanted["tune"], sandbox, answer)


def _find_loader(wanted, answer):
    """The loader, or None when there is none: the answer `stopped` tells at which step and why."""
    import dataloader_user as user

    answer(step="import")
    module, stopped, reached = user.load(wanted["script"])
    answer(imported=not stopped, stopped=stopped, unguarded=user.starts_workers(reached))
    answer(step="find")
    try:
        loaders = [thing for thing in reached if thing is not None]
        if loaders and not wanted["name"]:
            loader, where, failure = loaders[0], "the loader that is iterated at import", ""
        else:
            loader, where, failure = user.find(module, wanted["name"], wanted["batch_size"])
    except user.NotFound as error:
        answer(**({"stopped": stopped} if stopped else {"not_found": str(error)}))
        return None
    except BaseException:  # noqa: BLE001 - a SystemExit of the user's code is an answer as well
        answer(stopped=traceback.format_exc())
        return None
    answer(loader=_description(loader, where), main_failure=failure)
    return loader


def _description(loader, where):
    context = getattr(loader, "multiprocessing_context", None)
    method = context if isinstance(context, str) or context is None else context.get_start_method()
    return {
        "where": where,
        "dataset": type(loader.dataset).__name__,
        "length": _length(loader.dataset),
        "batch_size": loader.batch_size or getattr(loader.batch_sampler, "batch_size", None),
        "num_workers": loader.num_workers,
        "prefetch_factor": loader.prefetch_factor,
        "pin_memory": bool(loader.pin_memory),
        "persistent_workers": bool(loader.persistent_workers),
        "multiprocessing_context": method,
    }


def _length(dataset):
    try:
        return len(dataset)
    except Exception:  # noqa: BLE001 - many have none, and say so in different ways
        return None


def check(loader, wanted, sandbox):
    """All experiments, the cheap ones first; what needs one batch stops where there is none."""
    import dataloader_batches as batches

    each_s = wanted["each_s"]
    if sandbox.run("sample", lambda tell: _sample(loader), each_s)["outcome"] != "passed":
        return
    batch = sandbox.run("batch", lambda tell: _batch(loader), each_s)
    sandbox.run("pickle", lambda tell: _pickle(loader), each_s)
    if batch["outcome"] != "passed" or batch["facts"]["cannot_be_sent"]:
        return  # with workers it would only wait for ever
    indices = batches.order(loader, batches.MOST_BATCHES)
    plain = sandbox.run("without workers", lambda tell: _read_twice(loader, indices), each_s)
    if loader.num_workers:
        written = sandbox.run("as written", lambda tell: _as_written(loader), 2 * each_s)
        first_s = written.get("facts", {}).get("first_batch_s") or 0
        each_s = max(each_s, 2 * first_s)  # where workers start slowly
    for method in wanted["methods"]:
        sandbox.run("one worker by " + method, lambda tell, m=method: _one_worker(loader, indices, m, each_s), each_s)
    if plain["outcome"] == "passed":
        method = wanted["methods"][0]
        sandbox.run("two workers", lambda tell: _two_workers(loader, indices, method, each_s), each_s)
        sandbox.run("random numbers", lambda tell: _draw_random_numbers(loader, method, each_s), each_s)


def _sample(loader):
    import dataloader_batches as batches

    begin = time.perf_counter()
    if batches.is_iterable(loader):
        sample = next(iter(loader.dataset))
    else:
        sample = loader.dataset[next(iter(loader.sampler)) if loader.sampler is not None else 0]
    return dict(batches.describe(sample), ms=round((time.perf_counter() - begin) * 1000, 3))


def _batch(loader):
    import dataloader_batches as batches
    from dataloader_parts import pickle_size

    indices = batches.order(loader, 1)
    begin = time.perf_counter()
    batch = next(iter(batches.loader_over(loader, indices)))
    taken = time.perf_counter() - begin
    facts = batches.describe(batch)
    return dict(facts, ms=round(taken * 1000, 3), cannot_be_sent=pickle_size(batch)[1])


def _pickle(loader):
    from dataloader_parts import examine

    return {"parts": examine(loader)}


def _read_twice(loader, indices):
    """Twice: samples that differ between two readings are random, and cannot be compared."""
    import dataloader_batches as batches

    ends = time.monotonic() + _AHEAD_S
    once = [batches.digest(b) for b in _take_until(iter(batches.loader_over(loader, indices)), ends)]
    again = batches.first(batches.loader_over(loader, indices), len(once))
    return {"digests": once, "repeatable": once == again}


def _take_until(batches, ends):
    for batch in itertools.islice(batches, 24):
        yield batch
        if time.monotonic() > ends:
            return


def _as_written(loader):
    """The loader as it is: as many batches as its workers send ahead, twice."""
    count, ends = 0, time.monotonic() + _AHEAD_S
    ahead = min(_MOST_AHEAD, 2 * loader.num_workers * (loader.prefetch_factor or 2) + 1)
    begin = time.monotonic()
    first_s = None
    for _ in itertools.islice(iter(loader), ahead):
        count += 1
        if first_s is None:
            first_s = round(time.monotonic() - begin, 2)
            time.sleep(0.3)
        if time.monotonic() > ends:
            break
    return {"batches": count, "first_batch_s": first_s}


def _one_worker(loader, indices, method, each_s):
    import dataloader_batches as batches

    multiprocessing.set_start_method(method, force=True)  # the script's own, as it is where that is the default
    options = {"num_workers": 1, "multiprocessing_context": method, "timeout": max(1, each_s - 2)}
    few = None if indices is None else indices[:4]
    return {"digests": batches.first(batches.loader_over(loader, few, **options), 4)}


def _two_workers(loader, indices, method, each_s):
    import dataloader_batches as batches

    options = {"num_workers": 2, "multiprocessing_context": method, "timeout": max(1, each_s - 2)}
    begin, found = time.monotonic(), []
    for batch in batches.loader_over(loader, indices, **options):
        found.append(batches.digest(batch))
        if len(found) >= batches.MOST_BATCHES or time.monotonic() - begin > _AHEAD_S:
            break
    return {"digests": found}


def _draw_random_numbers(loader, method, each_s):
    """The first numbers that two workers draw, after the user's worker_init_fn, in two epochs."""
    import dataloader_batches as batches
    from torch.utils.data import DataLoader

    dataset = batches.Draws(loader.dataset, 4)
    options = {"num_workers": 2, "multiprocessing_context": method, "timeout": max(1, each_s - 2)}
    draws = DataLoader(
        dataset, batch_size=1, worker_init_fn=_Init(loader.worker_init_fn), collate_fn=first_of, **options
    )
    epochs = []
    for _ in range(2):
        by_worker = {}
        for worker, numbers in draws:
            by_worker.setdefault(worker, numbers)
        epochs.append([by_worker[worker] for worker in sorted(by_worker)])
    return {"epochs": epochs}


class _Init:
    """The user's worker_init_fn, which is to see its own data set where it asks for it."""

    def __init__(self, function):
        self.function = function

    def __call__(self, worker_id):
        from torch.utils.data import get_worker_info

        if self.function is None:
            return
        info = get_worker_info()
        wrapped = info.dataset
        object.__setattr__(info, "dataset", wrapped.dataset)  # its own __setattr__ refuses changes
        try:
            self.function(worker_id)
        finally:
            object.__setattr__(info, "dataset", wrapped)


def first_of(batch):
    """`collate_fn`: one sample a batch, as it is."""
    return batch[0]


if __name__ == "__main__":
    main(json.loads(sys.argv[2]))
