"""Rung 2: the same network with PyTorch tensors, still by hand, now on any device.

A tensor is an array that can live on a GPU. `mm` is the matrix product, `clamp` makes the ReLU.
"""

import ladder


def train(x, y, w1, w2, steps=ladder.STEPS):
    """Plain gradient descent; returns the loss before each step."""
    losses = []
    for _ in range(steps):
        h = x.mm(w1)
        h_relu = h.clamp(min=0)
        y_pred = h_relu.mm(w2)
        losses.append((y_pred - y).pow(2).sum().item())

        grad_y_pred = 2.0 * (y_pred - y)
        grad_w2 = h_relu.t().mm(grad_y_pred)
        grad_h = grad_y_pred.mm(w2.t())
        grad_h[h < 0] = 0
        grad_w1 = x.t().mm(grad_h)

        w1 = w1 - ladder.LEARNING_RATE * grad_w1
        w2 = w2 - ladder.LEARNING_RATE * grad_w2
    return losses


def run(device="cpu", quick=False, below=None):
    return ladder.prove(train, device, below=below)


if __name__ == "__main__":
    ladder.main(run, __doc__)
