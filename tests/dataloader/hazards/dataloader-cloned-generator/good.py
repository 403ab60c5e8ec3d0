import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset


class Noise(Dataset):
    def __init__(self):
        self.rng = None

    def __len__(self):
        return 8

    def __getitem__(self, index):
        if self.rng is None:
            self.rng = np.random.default_rng(torch.initial_seed() % 2**32)
        return int(self.rng.integers(10**9))


if __name__ == "__main__":
    values = [int(value) for batch in DataLoader(Noise(), num_workers=2) for value in batch]
    assert len(set(values)) == len(values), values
