"""Rung 9: control flow and weight sharing.

The graph is built anew at every step, so ordinary Python decides what it is: here the inner layer is used one to four
times, by a seeded die, with the same weights each time. Gradients of all its uses add up by themselves.
"""

import random

import torch

import ladder

TARGET = 100.0  # the loss must fall below this; it starts at about 640, the squares of N * D_OUT random numbers


class DynamicNet(torch.nn.Module):
    """An input layer, one inner layer used 1 to 4 times, an output layer. Input (N, D_IN), output (N, D_OUT)."""

    def __init__(self, seed=0):
        super().__init__()
        self.die = random.Random(seed)
        self.input = torch.nn.Linear(ladder.D_IN, ladder.H)
        self.inner = torch.nn.Linear(ladder.H, ladder.H)
        self.output = torch.nn.Linear(ladder.H, ladder.D_OUT)
        self.uses = []

    def forward(self, x):
        self.uses.append(self.die.randint(1, 4))
        h = self.input(x).clamp(min=0)
        for _ in range(self.uses[-1]):
            h = self.inner(h).clamp(min=0)
        return self.output(h)


def train(x, y, steps=ladder.STEPS):
    """Training with SGD and momentum; returns the losses and how often the inner layer was used at each step."""
    torch.manual_seed(0)
    model = DynamicNet().to(x.device, x.dtype)
    loss_fn = torch.nn.MSELoss(reduction="sum")
    optimiser = torch.optim.SGD(model.parameters(), lr=1e-4, momentum=0.9)
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())

        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return losses, model.uses


def run(device="cpu", quick=False, below=None):
    ladder.check_device(device)
    x, y, _, _ = ladder.tensors(device, torch.float32)
    losses, uses = train(x, y)
    if sorted(set(uses)) != [1, 2, 3, 4]:
        raise ladder.Disagrees(f"the inner layer was used {sorted(set(uses))} times, not 1 to 4")
    final = sum(losses[-20:]) / 20  # the depth changes from step to step, so the last loss alone says little
    if not final < TARGET:
        raise ladder.Disagrees(f"the mean of the last 20 losses is {final:.3g}, not below {TARGET:g}")
    return {**ladder.summary(losses, f"mean of the last 20 losses {final:.3g}"), "final_loss": final}


if __name__ == "__main__":
    ladder.main(run, __doc__)
