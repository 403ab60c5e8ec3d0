import threading
import time

from torch.utils.data import DataLoader, Dataset

LOCK = threading.Lock()


def hold():
    with LOCK:
        time.sleep(600)


class Locked(Dataset):
    def __len__(self):
        return 4

    def __getitem__(self, index):
        with LOCK:  # as a library does that has threads of its own
            return index


if __name__ == "__main__":
    threading.Thread(target=hold, daemon=True).start()
    time.sleep(0.1)
    for batch in DataLoader(Locked(), num_workers=1):
        print(batch)
