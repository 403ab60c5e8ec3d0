import torch
from torch.utils.data import DataLoader, Dataset


class OnDevice(Dataset):
    def __len__(self):
        return 4

    def __getitem__(self, index):
        return torch.tensor(index, device="cuda")


if __name__ == "__main__":
    for batch in DataLoader(OnDevice(), num_workers=1):
        print(batch)
