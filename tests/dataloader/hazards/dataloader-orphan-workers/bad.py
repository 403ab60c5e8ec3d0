"""A worker waits for a server that may never answer; when the program is killed, it goes on waiting."""

from urllib.request import urlopen

import torch
from torch.utils.data import DataLoader, Dataset


class Remote(Dataset):
    def __init__(self, addresses):
        self.addresses = addresses

    def __len__(self):
        return len(self.addresses)

    def __getitem__(self, index):
        with urlopen(self.addresses[index]) as answer:
            return torch.tensor(list(answer.read(8)))


def main():
    for batch in DataLoader(Remote(["http://127.0.0.1:8000/0"]), num_workers=2):
        print(batch)


if __name__ == "__main__":
    main()
