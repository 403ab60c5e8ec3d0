import torch
from torch.utils.data import DataLoader, TensorDataset


def collate(rows):
    return torch.stack([r[0] for r in rows])


def main():
    loader = DataLoader(TensorDataset(torch.arange(8)), batch_size=2, num_workers=1, collate_fn=collate)
    for batch in loader:
        print(batch)


if __name__ == "__main__":
    main()
