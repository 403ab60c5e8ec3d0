"""A data set of our own under every start method: what the machine does to workers, without any code of the user's.

Argument: a JSON object {token, limit_s, folder, groups: [{name, limit_s, cases: [{workers, method, strategy, kind,
shape, batch_size, timeout_s}]}]}. The cases of a group share a process, so that a fork server is started once.
"""

import json
import os
import sys
import time
import traceback

_SMALL = (4, 8)
_KEPT_BATCHES = 100  # live tensors of a run that collects its results: fewer than any usual limit of open files


class Numbers:
    """Samples that tell their index; every value of a sample is checked when it has come through a worker."""

    def __init__(self, length, shape, cpu_ms=0.0, wait_ms=0.0):
        self.length, self.shape, self.cpu_ms, self.wait_ms = length, tuple(shape), cpu_ms, wait_ms

    def __len__(self):
        return self.length

    def __getitem__(self, index):
        import torch

        if index >= self.length:
            raise IndexError(index)
        if self.wait_ms:
            time.sleep(self.wait_ms / 1000)
        ends = time.perf_counter() + self.cpu_ms / 1000
        while time.perf_counter() < ends:
            pass
        return torch.full(self.shape, float(index))


class Strategy:
    """`worker_init_fn` that sets the sharing strategy where workers do not inherit it."""

    def __init__(self, name):
        self.name = name

    def __call__(self, worker_id):
        import torch.multiprocessing

        torch.multiprocessing.set_sharing_strategy(self.name)


def run_cases(cases, tell):
    """Each case in turn; one that fails does not keep the next from running."""
    for number, case in enumerate(cases):
        begin = time.monotonic()
        tell(case=number, begun=True)
        try:
            facts = KINDS[case["kind"]](case)
            tell(case=number, outcome=facts.pop("outcome", "passed"), seconds=_seconds_since(begin), facts=facts)
        except Exception:  # noqa: BLE001 - whatever torch raises is the answer
            tell(case=number, outcome="failed", seconds=_seconds_since(begin), failure=traceback.format_exc()[-20000:])


def _seconds_since(begin):
    return round(time.monotonic() - begin, 2)


def _loader(dataset, case, **options):
    import torch.multiprocessing
    from torch.utils.data import DataLoader

    if case["workers"]:
        torch.multiprocessing.set_sharing_strategy(case["strategy"])
        if case["method"] == "forkserver":
            torch.multiprocessing.set_forkserver_preload(["torch"])
        options.update(multiprocessing_context=case["method"], worker_init_fn=Strategy(case["strategy"]))
        options.update(timeout=case["timeout_s"])
    return DataLoader(dataset, num_workers=case["workers"], **options)


def _small_batches(case):
    """A few small batches: does it run at all, and is every sample what it should be."""
    batches = list(_loader(Numbers(16, _SMALL), case, batch_size=4))
    _check([batch[row] for batch in batches for row in range(4)], 16)
    return {}


def _large_batches(case):
    """Batches as large as training has them, left waiting until the workers have sent all they may send ahead."""
    shape, size = case["shape"], case["batch_size"]
    count = case["workers"] * 2 * 2 + 2
    samples = iter(_loader(Numbers(count * size, shape), case, batch_size=size))
    first = next(samples)
    time.sleep(0.5)
    for _ in samples:
        pass
    return {"batch_bytes": first.numel() * first.element_size()}


def _kept_batches(case):
    """Every batch is kept, as by code that collects results: each holds an open file."""
    before = _open_files()
    kept = list(_loader(Numbers(_KEPT_BATCHES, (8,)), case, batch_size=1))
    _check([batch[0] for batch in kept], _KEPT_BATCHES)
    return {"open_files": _open_files() - before}


def _pinned_batches(case):
    import torch

    if not torch.cuda.is_available():
        return {"outcome": "skipped", "reason": "no GPU"}
    for batch in _loader(Numbers(16, _SMALL), case, batch_size=4, pin_memory=True):
        if not batch.is_pinned():
            raise RuntimeError("pin_memory=True gave a batch that is not pinned")
        batch.to("cuda", non_blocking=True)
    return {}


KINDS = {"few": _small_batches, "large": _large_batches, "kept": _kept_batches, "pinned": _pinned_batches}


def _check(samples, count):
    if len(samples) != count or any(bool((s != index).any()) for index, s in enumerate(samples)):
        raise ArithmeticError("samples were lost or changed on their way from the workers")


def _open_files():
    try:
        return len(os.listdir("/proc/self/fd"))
    except OSError:
        return 0


def main(wanted):
    from _answer import answer
    from dataloader_sandbox import Sandbox

    sandbox = Sandbox(wanted["token"], wanted["limit_s"], wanted["folder"])
    begin = time.monotonic()
    import torch
    import torch.utils.data

    answer(torch=str(torch.__version__), import_s=_seconds_since(begin))
    import dataloader_synthetic  # by its own name, which workers can import

    for group in wanted["groups"]:
        cases = group["cases"]
        sandbox.run(group["name"], lambda tell, c=cases: dataloader_synthetic.run_cases(c, tell), group["limit_s"])


if __name__ == "__main__":
    main(json.loads(sys.argv[2]))
