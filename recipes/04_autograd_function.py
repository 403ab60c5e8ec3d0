"""Rung 4: an autograd function of our own.

A `torch.autograd.Function` says how to compute forward and how the gradient goes back. `gradcheck` compares what we
wrote with finite differences.
"""

import torch

import ladder


class ReLU(torch.autograd.Function):
    """max(x, 0), and its gradient."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        grad_x = grad_output.clone()
        grad_x[x < 0] = 0
        return grad_x


def train(x, y, w1, w2, steps=ladder.STEPS):
    """Plain gradient descent; returns the loss before each step."""
    w1, w2 = w1.clone().requires_grad_(), w2.clone().requires_grad_()
    losses = []
    for _ in range(steps):
        y_pred = ReLU.apply(x.mm(w1)).mm(w2)
        loss = (y_pred - y).pow(2).sum()
        losses.append(loss.item())

        loss.backward()

        with torch.no_grad():
            w1 -= ladder.LEARNING_RATE * w1.grad
            w2 -= ladder.LEARNING_RATE * w2.grad
            w1.grad = None
            w2.grad = None
    return losses


def run(device="cpu", quick=False, below=None):
    generator = torch.Generator().manual_seed(0)
    away_from_the_kink = torch.randn(8, 5, dtype=torch.float64, generator=generator)
    away_from_the_kink += away_from_the_kink.sign() * 0.1
    if not torch.autograd.gradcheck(ReLU.apply, (away_from_the_kink.requires_grad_(),)):
        raise ladder.Disagrees("gradcheck: the backward of ReLU is not the gradient of its forward")
    return ladder.prove(train, device, below=below)


if __name__ == "__main__":
    ladder.main(run, __doc__)
