"""Rung 9: control flow and weight sharing.

The graph is built anew at every step, so ordinary Python decides what it is: here the inner layer is used one to four
times, by a seeded die, with the same weights each time. Gradients of all its uses add up by themselves; the proof adds
them up by hand, in NumPy.
"""

import random

import numpy
import torch

import ladder

LEARNING_RATE, MOMENTUM = 1e-4, 0.9
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


def model_for(device, dtype):
    """The network with the same starting weights wherever it is put."""
    torch.manual_seed(0)
    return DynamicNet().to(device, dtype)


def train(model, x, y, steps=ladder.STEPS):
    """Training with SGD and momentum; returns the loss before each step."""
    loss_fn = torch.nn.MSELoss(reduction="sum")
    optimiser = torch.optim.SGD(model.parameters(), lr=LEARNING_RATE, momentum=MOMENTUM)
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())

        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return losses


def train_by_hand(weights, uses, x, y):
    """The same with NumPy and the chain rule: `weights` are those of the network, `uses` what its die gave."""
    w1, b1, w2, b2, w3, b3 = weights = [array.copy() for array in weights]
    velocities = [numpy.zeros_like(array) for array in weights]
    losses = []
    for times in uses:
        hs = [numpy.maximum(x.dot(w1.T) + b1, 0)]
        for _ in range(times):
            hs.append(numpy.maximum(hs[-1].dot(w2.T) + b2, 0))
        difference = hs[-1].dot(w3.T) + b3 - y
        losses.append(float(numpy.square(difference).sum()))

        grad_out = 2.0 * difference
        grad_w3, grad_b3 = grad_out.T.dot(hs[-1]), grad_out.sum(0)
        grad_h = grad_out.dot(w3) * (hs[-1] > 0)
        grad_w2, grad_b2 = numpy.zeros_like(w2), numpy.zeros_like(b2)
        for h in reversed(hs[:-1]):  # every use of the inner layer adds its share
            grad_w2 += grad_h.T.dot(h)
            grad_b2 += grad_h.sum(0)
            grad_h = grad_h.dot(w2) * (h > 0)
        grads = grad_h.T.dot(x), grad_h.sum(0), grad_w2, grad_b2, grad_w3, grad_b3

        for weight, velocity, grad in zip(weights, velocities, grads):
            velocity *= MOMENTUM
            velocity += grad
            weight -= LEARNING_RATE * velocity
    return losses


def run(device="cpu", quick=False, below=None):
    ladder.check_device(device)
    x, y, _, _ = ladder.problem()
    with ladder.one_thread():
        model = model_for("cpu", torch.float64)
        start = [weight.detach().numpy().copy() for weight in model.parameters()]
        losses = train(model, torch.tensor(x), torch.tensor(y))
    ladder.agree(losses, train_by_hand(start, model.uses, x, y))
    if sorted(set(model.uses)) != [1, 2, 3, 4]:
        raise ladder.Disagrees(f"the inner layer was used {sorted(set(model.uses))} times, not 1 to 4")
    detail = "float64 on the CPU agrees with gradients added up by hand"
    if torch.device(device).type != "cpu":
        losses = train(model_for(device, torch.float32), *ladder.tensors(device, torch.float32)[:2])
        detail += f"; float32 on {device}"
    final = sum(losses[-20:]) / 20  # the depth changes from step to step, so the last loss alone says little
    if not final < TARGET:
        raise ladder.Disagrees(f"the mean of the last 20 losses is {final:.3g}, not below {TARGET:g}")
    summary = ladder.summary(losses, f"{detail}; mean of the last 20 losses {final:.3g}")
    return {**summary, "final_loss": final}


if __name__ == "__main__":
    ladder.main(run, __doc__)
