import os
import tempfile
import time

from torch.utils.data import DataLoader, Dataset


class Records(Dataset):
    def __init__(self, path):
        self.path = path
        self.file = None

    def __len__(self):
        return 200

    def __getitem__(self, index):
        if self.file is None:
            self.file = open(self.path, "rb", buffering=0)
        self.file.seek(index * 8)
        time.sleep(0.001)
        return int.from_bytes(self.file.read(8), "little")


if __name__ == "__main__":
    path = os.path.join(tempfile.mkdtemp(), "records")
    with open(path, "wb") as out:
        for number in range(200):
            out.write(number.to_bytes(8, "little"))
    loader = DataLoader(Records(path), batch_size=4, num_workers=2)
    values = [int(value) for batch in loader for value in batch]
    assert values == list(range(200)), "samples came out wrong"
