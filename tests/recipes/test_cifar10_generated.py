"""Generated pictures: in the real layout, and of no use to what looks at pixels one by one."""

from __future__ import annotations

import pickle

import numpy
import pytest


@pytest.fixture
def generated(recipe):
    return recipe("cifar10_generated")


@pytest.fixture
def batch(generated):
    def make(count: int, seed: int):
        random = numpy.random.RandomState(seed)
        labels = random.randint(0, 10, count)
        return generated.images(labels, random), labels

    return make


def test_the_files_are_those_of_the_archive(generated, tmp_path):
    generated.write(str(tmp_path), 7)
    folder = tmp_path / generated.FOLDER
    names = {
        "data_batch_1",
        "data_batch_2",
        "data_batch_3",
        "data_batch_4",
        "data_batch_5",
        "test_batch",
        "batches.meta",
    }
    assert {path.name for path in folder.iterdir()} == names
    entry = pickle.loads((folder / "data_batch_3").read_bytes(), encoding="latin1")
    assert entry["data"].shape == (7, 3072)
    assert entry["data"].dtype == numpy.uint8
    assert len(entry["labels"]) == len(entry["filenames"]) == 7
    assert len(pickle.loads((folder / "batches.meta").read_bytes())["label_names"]) == 10


def test_the_same_pictures_every_time(batch):
    assert (batch(20, 3)[0] == batch(20, 3)[0]).all()


def test_a_linear_classifier_sees_little(batch):
    """It gets a fifth right, from how far pixels stray: the mean of each pixel is the same in all classes."""
    pictures, labels = batch(3000, 0)
    flat = numpy.concatenate([pictures[:, :, ::2, ::2].reshape(3000, -1) / 255 - 0.5, numpy.ones((3000, 1))], 1)
    seen = flat[:2500]
    weights = numpy.linalg.solve(seen.T @ seen + 10 * numpy.eye(flat.shape[1]), seen.T @ numpy.eye(10)[labels[:2500]])
    assert ((flat[2500:] @ weights).argmax(1) == labels[2500:]).mean() < 0.3


def test_how_neighbours_differ_tells_the_classes_apart(batch):
    """Six numbers a picture, each the mean of what a small convolution and a square give, tell more than all pixels."""
    pictures, labels = batch(3000, 1)
    grey = pictures.astype(float).mean(1)

    def differing(down: int, across: int):
        moved = numpy.roll(grey, (down, across), (1, 2))
        return ((grey - moved)[:, 4:-4, 4:-4] ** 2).mean((1, 2))

    steps = ((1, 0), (0, 1), (1, 1), (1, -1), (2, 0), (0, 2), (2, 2), (4, 0), (0, 4), (4, 4))
    features = numpy.log(numpy.stack([differing(*step) for step in steps], 1))
    features -= features.mean(1, keepdims=True)
    centres = numpy.stack([features[:2000][labels[:2000] == i].mean(0) for i in range(10)])
    nearest = ((features[2000:, None] - centres) ** 2).sum(2).argmin(1)
    assert (nearest == labels[2000:]).mean() > 0.5
