"""Rung 8: a module of our own.

A subclass of `torch.nn.Module` names its parts in `__init__` and says in `forward` how data goes through them; autograd
needs nothing else.
"""

import torch

import ladder


class TwoLayerNet(torch.nn.Module):
    """Linear, ReLU, Linear, without biases. Input (N, D_IN), output (N, D_OUT)."""

    def __init__(self, w1, w2):
        super().__init__()
        self.linear1 = torch.nn.Linear(ladder.D_IN, ladder.H, bias=False)
        self.linear2 = torch.nn.Linear(ladder.H, ladder.D_OUT, bias=False)
        self.linear1.weight = torch.nn.Parameter(w1.t().clone())
        self.linear2.weight = torch.nn.Parameter(w2.t().clone())

    def forward(self, x):
        return self.linear2(self.linear1(x).clamp(min=0))


def train(x, y, w1, w2, steps=ladder.STEPS):
    """Training with SGD; returns the loss before each step."""
    model = TwoLayerNet(w1, w2)
    loss_fn = torch.nn.MSELoss(reduction="sum")
    optimiser = torch.optim.SGD(model.parameters(), lr=ladder.LEARNING_RATE)
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())

        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return losses


def run(device="cpu", quick=False, below=None):
    return ladder.prove(train, device, below=below)


if __name__ == "__main__":
    ladder.main(run, __doc__)
