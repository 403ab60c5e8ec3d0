import torch
from torch.utils.data import DataLoader, Dataset


def slope(value):
    point = torch.tensor(float(value), requires_grad=True, device="cpu")
    (point**2).backward()
    return point.grad


class Slopes(Dataset):
    def __len__(self):
        return 4

    def __getitem__(self, index):
        return slope(index)


if __name__ == "__main__":
    weight = torch.ones(1, requires_grad=True, device="cuda")
    (weight**2).backward()
    for batch in DataLoader(Slopes(), num_workers=1):
        print(batch)
