"""Rung 7: optimisers from `torch.optim`.

`SGD` with our learning rate is exactly the update we wrote by hand. Adam, RMSprop and AdaGrad scale each weight's step
by the gradients they have seen; with a learning rate of their own they get further in the same number of steps.
"""

import torch

import ladder

# Learning rate and what is left of it after each step, chosen once for this problem. RMSprop does not settle by itself:
# its step keeps the same length however small the gradient gets. All three end a hundred times below SGD.
ADAPTIVE = {torch.optim.Adam: (3e-2, 1.0), torch.optim.RMSprop: (5e-3, 0.99), torch.optim.Adagrad: (1e-1, 1.0)}


def train(x, y, w1, w2, steps=ladder.STEPS, optimizer=torch.optim.SGD, learning_rate=ladder.LEARNING_RATE, decay=1.0):
    """Training with any optimiser; returns the loss before each step."""
    model = ladder.rung("06_nn").network(w1, w2)
    loss_fn = torch.nn.MSELoss(reduction="sum")
    optimiser = optimizer(model.parameters(), lr=learning_rate)
    scheduler = torch.optim.lr_scheduler.ExponentialLR(optimiser, gamma=decay)
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())

        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        scheduler.step()
    return losses


def run(device="cpu", quick=False, below=None):
    result = ladder.prove(train, device, below=below)
    # the dtype of the SGD losses they are compared with: rounding alone sets how low a float32 loss can get
    start = ladder.tensors(device, torch.float64 if torch.device(device).type == "cpu" else torch.float32)
    reached = {}
    with ladder.one_thread():
        for optimizer, (rate, decay) in ADAPTIVE.items():
            final = train(*start, optimizer=optimizer, learning_rate=rate, decay=decay)[-1]
            if not final < result["final_loss"]:
                raise ladder.Disagrees(f"{optimizer.__name__} ends at {final:.3g}, SGD at {result['final_loss']:.3g}")
            reached[optimizer.__name__] = final
    shown = ", ".join(f"{name} {loss:.2g}" for name, loss in reached.items())
    return {**result, "detail": f"{result['detail']}; lower with {shown}"}


if __name__ == "__main__":
    ladder.main(run, __doc__)
