"""Runs recipes in the target, one after the other in one process, so that torch is imported once.

Argument after the marker: a JSON object with `recipes` (their folder), `scratch` (for temporary files), `work` (pairs
of device and recipe, in order), `numpy_only` (recipes that need no torch), `deadline_s`, `quick`, and `cifar10` (more
arguments for that one). When `work` is "speed", the speed of `devices` is measured instead.

Every step is announced with the pairs that are lost if the process ends in it. The deadline is faulthandler's: its
thread needs no GIL, so a hang in C code ends as well, with the stack on stderr.
"""

import faulthandler
import functools
import importlib
import json
import os
import sys
import tempfile
import time
import traceback

from _answer import answer

_HERE = os.path.dirname(__file__)


class Worker:
    def __init__(self, spec):
        self.spec = spec
        self.exact_losses = None  # of the last rung that agreed, for the one above it

    def run(self):
        work = self.spec["work"]
        plain = [pair for pair in work if pair[1] in self.spec["numpy_only"]]
        rest = [pair for pair in work if pair not in plain]
        for pair in plain:
            self.rung(*pair)
        if rest and self.attempt("import torch", rest, import_torch) is not None:
            self.on_devices(rest)

    def speed(self):
        for device in self.spec["devices"]:
            self.attempt("speed of " + device, [], functools.partial(speed_of, device))

    def on_devices(self, work):
        """Name the devices that are meant, then run on one after the other."""
        found = self.attempt("devices", work, lambda: {"work": named(work)})
        if found is None:
            return
        answer(work=found["work"])
        exact_losses = self.exact_losses
        for device in ordered(found["work"]):
            self.exact_losses = exact_losses
            self.on_device(device, rungs_of(found["work"], device))

    def on_device(self, device, rungs):
        pairs = [[device, rung] for rung in rungs]
        if self.attempt("device " + device, pairs, lambda: check(device)) is not None:
            for rung in rungs:
                self.rung(device, rung)

    def rung(self, device, name):
        def run():
            given = self.spec["cifar10"] if name.endswith("cifar10") else {}
            if given:
                given = dict(given, say=self.say)
            module = importlib.import_module(name)
            return module.run(device=device, quick=self.spec["quick"], below=self.exact_losses, **given)

        result = self.attempt(name, [[device, name]], run)
        if result and "exact_losses" in result:
            self.exact_losses = result["exact_losses"]

    def attempt(self, name, costs, function):
        """Run one step under the deadline and answer how it went; returns its result, None when it failed."""
        answer(begin=name, costs=costs)
        faulthandler.dump_traceback_later(self.spec["deadline_s"], exit=True)
        begin = time.perf_counter()
        try:
            result = function() or {}
        except BaseException as error:  # noqa: BLE001 - a SystemExit in a recipe is a failure of it as well
            faulthandler.cancel_dump_traceback_later()
            answer(end=name, costs=costs, seconds=time.perf_counter() - begin, failure=failure(error))
            return None
        faulthandler.cancel_dump_traceback_later()
        told = {key: value for key, value in result.items() if key != "exact_losses"}
        answer(end=name, costs=costs, seconds=time.perf_counter() - begin, result=told)
        return result

    def say(self, text):
        """Progress of a download: while data come in, the deadline starts anew."""
        answer(progress=text)
        faulthandler.dump_traceback_later(self.spec["deadline_s"], exit=True)


def ordered(work):
    """The devices of pairs, each once."""
    return list(dict.fromkeys(device for device, _ in work))


def rungs_of(work, device):
    return [rung for other, rung in work if other == device]


def import_torch():
    import torch

    return {"torch": str(torch.__version__)}


def check(device):
    importlib.import_module("ladder").check_device(device)


def named(work):
    """Pairs with the devices that "auto" and "all" stand for."""
    return [[device, rung] for asked in ordered(work) for device in resolve(asked) for rung in rungs_of(work, asked)]


def speed_of(device):
    return {"speed": importlib.import_module("speed").measure(device)}


def resolve(name):
    """The devices that "auto" and "all" stand for; any other name stands for itself."""
    import torch

    if name not in ("auto", "all"):
        return [name]
    found = []
    for kind in ("cuda", "xpu"):
        module = getattr(torch, kind, None)
        if module is not None and module.is_available():
            found += ["%s:%d" % (kind, i) for i in range(module.device_count())]
    mps = getattr(torch.backends, "mps", None)
    if mps is not None and mps.is_available():
        found.append("mps")
    return ["cpu", *found] if name == "all" else (found or ["cpu"])[:1]


def failure(error):
    """What went wrong: `skipped` when the recipe says that it cannot prove anything here."""
    text = "".join(traceback.format_exception(type(error), error, user_frames(error.__traceback__)))
    return {
        "skipped": type(error).__name__ == "CannotProve",
        "message": str(error) or type(error).__name__,
        "text": text[-20000:],
    }


def user_frames(frames):
    """The traceback from the first frame that is not ours."""
    while frames and frames.tb_frame.f_code.co_filename.startswith(_HERE):
        frames = frames.tb_next
    return frames


def main(spec):
    faulthandler.enable()
    tempfile.tempdir = spec["scratch"]
    # the working folder is not searched: a file there must not stand in for a module, as with `python recipes/x.py`
    sys.path[:] = [spec["recipes"]] + [path for path in sys.doctor_path if path]
    if spec["work"] != "speed":
        # products of the ladder's size take longer with NumPy's threads than without; too late once NumPy is there
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        Worker(spec).run()
    else:
        Worker(spec).speed()
    answer(finished=True)
    sys.stderr.flush()
    os._exit(0)  # unloading torch and a CUDA context takes long and tells nothing


if __name__ == "__main__":
    main(json.loads(sys.argv[2]))
