import threading

from torch.utils.data import DataLoader, Dataset

LOCK = threading.Lock()


class Locked(Dataset):
    def __len__(self):
        return 4

    def __getitem__(self, index):
        with LOCK:
            return index


if __name__ == "__main__":
    for batch in DataLoader(Locked(), num_workers=1):
        print(batch)
