"""Rung 10: a classifier for CIFAR-10, through torchvision.

`CIFAR10` reads the pictures, transforms make tensors of them, a `DataLoader` with workers makes batches, and a small
convolutional network learns from them for two epochs. Then its weights are saved, loaded again, and must classify as
before. The data are the real ones where they can be had (`--data-root`, `--source`), else generated in their format.
"""

import os
import random
import tempfile

import numpy
import torch
import torchvision
from torchvision import transforms

import cifar10_data
import cifar10_generated
import download
import ladder

EPOCHS = 2
BATCH = 32
LEARNING_RATE, MOMENTUM = 0.01, 0.9
QUICK_PICTURES = 6000, 1000  # of the real data, to learn from and to test with
# Share of test pictures that must be right after two epochs, by (real, quick); guessing gives 0.1.
TARGETS = {(True, False): 0.45, (True, True): 0.25, (False, False): 0.80, (False, True): 0.40}


class GeneratedCIFAR10(torchvision.datasets.CIFAR10):
    """The generated pictures, read by torchvision's own code. They have no known md5: None checks that they exist."""

    base_folder = cifar10_generated.FOLDER
    train_list = [[f"data_batch_{i}", None] for i in range(1, 6)]  # noqa: RUF012 - torchvision's own names
    test_list = [["test_batch", None]]  # noqa: RUF012
    meta = {"filename": "batches.meta", "key": "label_names", "md5": None}  # noqa: RUF012


class Net(torch.nn.Module):
    """Two convolutions with pooling, three linear layers. Input (N, 3, 32, 32), output (N, 10)."""

    def __init__(self):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(3, 6, 5)
        self.pool = torch.nn.MaxPool2d(2, 2)
        self.conv2 = torch.nn.Conv2d(6, 16, 5)
        self.fc1 = torch.nn.Linear(16 * 5 * 5, 120)
        self.fc2 = torch.nn.Linear(120, 84)
        self.fc3 = torch.nn.Linear(84, 10)

    def forward(self, x):
        x = self.pool(torch.relu(self.conv1(x)))
        x = self.pool(torch.relu(self.conv2(x)))
        x = torch.flatten(x, 1)
        x = torch.relu(self.fc1(x))
        x = torch.relu(self.fc2(x))
        return self.fc3(x)


def seed_worker(_worker_id):
    """Every worker gets a seed of its own from torch; hand it on to the other generators."""
    seed = torch.initial_seed() % 2**32
    numpy.random.seed(seed)
    random.seed(seed)


def loaders(found, quick, workers):
    """Batches to learn from, batches to test with, and the names of the classes."""
    to_tensor = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.5, 0.5, 0.5), (0.5, 0.5, 0.5))])
    dataset = torchvision.datasets.CIFAR10 if found.real else GeneratedCIFAR10
    made = []
    for train in (True, False):
        # `download` unpacks the archive that is there; torchvision's own download knows no resuming and no deadline
        data = dataset(found.root, train=train, transform=to_tensor, download=found.unpack)
        names = data.classes
        if found.real and quick:
            data = torch.utils.data.Subset(data, range(QUICK_PICTURES[0 if train else 1]))
        loader = torch.utils.data.DataLoader(
            data,
            batch_size=BATCH if train else 250,
            shuffle=train,
            num_workers=workers,
            worker_init_fn=seed_worker,
            generator=torch.Generator().manual_seed(0),
            persistent_workers=train and workers > 0,
        )
        made.append(loader)
    return (*made, names)


def train(net, batches, device):
    """Two epochs of SGD with momentum; returns the loss of every step."""
    loss_fn = torch.nn.CrossEntropyLoss()
    optimiser = torch.optim.SGD(net.parameters(), lr=LEARNING_RATE, momentum=MOMENTUM)
    losses = []
    for _ in range(EPOCHS):
        for pictures, labels in batches:
            pictures, labels = pictures.to(device), labels.to(device)
            optimiser.zero_grad()
            loss = loss_fn(net(pictures), labels)
            loss.backward()
            optimiser.step()
            losses.append(loss.item())
    return losses


def predict(nets, batches, device):
    """What each network takes each test picture for, and what it is: tensors (n,) on the CPU.

    The pictures are read once for all: workers that are started anew import torch again, seconds each on Windows.
    """
    columns = []
    with torch.no_grad():
        for pictures, labels in batches:
            pictures = pictures.to(device)
            columns.append([*(net.eval()(pictures).argmax(1).cpu() for net in nets), labels])
    return [torch.cat(column) for column in zip(*columns)]


def load_again(net, device):
    """The network with its weights written to a file and read back."""
    again = Net().to(device)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "cifar_net.pth")
        torch.save(net.state_dict(), path)
        again.load_state_dict(torch.load(path, map_location=device, weights_only=True))
    return again


def per_class(predicted, labels, names):
    """Share of right answers of each class, by its name."""
    right = predicted == labels
    return {name: right[labels == i].float().mean().item() for i, name in enumerate(names)}


def run(device="cpu", quick=False, below=None, data_root=None, sources=(), say=None, minimum_rate=None):
    ladder.check_device(device)
    rate = download.MINIMUM_RATE if minimum_rate is None else minimum_rate
    with tempfile.TemporaryDirectory() as scratch:
        root = data_root or cifar10_data.default_root()
        found = cifar10_data.find(root, scratch, sources, quick, say, download.Limits(minimum_rate=rate))
        return learn(found, device, quick)


def learn(found, device, quick):
    """Train on the data found, and hold the result against the target."""
    torch.manual_seed(0)
    train_batches, test_batches, names = loaders(found, quick, workers=min(2, os.cpu_count() or 1))
    net = Net().to(device)
    with ladder.one_thread():  # the workers have the other cores
        losses = train(net, train_batches, device)
        predicted, again, labels = predict((net, load_again(net, device)), test_batches, device)
    if not torch.equal(again, predicted):
        raise ladder.Disagrees("the weights classify differently after they were saved and loaded")

    accuracy = (predicted == labels).float().mean().item()
    target = TARGETS[found.real, quick]
    classes = per_class(predicted, labels, names)
    shown = ", ".join(f"{name} {share:.0%}" for name, share in classes.items())
    if not accuracy >= target:
        raise ladder.Disagrees(
            f"{accuracy:.1%} of the test pictures are right, not {target:.0%} ({found.said}; {shown})"
        )
    detail = f"{accuracy:.1%} right after {EPOCHS} epochs (target {target:.0%}): {shown}; {found.said}"
    data = "real" if found.real else "synthetic"
    return {**ladder.summary(losses, detail), "data": data, "accuracy": accuracy, "classes": classes}


if __name__ == "__main__":
    parser = ladder.command_line(__doc__)
    parser.add_argument("--data-root", help="folder with the dataset, or with its archive downloaded by hand")
    parser.add_argument("--source", dest="sources", action="append", default=[], help="URL of the archive; repeatable")
    parser.add_argument(
        "--minimum-rate", type=float, help="bytes per second below which a source is given up; 0: never"
    )
    ladder.main(run, __doc__, parser)
