import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset


class Noise(Dataset):
    def __len__(self):
        return 8

    def __getitem__(self, index):
        return int(np.random.randint(10**9))


def seed_worker(worker):
    np.random.seed(torch.initial_seed() % 2**32)


if __name__ == "__main__":
    torch.manual_seed(0)
    loader = DataLoader(Noise(), num_workers=2, worker_init_fn=seed_worker)
    values = [int(value) for batch in loader for value in batch]
    assert len(set(values)) == len(values), values
