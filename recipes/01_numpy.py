"""Rung 1: a two-layer network with NumPy, forward and backward by hand.

Nothing here knows about gradients: they are written down, from the chain rule. Every rung above must give these losses.
"""

import numpy

import ladder

# The losses of this problem, to check this rung too (float64; the sums' order moves the last by 5e-11).
EXPECTED = {
    0: 26365524.193454307,
    1: 18539004.956771437,
    10: 1401510.3554378166,
    100: 834.5962716369365,
    499: 6.947019049342247e-05,
}


def train(x, y, w1, w2, steps=ladder.STEPS):
    """Plain gradient descent; returns the loss before each step."""
    losses = []
    for _ in range(steps):
        # Forward: predictions from the data.
        h = x.dot(w1)  # (N, H)
        h_relu = numpy.maximum(h, 0)
        y_pred = h_relu.dot(w2)  # (N, D_OUT)
        losses.append(float(numpy.square(y_pred - y).sum()))

        # Backward: the chain rule, from the loss back to the weights.
        grad_y_pred = 2.0 * (y_pred - y)
        grad_w2 = h_relu.T.dot(grad_y_pred)
        grad_h = grad_y_pred.dot(w2.T)
        grad_h[h < 0] = 0
        grad_w1 = x.T.dot(grad_h)

        w1 = w1 - ladder.LEARNING_RATE * grad_w1
        w2 = w2 - ladder.LEARNING_RATE * grad_w2
    return losses


def run(device="cpu", quick=False, below=None):
    """NumPy knows no device: this rung is the reference for all of them."""
    losses = train(*ladder.problem())
    for step, expected in EXPECTED.items():
        if not abs(losses[step] - expected) <= ladder.RELATIVE_FLOAT64 * expected:
            raise ladder.Disagrees(f"step {step}: loss {losses[step]!r}, known is {expected!r}")
    return {**ladder.summary(losses, "float64 on the CPU gives the known losses"), "exact_losses": losses}


if __name__ == "__main__":
    ladder.main(run, __doc__)
