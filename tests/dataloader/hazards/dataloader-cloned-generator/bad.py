import numpy as np
from torch.utils.data import DataLoader, Dataset


class Noise(Dataset):
    def __init__(self):
        self.rng = np.random.default_rng(0)

    def __len__(self):
        return 8

    def __getitem__(self, index):
        return int(self.rng.integers(10**9))


if __name__ == "__main__":
    values = [int(value) for batch in DataLoader(Noise(), num_workers=2) for value in batch]
    assert len(set(values)) == len(values), values
