"""Which CIFAR-10 there is to learn from: the real one, or, without a network, generated pictures in its format."""

import os
import sys

import cifar10_generated
import download

ARCHIVE, UNPACKED = "cifar-10-python.tar.gz", "cifar-10-batches-py"
MD5 = "c58f30108f718f92721af3b95e74349a"  # torchvision's datasets/cifar.py has the same
OFFICIAL = "https://www.cs.toronto.edu/~kriz/cifar-10-python.tar.gz"
SOURCES_VARIABLE = (
    "CIFAR10_SOURCES"  # addresses of the same archive, separated by spaces, asked before the official one
)
PER_BATCH, PER_BATCH_QUICK = 4000, 1200  # generated pictures; the real batches have 10000
BY_HAND = "cifar-10-python.tar.gz can be put into {root} by hand"


class Found:
    """Where the data lie, whether they are real, what people should know of it, and whether an archive is to unpack."""

    def __init__(self, root, real, said, unpack=False):
        self.root, self.real, self.said, self.unpack = root, real, said, unpack


def find(root, scratch, sources=(), quick=False, say=None, limits=None):
    """The real data in `root`, fetched when they are not there; else generated ones in the folder `scratch`.

    A quick run fetches nothing. `sources` are addresses of the archive, best first.
    """
    say = say or _to_stderr
    try:
        return _real(root, tuple(sources) or default_sources(), quick, say, limits)
    except download.NotFetched as error:
        cifar10_generated.write(scratch, PER_BATCH_QUICK if quick else PER_BATCH)
        return Found(scratch, False, f"synthetic data, not CIFAR-10: {error}")


def _real(root, sources, quick, say, limits):
    """The real data in `root`, fetched when they are not there. Raises NotFetched."""
    archive = os.path.join(root, ARCHIVE)
    if os.path.exists(archive):
        if download.md5_of(archive) == MD5:
            return Found(root, True, f"CIFAR-10 from {archive}", unpack=True)
        say(f"{archive} is not the archive of CIFAR-10 (md5 differs): not used")
    if os.path.isdir(os.path.join(root, UNPACKED)):
        return Found(root, True, f"CIFAR-10 in {root}")  # torchvision checks each batch
    if quick:
        raise download.NotFetched(f"a quick run downloads nothing, and {root} does not contain it")
    os.makedirs(root, exist_ok=True)
    try:
        url, rate = download.fetch(sources, archive, MD5, say, limits)
    except download.NotFetched as error:
        raise download.NotFetched(f"{error}\n{BY_HAND.format(root=root)}") from error
    return Found(root, True, f"CIFAR-10 from {url} at {rate / 1000:.0f} kB/s", unpack=True)


def default_root():
    """The user's cache folder."""
    base = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "torch-doctor", "data")


def default_sources():
    return (*os.environ.get(SOURCES_VARIABLE, "").split(), OFFICIAL)


def _to_stderr(text):
    print(text, file=sys.stderr)
