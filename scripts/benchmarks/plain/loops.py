"""The plainest loops that do the arithmetic of a rung, timed beside the rung itself; runs in an environment with torch.

Argument: the folder of the recipes. Prints a JSON object: rung -> [seconds a step, seconds a step of the plain loop].
"""

import json
import statistics
import sys
import time

sys.path.insert(0, sys.argv[1])

import ladder
import numpy
import torch

STEPS, PAIRS = 200, 9


def by_numpy(x, y, w1, w2, steps):
    losses = []
    for _ in range(steps):
        h = x.dot(w1)
        r = numpy.maximum(h, 0)
        p = r.dot(w2)
        losses.append(float(numpy.square(p - y).sum()))
        g = 2.0 * (p - y)
        g2 = r.T.dot(g)
        gh = g.dot(w2.T)
        gh[h < 0] = 0
        g1 = x.T.dot(gh)
        w1 = w1 - 1e-6 * g1
        w2 = w2 - 1e-6 * g2
    return losses


def by_tensors(x, y, w1, w2, steps):
    losses = []
    for _ in range(steps):
        h = x.mm(w1)
        r = h.clamp(min=0)
        p = r.mm(w2)
        losses.append((p - y).pow(2).sum().item())
        g = 2.0 * (p - y)
        g2 = r.t().mm(g)
        gh = g.mm(w2.t())
        gh[h < 0] = 0
        g1 = x.t().mm(gh)
        w1 = w1 - 1e-6 * g1
        w2 = w2 - 1e-6 * g2
    return losses


def by_autograd(x, y, w1, w2, steps):
    w1, w2 = w1.clone().requires_grad_(), w2.clone().requires_grad_()
    losses = []
    for _ in range(steps):
        loss = (x.mm(w1).clamp(min=0).mm(w2) - y).pow(2).sum()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= 1e-6 * w1.grad
            w2 -= 1e-6 * w2.grad
            w1.grad = None
            w2.grad = None
    return losses


def by_modules(x, y, w1, w2, steps):
    first, second = torch.nn.Linear(1000, 100, bias=False), torch.nn.Linear(100, 10, bias=False)
    first.weight, second.weight = torch.nn.Parameter(w1.t().clone()), torch.nn.Parameter(w2.t().clone())
    model, loss_fn = torch.nn.Sequential(first, torch.nn.ReLU(), second), torch.nn.MSELoss(reduction="sum")
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for weight in model.parameters():
                weight -= 1e-6 * weight.grad
    return losses


LOOPS = {"01_numpy": by_numpy, "02_tensor": by_tensors, "03_autograd": by_autograd, "06_nn": by_modules}


def seconds(train, given):
    begin = time.perf_counter()
    train(*given, steps=STEPS)
    return (time.perf_counter() - begin) / STEPS


def beside(rung, plain, given):
    """Median seconds a step of both, in turn."""
    seconds(rung, given)
    seconds(plain, given)
    pairs = [(seconds(rung, given), seconds(plain, given)) for _ in range(PAIRS)]
    middle = statistics.median(ours / theirs for ours, theirs in pairs)
    theirs = statistics.median(pair[1] for pair in pairs)
    return [middle * theirs, theirs]


torch.set_num_threads(1)
arrays, tensors = ladder.problem(), ladder.tensors()
print(
    json.dumps(
        {
            name: beside(ladder.rung(name).train, plain, arrays if plain is by_numpy else tensors)
            for name, plain in LOOPS.items()
        }
    )
)
