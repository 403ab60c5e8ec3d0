"""What the rungs share: the problem, the proof that a rung agrees with the one below, and the command line.

The problem is the one PyTorch's first tutorials used: a two-layer ReLU network without biases, fitted to random data by
plain gradient descent. Every rung starts from the same numbers, so every rung must produce the same losses.
"""

import argparse
import contextlib
import functools
import importlib
import json
import math
import pathlib
import sys

N, D_IN, H, D_OUT = 64, 1000, 100, 10
STEPS = 500
LEARNING_RATE = 1e-6

# In float64 two correct rungs differ only by the order of their sums: 5e-11 at the last step was measured.
RELATIVE_FLOAT64 = 1e-9
UNIT_FLOAT32 = 2.0**-24


class Disagrees(AssertionError):
    """A rung ran, but its numbers are not those of the rung below."""


class DeviceMissing(RuntimeError):
    """The device that was asked for is not there; the text says why."""


class CannotProve(RuntimeError):
    """This torch, or this machine, lacks what the rung is about: it is skipped, which is not a pass."""


def problem():
    """Data and starting weights, float64: x (N, D_IN), y (N, D_OUT), w1 (D_IN, H), w2 (H, D_OUT).

    `RandomState` is NumPy's frozen generator: the same numbers on every platform and version.
    """
    import numpy

    random = numpy.random.RandomState(0)
    shapes = (N, D_IN), (N, D_OUT), (D_IN, H), (H, D_OUT)
    return tuple(random.standard_normal(shape) for shape in shapes)


def tensors(device="cpu", dtype=None):
    """The same four arrays as tensors: float64 on the CPU unless said otherwise."""
    import torch

    return tuple(torch.tensor(array, device=device, dtype=dtype or torch.float64) for array in problem())


def tolerance_float32(loss, step):
    """How far a float32 loss may be from the float64 one, absolute.

    A prediction is a sum of H products, each of which holds a sum of D_IN products, of numbers of size 1: its size on
    the way is sqrt(D_IN * H), so rounding moves it by about unit * sqrt(D_IN * H), and the weights carry such a random
    step from each update: sqrt(step + 1). Over N * D_OUT residuals r that moves the root of the loss by `f`, and the
    loss, |r + f|^2, by 2 |r| f + f^2. The factor 4 stands for the constants; 1 was measured on a CPU.
    """
    f = 4 * math.sqrt(N * D_OUT) * UNIT_FLOAT32 * math.sqrt(D_IN * H) * math.sqrt(step + 1)
    return 2 * math.sqrt(loss) * f + f * f


def agree(losses, below, float32=False):
    """Raise Disagrees at the first step where `losses` leave the rung below by more than the arithmetic allows."""
    if len(losses) != len(below):
        raise Disagrees(f"{len(losses)} steps, the rung below has {len(below)}")
    for step, (loss, expected) in enumerate(zip(losses, below)):
        allowed = tolerance_float32(expected, step) if float32 else RELATIVE_FLOAT64 * expected
        if not abs(loss - expected) <= allowed:  # written so that NaN fails
            raise Disagrees(f"step {step}: loss {loss!r}, the rung below has {expected!r} (tolerance {allowed:.3g})")


@functools.lru_cache(maxsize=None)
def reference(steps=STEPS):
    """The losses of rung 1, computed with NumPy in float64."""
    return rung("01_numpy").train(*problem(), steps)


def rung(name):
    """The module of a rung; its name starts with a digit, so `import` cannot spell it."""
    here = str(pathlib.Path(__file__).resolve().parent)
    if here not in sys.path:
        sys.path.insert(0, here)
    return importlib.import_module(name)


def check_device(device):
    """Raise DeviceMissing, with the cause, when torch cannot compute on `device`: no silent fall-back to the CPU."""
    import torch

    kind = torch.device(device).type
    if kind == "cpu":
        return
    reason = _why_no_cuda(torch) if kind == "cuda" else _why_not(torch, kind)
    if reason:
        raise DeviceMissing(f"device {device!r} is not available: {reason}")
    try:
        torch.zeros(1, device=device)
    except (RuntimeError, AssertionError) as error:  # an index that does not exist, a GPU this build has no code for
        raise DeviceMissing(f"device {device!r} cannot be used: {error}") from error


def _why_not(torch, kind):
    module = getattr(torch.backends if kind == "mps" else torch, kind, None)
    if module is None:
        return f"torch {torch.__version__} does not know {kind}"
    return None if module.is_available() else f"torch {torch.__version__} sees no usable {kind} device"


def _why_no_cuda(torch):
    if torch.cuda.is_available():
        return None
    if torch.version.cuda is None and torch.version.hip is None:
        return f"Torch not compiled with CUDA enabled (torch {torch.__version__})"
    try:
        torch.cuda.init()
    except (RuntimeError, AssertionError) as error:
        return str(error)
    return "torch.cuda.is_available() is False"


def summary(losses, detail):
    """The result of a rung: what the harness reports and `main` prints."""
    return {"losses": losses, "first_loss": losses[0], "final_loss": losses[-1], "detail": detail}


def prove(train, device="cpu", steps=STEPS, below=None):
    """Run a rung of the ladder and compare it: float64 on the CPU first, then float32 on the device.

    `train(x, y, w1, w2, steps) -> losses` gets tensors. `below` are the float64 losses of the rung below; without them
    NumPy's are computed. Returns the result as a dict; raises Disagrees.
    """
    import torch

    expected = reference(steps)
    with one_thread():
        exact = train(*tensors(), steps)
    agree(exact, below or expected)
    agree(exact, expected)
    result = summary(exact, "float64 on the CPU agrees with NumPy")
    if torch.device(device).type != "cpu":
        check_device(device)
        with no_tf32():
            losses = train(*tensors(device, torch.float32), steps)
        agree(losses, expected, float32=True)
        result = summary(losses, f"float64 on the CPU agrees with NumPy, float32 on {device} within rounding")
    return {**result, "exact_losses": exact}


@contextlib.contextmanager
def one_thread():
    """Products this small are done before a second thread has woken up; on a busy machine waiting for it costs most."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


@contextlib.contextmanager
def no_tf32():
    """Matrix products in full float32 while this is entered: TF32 keeps 10 bits and would need another tolerance."""
    import torch

    before = torch.get_float32_matmul_precision()
    torch.set_float32_matmul_precision("highest")
    try:
        yield
    finally:
        torch.set_float32_matmul_precision(before)


def command_line(description):
    """The options every recipe has: `--device`, `--quick`, `--json`."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--device", default="cpu", help="cpu (default), cuda, cuda:1, mps, xpu")
    parser.add_argument("--quick", action="store_true", help="the shortest run that still proves it")
    parser.add_argument("--json", action="store_true", help="print the result, losses included, as JSON")
    return parser


def main(run, description, parser=None):
    """Run a recipe as a program: options as arguments of `run`, the result or the failure as text."""
    arguments = vars((parser or command_line(description)).parse_args())
    as_json = arguments.pop("json")
    try:
        result = run(**arguments)
    except (Disagrees, DeviceMissing) as error:
        sys.exit(f"FAILED: {error}")
    except CannotProve as error:
        sys.exit(f"SKIPPED: {error}")
    if as_json:
        print(json.dumps(result))
    else:
        print(f"loss {result['first_loss']:.6g} -> {result['final_loss']:.6g}   {result['detail']}")
