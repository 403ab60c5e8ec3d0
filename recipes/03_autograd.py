"""Rung 3: autograd writes the backward pass.

Tensors made with `requires_grad` remember how they were computed; `backward()` walks that graph and leaves each
gradient in `.grad`. Gradients add up, so they are cleared after every step.
"""

import torch

import ladder


def train(x, y, w1, w2, steps=ladder.STEPS):
    """Plain gradient descent; returns the loss before each step."""
    w1, w2 = w1.clone().requires_grad_(), w2.clone().requires_grad_()
    losses = []
    for _ in range(steps):
        y_pred = x.mm(w1).clamp(min=0).mm(w2)
        loss = (y_pred - y).pow(2).sum()
        losses.append(loss.item())

        loss.backward()

        with torch.no_grad():  # the update itself is not part of the graph
            w1 -= ladder.LEARNING_RATE * w1.grad
            w2 -= ladder.LEARNING_RATE * w2.grad
            w1.grad = None
            w2.grad = None
    return losses


def run(device="cpu", quick=False, below=None):
    return ladder.prove(train, device, below=below)


if __name__ == "__main__":
    ladder.main(run, __doc__)
