"""Rung 6: layers and a loss from `torch.nn`.

A module holds its weights and knows how to apply them; `Sequential` chains modules; `MSELoss(reduction="sum")` is our
sum of squares. `Linear` keeps its weight transposed, (out, in), and works in the dtype and on the device it is given.
"""

import torch

import ladder


def network(w1, w2):
    """Linear, ReLU, Linear, with our starting weights."""
    first = torch.nn.Linear(ladder.D_IN, ladder.H, bias=False)
    second = torch.nn.Linear(ladder.H, ladder.D_OUT, bias=False)
    first.weight = torch.nn.Parameter(w1.t().clone())
    second.weight = torch.nn.Parameter(w2.t().clone())
    return torch.nn.Sequential(first, torch.nn.ReLU(), second)


def train(x, y, w1, w2, steps=ladder.STEPS):
    """Plain gradient descent; returns the loss before each step."""
    model = network(w1, w2)
    loss_fn = torch.nn.MSELoss(reduction="sum")
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())

        model.zero_grad()
        loss.backward()

        with torch.no_grad():
            for weight in model.parameters():
                weight -= ladder.LEARNING_RATE * weight.grad
    return losses


def run(device="cpu", quick=False, below=None):
    return ladder.prove(train, device, below=below)


if __name__ == "__main__":
    ladder.main(run, __doc__)
