"""How much faster a device is than NumPy on this CPU, for one training step of the ladder's network in float32.

Twice: at the ladder's own size, where a GPU mostly waits to be told what to do next, and at a size that fills it.
"""

import time

import numpy
import torch

import ladder

SIZES = {"the ladder": (ladder.N, ladder.D_IN, ladder.H, ladder.D_OUT), "large": (2048, 4096, 4096, 512)}
ENOUGH_S = 0.3  # steps are repeated until they have taken this long


def measure(device):
    """Rows of device, name, size, seconds a step, and those of NumPy."""
    ladder.check_device(device)
    by_numpy, by_torch = ladder.rung("01_numpy").train, ladder.rung("02_tensor").train
    rows = []
    for name, size in SIZES.items():
        arrays = problem(size)
        tensors = [torch.tensor(array, device=device) for array in arrays]
        with ladder.no_tf32():
            on_device = seconds_per_step(by_torch, tensors)
        in_numpy = seconds_per_step(by_numpy, arrays)
        rows.append(
            {
                "device": device,
                "name": name,
                "size": size,
                "seconds_per_step": on_device,
                "numpy_seconds_per_step": in_numpy,
            }
        )
    return rows


def problem(size):
    """Numbers small enough that a few steps at the ladder's learning rate stay finite at any size; float32."""
    n, d_in, h, d_out = size
    random = numpy.random.RandomState(0)
    shapes = (n, d_in), (n, d_out), (d_in, h), (h, d_out)
    return [(0.01 * random.standard_normal(shape)).astype(numpy.float32) for shape in shapes]


def seconds_per_step(train, given):
    """The time of a step once warm; `train` reads the loss of each, so the device has done its work."""
    train(*given, steps=1)
    steps, took = 1, 0.0
    while took < ENOUGH_S:
        begin = time.perf_counter()
        train(*given, steps=steps)
        took = time.perf_counter() - begin
        steps *= 4
    return took / (steps // 4)


if __name__ == "__main__":
    for row in measure(ladder.command_line(__doc__).parse_args().device):
        ours, numpys = row["seconds_per_step"], row["numpy_seconds_per_step"]
        print(f"{row['name']}: {row['device']} {ours * 1e3:.3g} ms, NumPy {numpys * 1e3:.3g} ms: {numpys / ours:.2g} x")
