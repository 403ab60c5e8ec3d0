"""Images in the CIFAR-10 format that need no network: ten textures, each somewhere in the picture, in any colours.

What tells the classes apart is how neighbouring pixels differ. Place, phase and colours are random, so every single
pixel looks the same in all classes: a linear classifier sees nothing, a convolution sees all of it.
"""

import os
import pickle

import numpy

FOLDER = "cifar-10-batches-generated"
NAMES = (
    *("rows", "columns", "falling", "rising", "checks", "wide rows", "wide columns", "dots", "wide checks", "plain"),
)
PATCH = 18  # side of the textured square, in a picture of 32 x 32 pixels
NOISE = 12.0  # standard deviation, of 255


def textures(labels, random):
    """One texture of 0 and 1 for each label, with a random phase: (n, PATCH, PATCH)."""
    n = len(labels)
    row = numpy.arange(PATCH)[None, :, None] + random.randint(0, 8, (n, 1, 1))
    column = numpy.arange(PATCH)[None, None, :] + random.randint(0, 8, (n, 1, 1))
    kinds = (
        row // 2 % 2 + 0 * column,
        column // 2 % 2 + 0 * row,
        (row + column) // 2 % 2,
        (row - column) // 2 % 2,
        (row // 2 + column // 2) % 2,
        row // 4 % 2 + 0 * column,
        column // 4 % 2 + 0 * row,
        (row // 2 % 2) * (column // 2 % 2),
        (row // 4 + column // 4) % 2,
        numpy.ones((n, PATCH, PATCH), int),
    )
    return numpy.choose(numpy.asarray(labels)[:, None, None], kinds)


def images(labels, random):
    """Pictures for these labels: uint8 (n, 3, 32, 32)."""
    n = len(labels)
    mask = textures(labels, random)[:, None]
    first, second, ground = random.uniform(0, 255, (3, n, 3, 1, 1))
    pictures = numpy.broadcast_to(ground, (n, 3, 32, 32)).copy()
    patches = first * mask + second * (1 - mask)
    corners = random.randint(0, 32 - PATCH + 1, (n, 2))
    for picture, patch, (top, left) in zip(pictures, patches, corners):
        picture[:, top : top + PATCH, left : left + PATCH] = patch
    pictures += random.standard_normal(pictures.shape) * NOISE
    return pictures.clip(0, 255).astype(numpy.uint8)


def write(root, per_batch):
    """Write five batches to learn from and one to test with, `per_batch` pictures each, as the archive has them."""
    folder = os.path.join(root, FOLDER)
    os.makedirs(folder, exist_ok=True)
    for number, name in enumerate([f"data_batch_{i}" for i in range(1, 6)] + ["test_batch"]):
        random = numpy.random.RandomState(number)
        labels = random.randint(0, 10, per_batch)
        _dump(
            os.path.join(folder, name),
            batch_label=f"generated batch {name}",
            labels=labels.tolist(),
            data=images(labels, random).reshape(per_batch, 3072),
            filenames=[f"generated_{number}_{i}.png" for i in range(per_batch)],
        )
    _dump(os.path.join(folder, "batches.meta"), num_cases_per_batch=per_batch, label_names=list(NAMES), num_vis=3072)
    return folder


def _dump(path, **entry):
    with open(path, "wb") as file:
        pickle.dump(entry, file, protocol=2)
