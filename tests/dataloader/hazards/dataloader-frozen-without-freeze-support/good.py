import multiprocessing
import sys

from torch.utils.data import DataLoader

FROZEN = getattr(sys, "frozen", False)

if __name__ == "__main__":
    multiprocessing.freeze_support()
    for batch in DataLoader(list(range(8)), num_workers=2):
        print(batch)
