import os

from torch.utils.data import DataLoader

if __name__ == "__main__":
    for batch in DataLoader(list(range(8)), num_workers=min(2, len(os.sched_getaffinity(0)) // 2)):
        print(batch)
