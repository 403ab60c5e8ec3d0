import os

from torch.utils.data import DataLoader

if __name__ == "__main__":
    for batch in DataLoader(list(range(8)), num_workers=os.cpu_count() / 2):
        print(batch)
