"""Throughput of a loader over workers, prefetch and pinning, in rounds until the difference exceeds the noise.

As a script it measures a described loader. Argument: a JSON object {token, limit_s, folder, described: {shape,
batch_size, samples, wait_ms, cpu_ms}, tune: {settings: [[workers, prefetch, pinned], …], method, window_s, most_rounds,
copy}}.
"""

import json
import sys
import time

import dataloader_choice as choice

_LEAST_BATCHES = 4
_PATIENCE = 6  # windows that a slow loader gets for its least batches
_START_S = 30.0


def tune(loader, wanted, sandbox, answer):
    """Rounds over all settings; every measurement is an answer {experiment: "tune", facts: {…}}."""
    settings = [tuple(s) for s in wanted["settings"]]
    rates = {}
    for number in range(wanted["most_rounds"]):
        order = settings if number % 2 == 0 else settings[::-1]  # what drifts with time must not favour a setting
        for setting in order:
            if setting in rates and choice.is_hopeless(rates, setting):
                continue
            _measure_bounded(loader, setting, wanted, sandbox, rates)
            if sandbox.left_s() < 2:
                answer(rounds=number, settled=False)
                return
        settings = [s for s in settings if s in rates]
        if not rates or choice.is_settled(rates):
            break
    answer(rounds=number + 1, settled=bool(rates) and choice.is_settled(rates))


def _measure_bounded(loader, setting, wanted, sandbox, rates):
    limit_s = _START_S + 2 * _PATIENCE * wanted["window_s"]
    run = sandbox.run("tune", lambda tell: measure(loader, setting, wanted), limit_s)
    if run["outcome"] == "passed":
        rates.setdefault(setting, []).append(run["facts"]["rate"])


def measure(loader, setting, wanted):
    """Steady samples a second of one setting, and the seconds to its first batch."""
    workers, prefetch, pinned = setting
    options = {"num_workers": workers, "pin_memory": pinned}
    if workers:
        options.update(prefetch_factor=prefetch, persistent_workers=True, multiprocessing_context=wanted["method"])
    batches = _endless(_loader_like(loader, options))
    copy = _copier(pinned) if wanted["copy"] else lambda batch: None
    begin = time.perf_counter()
    next(batches)
    start_s = time.perf_counter() - begin
    for _ in range(workers):  # their first batches come at once
        next(batches)
    count, seconds = _count(batches, copy, workers, wanted["window_s"])
    size = loader.batch_size or getattr(loader.batch_sampler, "batch_size", None) or 1
    return {"setting": setting, "rate": count * size / seconds, "start_s": round(start_s, 3), "batches": count}


def _count(batches, copy, workers, window_s):
    """Batches come in bursts, one a worker: whole bursts are counted."""
    least, burst = max(_LEAST_BATCHES, 2 * workers), max(1, workers)
    begin = now = time.perf_counter()
    count = 0
    while now - begin < window_s or count < least:
        for _ in range(burst):
            copy(next(batches))
            count += 1
        now = time.perf_counter()
        if now - begin > _PATIENCE * window_s:
            break
    return count, now - begin


def _endless(loader):
    while True:
        empty = True
        for batch in loader:
            empty = False
            yield batch
        if empty:
            raise RuntimeError("the loader has no batches")


def _copier(pinned):
    import torch
    from dataloader_batches import tensors

    if not torch.cuda.is_available():
        if pinned:
            raise RuntimeError("no GPU that torch can use: nothing to pin memory for")
        return lambda batch: None

    def copy(batch):
        for tensor in tensors(batch):
            tensor.to("cuda", non_blocking=pinned)
        torch.cuda.synchronize()

    return copy


def _loader_like(loader, options):
    """The user's loader with other numbers: the same data set, sampler and functions."""
    from dataloader_batches import is_iterable
    from torch.utils.data import DataLoader

    given = {"collate_fn": loader.collate_fn, "worker_init_fn": loader.worker_init_fn}
    if is_iterable(loader):
        given.update(batch_size=loader.batch_size, drop_last=loader.drop_last)
    elif loader.batch_sampler is not None:
        given["batch_sampler"] = loader.batch_sampler
    else:
        given.update(batch_size=None, sampler=loader.sampler)
    given.update(options)
    return DataLoader(loader.dataset, **given)


def main(wanted):
    from _answer import answer
    from dataloader_sandbox import Sandbox
    from dataloader_synthetic import Numbers

    sandbox = Sandbox(wanted["token"], wanted["limit_s"], wanted["folder"])
    import torch
    from torch.utils.data import DataLoader

    answer(torch=str(torch.__version__))
    what = wanted["described"]
    dataset = Numbers(what["samples"], what["shape"], what["cpu_ms"], what["wait_ms"])
    tune(DataLoader(dataset, batch_size=what["batch_size"]), wanted["tune"], sandbox, answer)


if __name__ == "__main__":
    main(json.loads(sys.argv[2]))
