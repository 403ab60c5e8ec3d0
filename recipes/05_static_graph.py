"""Rung 5: define the graph once, run it many times.

Rungs 2 to 4 build their graph anew at every step. Here one whole training step, forward, backward and update, is traced
into a graph once and then only run: by `torch.export`, with the branch of the ReLU as a control-flow operator of the
graph (`torch.cond`), and by `torch.compile`. TensorFlow's `tf.function` does the same where TensorFlow is installed.
All of them must give the losses of the eager rungs.
"""

import functools
import importlib.util
import shutil

import torch

import ladder


def some_negative(h):
    return h.clamp(min=0)


def none_negative(h):
    return h.clone()


class Step(torch.nn.Module):
    """One step of gradient descent as a function of its tensors: (x, y, w1, w2) -> (loss, new w1, new w2)."""

    def __init__(self, relu):
        super().__init__()
        self.relu = relu

    def forward(self, x, y, w1, w2):
        h = x.mm(w1)
        h_relu = self.relu(h)
        difference = h_relu.mm(w2) - y
        loss = difference.pow(2).sum()

        grad_y_pred = 2.0 * difference
        grad_w2 = h_relu.t().mm(grad_y_pred)
        grad_h = grad_y_pred.mm(w2.t()) * (h >= 0)
        grad_w1 = x.t().mm(grad_h)
        return loss, w1 - ladder.LEARNING_RATE * grad_w1, w2 - ladder.LEARNING_RATE * grad_w2


def relu_with_a_branch(h):
    """ReLU whose branch is part of the graph: which side runs is decided by the data, not while tracing."""
    return torch.cond((h < 0).any(), some_negative, none_negative, (h,))


def train_exported(x, y, w1, w2, steps=ladder.STEPS):
    """The step as an exported program; returns the loss before each step."""
    graph = torch.export.export(Step(relu_with_a_branch), (x, y, w1, w2))
    if not any(node.target is torch.ops.higher_order.cond for node in graph.graph.nodes):
        raise ladder.Disagrees("the exported graph holds no control-flow operator")
    return repeat(graph.module(), x, y, w1, w2, steps)


def train_compiled(x, y, w1, w2, steps=ladder.STEPS, backend="inductor"):
    """The step compiled; returns the loss before each step."""
    return repeat(torch.compile(Step(some_negative), backend=backend), x, y, w1, w2, steps)


def repeat(step, x, y, w1, w2, steps):
    losses = []
    for _ in range(steps):
        loss, w1, w2 = step(x, y, w1, w2)
        losses.append(loss.item())
    return losses


def train_tensorflow(steps=ladder.STEPS):
    """The same with `tf.function` and its gradient tape, float64 on the CPU; returns the loss before each step."""
    import tensorflow

    with tensorflow.device("/CPU:0"):
        x, y, w1, w2 = (tensorflow.constant(array) for array in ladder.problem())
        w1, w2 = tensorflow.Variable(w1), tensorflow.Variable(w2)

        @tensorflow.function
        def step():
            with tensorflow.GradientTape() as tape:
                y_pred = tensorflow.matmul(tensorflow.nn.relu(tensorflow.matmul(x, w1)), w2)
                loss = tensorflow.reduce_sum(tensorflow.square(y_pred - y))
            grad_w1, grad_w2 = tape.gradient(loss, (w1, w2))
            w1.assign_sub(ladder.LEARNING_RATE * grad_w1)
            w2.assign_sub(ladder.LEARNING_RATE * grad_w2)
            return loss

        return [float(step()) for _ in range(steps)]


def no_export():
    """Why the exported half cannot run with this torch, or None."""
    if not hasattr(torch, "cond") or not hasattr(getattr(torch, "export", None), "export"):
        return f"torch {torch.__version__} has no torch.export with torch.cond (2.5 has)"
    return None


def no_compile():
    """Why the compiled half cannot run with this torch, or None."""
    if not hasattr(torch, "compile"):
        return f"torch {torch.__version__} has no torch.compile (2.0 has)"
    try:
        torch.compile(some_negative, backend="eager")
    except RuntimeError as error:  # this Python or this system is not supported by this torch
        return f"torch.compile: {error}"
    return None


def no_tensorflow():
    """Why TensorFlow's half cannot run, or None."""
    return None if importlib.util.find_spec("tensorflow") else "TensorFlow is not installed"


def backend_for(device, quick):
    """Inductor writes C++ for the CPU, so it needs a compiler; without one, or in a hurry, the graph just runs."""
    compiler = shutil.which("c++") or shutil.which("g++") or shutil.which("clang++") or shutil.which("cl")
    return "aot_eager" if quick or (torch.device(device).type == "cpu" and not compiler) else "inductor"


def run(device="cpu", quick=False, below=None):
    ladder.check_device(device)
    backend = backend_for(device, quick)
    halves = [
        (no_export(), "torch.export with torch.cond", train_exported),
        (no_compile(), f"torch.compile ({backend})", functools.partial(train_compiled, backend=backend)),
    ]
    results = [ladder.prove(train, device, below=below) for lacks, _, train in halves if not lacks]
    said = [f"{lacks}: not proven" if lacks else name for lacks, name, _ in halves]
    if not results:
        raise ladder.CannotProve("; ".join(said))
    if no_tensorflow():
        said.append(f"{no_tensorflow()}: its half is not proven")
    else:
        ladder.agree(train_tensorflow(), below or ladder.reference())
        said.append("tf.function")
    return {**results[0], "detail": f"{results[0]['detail']}; {', '.join(said)}"}


if __name__ == "__main__":
    ladder.main(run, __doc__)
